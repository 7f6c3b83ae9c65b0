//! What a lesson of the course is.

use super::ask::Ask;
use crate::consumer::Consumer;
use crate::fault::Fault;
use crate::machines::Machines;
use crate::manners::Manners;
use crate::waits::Waits;

/// Rounds of a lesson: enough for a median that one bad trial does not move,
/// few enough to be waited for.
pub(super) const ROUNDS: u32 = 3;

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
    /// Who takes the results, where that takes time.
    pub consumer: Option<Consumer>,
    /// Which processes share the batch over a queue; `None` where it is done in
    /// one.
    pub machines: Option<Machines>,
    /// What part of a job of [`JOB_NS`](super::JOB_NS) is computing, %; `None`
    /// where there is nothing to compute.
    pub share_percent: Option<u32>,
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
    /// Whether some of it is measured over a queue.
    pub fn needs_queue(&self) -> bool {
        self.cells.iter().any(|cell| cell.machines.is_some())
    }

    /// The name of its crate, such as `lesson-04-worker-pool`.
    pub fn package(&self) -> String {
        format!("lesson-{:02}-{}", self.number, self.name)
    }
}
