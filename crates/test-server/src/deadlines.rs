//! What is due when.

use std::collections::BTreeSet;

/// The connections that wait for a time. An ordered set and not a heap: a
/// client that hangs up takes its deadline with it, so the set never holds
/// more than one entry a connection.
#[derive(Default)]
pub(crate) struct Deadlines {
    due: BTreeSet<(u64, usize)>,
}

impl Deadlines {
    /// The connection in `slot` is to be woken at `at`.
    pub(crate) fn insert(&mut self, at: u64, slot: usize) {
        self.due.insert((at, slot));
    }

    pub(crate) fn remove(&mut self, at: u64, slot: usize) {
        self.due.remove(&(at, slot));
    }

    pub(crate) fn earliest(&self) -> Option<u64> {
        self.due.first().map(|(at, _)| *at)
    }

    /// The next connection whose time has come.
    pub(crate) fn pop_due(&mut self, now: u64) -> Option<usize> {
        if self.earliest()? > now {
            return None;
        }
        self.due.pop_first().map(|(_, slot)| slot)
    }
}
