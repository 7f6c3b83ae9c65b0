//! The course: `lesson`, its traps, `predict` and `check`.

mod check;
pub(crate) mod in_step;
mod ledger;
mod lesson;
mod predict;
mod printed;
pub mod program;
pub mod quantity;
pub(crate) mod scoped_cursor;
mod source;
pub mod trap;

pub use check::{EXERCISES, Exercise, Finding, Given, HANDED_OUT, check, task};
pub use lesson::lesson;
pub use predict::predict;
pub use source::Source;
pub use trap::trap;
