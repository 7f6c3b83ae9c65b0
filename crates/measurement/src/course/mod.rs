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

use crate::fault::Fault;
use crate::manners::Manners;
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
    /// How long the whole batch may take, ns.
    pub limit_ns: Option<u64>,
    /// In how many rounds.
    pub rounds: u32,
    /// What goes wrong, and how the server is treated then; `None` where
    /// nothing does.
    pub failing: Option<Failing>,
}

/// What goes wrong in a cell, and what is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failing {
    /// The `faults` of the server's plan.
    pub faults: &'static [Option<Fault>],
    /// How the server is treated.
    pub manners: Manners,
}

impl Failing {
    /// What part of all attempts is refused: the p of F10.
    pub fn share(&self) -> f64 {
        let refuses = |fault: &&Option<Fault>| {
            fault.is_some_and(|fault| fault.refusal().is_some())
        };
        let refused = self.faults.iter().filter(refuses).count();
        refused as f64 / self.faults.len().max(1) as f64
    }
}

impl Lesson {
    /// The lesson after this one; `None` if it is the last.
    ///
    /// Not always the next number: a lesson keeps its number, whichever is
    /// written first.
    pub fn next(&self) -> Option<&'static Lesson> {
        LESSONS.iter().find(|lesson| lesson.number > self.number)
    }
}

/// The lesson of that number; `None` if there is none.
pub fn lesson(number: u8) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| lesson.number == number)
}

/// The numbers of all lessons, in words: `1 to 5, 7, 8`.
pub fn numbers() -> String {
    in_words(LESSONS.iter().map(|lesson| lesson.number))
}

/// Numbers that ascend; three and more in a row are a range.
fn in_words(numbers: impl Iterator<Item = u8>) -> String {
    let mut rows: Vec<(u8, u8)> = Vec::new();
    for number in numbers {
        match rows.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => rows.push((number, number)),
        }
    }
    let row = |(first, last): (u8, u8)| match last - first {
        0 => format!("{first}"),
        1 => format!("{first}, {last}"),
        _ => format!("{first} to {last}"),
    };
    rows.into_iter().map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn a_gap_between_lessons_is_said() {
        let words = |numbers: &[u8]| in_words(numbers.iter().copied());
        assert_eq!(words(&[1, 2, 3, 4, 5]), "1 to 5");
        assert_eq!(words(&[1, 2, 3, 5, 7, 8]), "1 to 3, 5, 7, 8");
        assert_eq!(words(&[1]), "1");
    }
}
