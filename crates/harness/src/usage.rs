//! What was asked for cannot be done as asked: exit code 2. A report folder
//! says it with the same error.

pub use report::usage::{Usage, usage};

/// The exit code for it, as command lines have it everywhere.
pub const USAGE: u8 = 2;

/// The exit code where all was done, and it is not what was expected.
pub const MISSED: u8 = 99;

/// Many machines, asked of a program that was built without them: the client
/// of their queue would cost every first build half a minute.
#[cfg(not(feature = "many-machines"))]
#[must_use]
pub fn without_machines() -> anyhow::Error {
    usage(
        "this program was built without many machines; say `cargo run -p \
         harness --features many-machines -- ...`",
    )
}
