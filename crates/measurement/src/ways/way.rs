//! A row of the table of ways.

use std::num::NonZeroUsize;

use crate::makespan;

/// A way to do a batch of pings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// In records and on the command line.
    pub id: &'static str,
    /// In charts, tables and sentences: `threads (waves)`.
    pub name: &'static str,
    /// In titles: `waves`, `the pool`.
    pub short: &'static str,
    /// Whether a verb after `short` is in the plural.
    pub plural: bool,
    /// The client under it, in charts and tables: `ureq`, `by hand`.
    pub client: &'static str,
    /// How it shares out the work.
    pub sharing: Sharing,
    /// The same for people: `workers take the next from a queue`.
    pub shape: &'static str,
    /// What to see in its waterfall: `whoever is free takes the next`.
    pub look: &'static str,
    /// The lesson whose colour and symbol it has.
    pub kin: Kin,
    /// Whether it only borrows them, and its symbol is hollow.
    pub hollow: bool,
}

/// How pings are shared out among those that do them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// One after another.
    OneByOne,
    /// As many as may be in flight start together; the next when all are done.
    Waves,
    /// Each has its fixed share from the start.
    Shares,
    /// Whoever is free takes the next.
    Queue,
    /// Pings are tried again, so that no formula says how long it takes.
    Retries,
}

/// Who shares a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kin {
    /// That of [`ONE_BY_ONE`](super::ONE_BY_ONE).
    OneByOne,
    /// That of [`WAVES`](super::WAVES).
    Waves,
    /// That of [`SHARES`](super::SHARES).
    Shares,
    /// That of [`POOL`](super::POOL).
    Pool,
    /// That of [`TASKS`](super::TASKS).
    Tasks,
    /// That of [`EVENT_LOOP`](super::EVENT_LOOP).
    Loop,
    /// Grey.
    Other,
}

impl Way {
    /// Its short name where there is room for one word or two: `pool`.
    pub fn label(&self) -> &'static str {
        self.short.strip_prefix("the ").unwrap_or(self.short)
    }

    /// Whether it ever has more than one ping in flight.
    pub fn is_concurrent(&self) -> bool {
        self.sharing != Sharing::OneByOne
    }
}

impl Sharing {
    /// How long it takes with no overhead at all, ns; `None` if no formula says
    /// it.
    pub fn makespan(
        self,
        waits: &[u64],
        concurrency: NonZeroUsize,
    ) -> Option<u64> {
        match self {
            Sharing::OneByOne => Some(makespan::sequential(waits)),
            Sharing::Waves => Some(makespan::waves(waits, concurrency)),
            Sharing::Shares => Some(makespan::shares(waits, concurrency)),
            Sharing::Queue => Some(makespan::queue(waits, concurrency)),
            Sharing::Retries => None,
        }
    }

    /// Whether ping `i` belongs to place `i` modulo the concurrency.
    pub fn is_fixed(self) -> bool {
        matches!(self, Sharing::Waves | Sharing::Shares)
    }
}
