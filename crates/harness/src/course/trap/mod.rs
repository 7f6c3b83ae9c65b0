//! The traps of the lessons: small programs that go wrong on purpose.

mod header;

pub use header::Header;
