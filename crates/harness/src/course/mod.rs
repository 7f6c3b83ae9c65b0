//! The course: `lesson`, its traps, `predict` and `check`.

mod check;
mod header;
mod ledger;
mod lesson;
mod predict;
mod printed;
pub mod program;
pub mod quantity;
mod source;
mod trap;

pub use check::{EXERCISES, Exercise, Finding, Given, HANDED_OUT, check, task};
pub use header::Header;
pub use lesson::lesson;
pub use predict::predict;
pub use source::Source;
pub use trap::trap;
