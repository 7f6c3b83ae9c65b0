//! The course: what each lesson measures, and what it asks to be predicted.
//!
//! A lesson's numbers come from records like any other's; all of them are of
//! the act [`Lesson`](crate::record::Act::Lesson), and the run says which
//! lesson it was.

pub mod ask;
pub mod formula;
pub mod prediction;
mod table;

pub use ask::{Ask, Quantity};
pub use table::LESSONS;

use crate::waits::Waits;

/// What a lesson measures and asks.
#[derive(Debug, Clone, Copy)]
pub struct Lesson {
    /// From 1.
    pub number: u8,
    /// The name of its strategy.
    pub name: &'static str,
    /// The one question that it answers.
    pub question: &'static str,
    /// What is measured.
    pub cells: &'static [Cell],
    /// What is to be predicted before any of it is shown.
    pub asks: &'static [Ask],
}

/// One trial of each round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The strategy's name.
    pub strategy: &'static str,
    /// The most pings in flight at once.
    pub concurrency: usize,
    /// How many pings.
    pub requests: usize,
    /// The server's waits.
    pub waits: Waits,
    /// In how many rounds.
    pub rounds: u32,
}

/// The lesson of that number; none if there is none.
pub fn lesson(number: u8) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| lesson.number == number)
}
