//! `harness run`: acts that each answer something, and the folder they leave.
//!
//! A run is planned first (`plan`: pure data), then carried out act by act:
//! the book's six pings, uneven waits, no waits, the sweep, memory. A question of
//! one's own is a sweep alone; how far each way goes is a preset of its own.

mod acts;
mod arrivals;
mod book;
mod capacity;
mod cell;
mod climb;
mod command;
mod conclude;
mod end;
mod failures;
mod leave;
mod lesson;
mod memory;
mod no_waits;
mod options;
mod over_levels;
mod panel;
mod plan;
mod preset;
mod queue;
mod repeat;
mod session;
mod sweep;
mod uneven;

pub use command::run;
pub use leave::{Left, exit_code};
pub use lesson::study;
pub use options::{Question, RunOptions};
pub use queue::can_be_measured;
pub(crate) use session::seed_from_clock;

use measurement::record::Trial;
use measurement::summary::{Summary, summarise};

use crate::strategies;

/// What the trials of the acts so far come to.
fn so_far(trials: &[Trial]) -> Summary {
    summarise("", trials, &strategies::all_names())
}
