use std::path::{Path, PathBuf};

/// The program.
const NAME: &str = "nats-server";

/// Where Debian puts it, which is not on a user's `PATH`.
const ELSEWHERE: &str = "/usr/sbin";

/// Where `nats-server` is: on the `PATH`, or else where Debian puts it. None
/// if it is not installed.
pub fn find() -> Option<PathBuf> {
    let found = which::which(NAME).ok();
    found.or_else(|| {
        let path = Path::new(ELSEWHERE).join(NAME);
        path.is_file().then_some(path)
    })
}
