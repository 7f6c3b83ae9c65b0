//! A gate opens when enough requests wait at it at once: a proof of overlap
//! that needs no clock.

use std::collections::{BTreeMap, BTreeSet};

use measurement::MILLISECOND;

/// How long a request waits for the others at a gate of this size, in
/// nanoseconds: so many must first connect.
pub(crate) fn patience(size: u16) -> u64 {
    const LEAST: u64 = 2_000 * MILLISECOND;
    const FOR_EACH: u64 = MILLISECOND / 2;
    LEAST.max(FOR_EACH * u64::from(size))
}

/// The gates, by the number of requests that opens them. Each is there from
/// its first request to the next reset.
#[derive(Default)]
pub(crate) struct Gates {
    gates: BTreeMap<u16, Gate>,
}

enum Gate {
    /// Those who wait, by connection.
    Closed(BTreeSet<usize>),
    Open,
}

/// What a request finds at a gate.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Passage {
    /// It may pass, and so may these, which waited.
    Open(BTreeSet<usize>),
    /// It has to wait.
    Closed,
}

impl Gates {
    /// The request of the connection in `slot` comes to the gate of `size`.
    pub(crate) fn enter(&mut self, size: u16, slot: usize) -> Passage {
        let gate = self
            .gates
            .entry(size)
            .or_insert_with(|| Gate::Closed(BTreeSet::new()));
        let Gate::Closed(waiting) = gate else {
            return Passage::Open(BTreeSet::new());
        };
        if waiting.len() + 1 < usize::from(size) {
            waiting.insert(slot);
            return Passage::Closed;
        }
        let waited = std::mem::take(waiting);
        *gate = Gate::Open;
        Passage::Open(waited)
    }

    /// It gives up, or its client did.
    pub(crate) fn leave(&mut self, size: u16, slot: usize) {
        if let Some(Gate::Closed(waiting)) = self.gates.get_mut(&size) {
            waiting.remove(&slot);
        }
    }

    /// Whether somebody waits at one.
    pub(crate) fn is_any_closed(&self) -> bool {
        self.gates.values().any(
            |gate| matches!(gate, Gate::Closed(waiting) if !waiting.is_empty()),
        )
    }

    /// Closes all gates. Who waits at one waits in vain.
    pub(crate) fn close_all(&mut self) {
        self.gates.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_for_as_many_as_it_is_for_and_stays_open() {
        let mut gates = Gates::default();
        assert_eq!(gates.enter(3, 10), Passage::Closed);
        assert_eq!(gates.enter(3, 11), Passage::Closed);
        assert_eq!(gates.enter(3, 12), Passage::Open([10, 11].into()));
        assert_eq!(gates.enter(3, 13), Passage::Open([].into()));
        assert_eq!(gates.enter(2, 14), Passage::Closed);
        gates.close_all();
        assert_eq!(gates.enter(3, 15), Passage::Closed);
    }

    #[test]
    fn more_take_longer_to_connect() {
        let seconds = |size| patience(size) / (1000 * MILLISECOND);
        assert_eq!([1, 4000, 16_000, u16::MAX].map(seconds), [2, 2, 8, 32]);
    }

    #[test]
    fn who_left_does_not_count() {
        let mut gates = Gates::default();
        assert_eq!(gates.enter(2, 10), Passage::Closed);
        gates.leave(2, 10);
        assert_eq!(gates.enter(2, 11), Passage::Closed);
    }
}
