//! How a mark of a living chart moves, in nanoseconds since its start.

/// What happens to a mark in each turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Motion {
    /// Grows from its left end to its full length between two moments.
    Grow {
        /// When it begins.
        from_ns: u64,
        /// When it has its full length.
        to_ns: u64,
    },
    /// Is not there before a moment, and there after it.
    Appear {
        /// That moment.
        at_ns: u64,
    },
}

/// The motions of a chart, each numbered from 1 and kept once: the wide and
/// the narrow form move alike.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Motions {
    /// How long a turn takes, ns; at least as long as any motion in it.
    pub(crate) turn_ns: u64,
    list: Vec<Motion>,
}

impl Motions {
    /// Motions that repeat every `turn_ns`.
    pub(crate) fn new(turn_ns: u64) -> Motions {
        Motions { turn_ns, list: Vec::new() }
    }

    /// The number of a motion, from 1.
    pub(crate) fn number(&mut self, motion: Motion) -> usize {
        let known = self.list.iter().position(|other| *other == motion);
        known.unwrap_or_else(|| {
            self.list.push(motion);
            self.list.len() - 1
        }) + 1
    }

    /// Each with its number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Motion)> {
        (1..).zip(&self.list)
    }

    /// Whether nothing moves.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
