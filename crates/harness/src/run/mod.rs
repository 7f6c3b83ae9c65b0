//! `harness run`: acts that each answer something, and the folder they leave.

mod acts;
mod book;
mod levels;
mod session;
mod uneven;

pub use acts::{Preset, Question, RunOptions, run};
pub use levels::PINGS_PER_LANE;
