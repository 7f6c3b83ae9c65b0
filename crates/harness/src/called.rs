//! How this program was called: by cargo in its checkout, or as a program that
//! is installed. Nothing that was known at compile time is asked: an installed
//! program outlives the folder that it was built in.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// What a reader types before a command, in the checkout.
#[cfg(not(feature = "many-machines"))]
pub const BY_CARGO: &str = "cargo run -p harness --";

/// The same of a program with many machines: without these words cargo would
/// build another one.
#[cfg(feature = "many-machines")]
pub const BY_CARGO: &str = "cargo run -p harness --features many-machines --";

/// And elsewhere.
pub const INSTALLED: &str = "harness";

/// What this program's reader types before a command: [`BY_CARGO`] or
/// [`INSTALLED`].
pub fn called() -> &'static str {
    static CALLED: LazyLock<&str> =
        LazyLock::new(|| if home().is_some() { BY_CARGO } else { INSTALLED });
    &CALLED
}

/// The checkout that this program belongs to, where it was not installed: that
/// of the cargo that runs it, or around the program itself (its `target`).
pub(crate) fn home() -> Option<PathBuf> {
    let ours = |name| env::var_os(name).is_some_and(|own| own == "harness");
    let cargo = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let cargo = cargo.filter(|_| ours("CARGO_PKG_NAME"));
    let program = env::current_exe().ok();
    cargo
        .into_iter()
        .chain(program)
        .find_map(|path| path.ancestors().find(is_checkout).map(Path::to_owned))
}

/// The checkout whose lessons are meant: around where this program is run, or
/// else its own. In this order, since there may be several, and whoever stands
/// in one means that.
pub(crate) fn checkout() -> Option<PathBuf> {
    let here = env::current_dir().unwrap_or_default();
    here.ancestors().find(is_checkout).map(Path::to_owned).or_else(home)
}

fn is_checkout(path: &&Path) -> bool {
    path.join("crates/ping-core").is_dir()
}
