//! What was asked for cannot be done as asked: exit code 2. A report folder
//! says it with the same error.

pub use report::usage::{Usage, usage};

/// The exit code for it, as command lines have it everywhere.
pub const USAGE: u8 = 2;
