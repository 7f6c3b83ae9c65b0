//! The exam of a program: it is run once before each of some scenes, in which
//! the server does something that servers do, and what came of it is judged in
//! one word.
//!
//! A [`Scene`] is a row of a table; a [`Performance`] is what happened in one;
//! [`judge`] is a function of the two, and of how the program performed before
//! a server that does nothing wrong.

mod document;
mod expect;
mod judge;
mod lull;
mod record;
mod remark;
mod said;
mod scene;
mod seen;
mod word;

pub use document::{EXAM_VERSION, Exam, Scored};
pub use expect::Expectation;
pub use judge::judge;
pub use lull::Lull;
pub use record::{Did, Handed, Mark, Outcome, Performance};
pub use remark::{Remark, remarks};
pub use said::Said;
pub use scene::{Meets, PLAIN, Rule, SCENES, Scene, named};
pub use seen::Seen;
pub use word::{Verdict, Word};
