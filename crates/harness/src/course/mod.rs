//! The course: `lesson`, `predict` and `check`.

mod ledger;
mod lesson;
mod predict;
pub mod quantity;
pub(crate) mod scoped_cursor;
mod source;

pub use lesson::lesson;
pub use predict::predict;
pub use source::Source;
