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

    pub(crate) fn len(&self) -> usize {
        self.due.len()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_due_early_and_the_earliest_is_first() {
        let mut deadlines = Deadlines::default();
        for (at, slot) in [(30, 1), (10, 2), (20, 3), (10, 4)] {
            deadlines.insert(at, slot);
        }
        deadlines.remove(10, 4);
        assert_eq!(deadlines.pop_due(9), None);
        assert_eq!(deadlines.pop_due(20), Some(2));
        assert_eq!(deadlines.pop_due(20), Some(3));
        assert_eq!(deadlines.pop_due(20), None);
        assert_eq!(deadlines.earliest(), Some(30));
    }
}
