//! Requests in groups, each of which began when all before it had ended.

/// Flights in the order of their starts, split wherever nothing was in flight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Groups<'a> {
    all: Vec<&'a [(u64, u64)]>,
    /// How many were ever in flight at once.
    slots: usize,
}

impl Groups<'_> {
    pub(super) fn of(flights: &[(u64, u64)], slots: usize) -> Groups<'_> {
        let (mut all, mut begin, mut last) = (Vec::new(), 0, 0);
        for (place, (from, to)) in flights.iter().enumerate() {
            if place > begin && last <= *from {
                all.push(&flights[begin..place]);
                begin = place;
            }
            last = last.max(*to);
        }
        all.push(&flights[begin..]);
        Groups { all, slots }
    }

    /// Whether there are two of the same size, or more than two. A program that
    /// is stalled once makes two of any size.
    pub(super) fn are_no_stall(&self) -> bool {
        match self.all.as_slice() {
            [first, second] => first.len() == second.len(),
            groups => groups.len() > 2,
        }
    }

    /// Whether all had ended before others began together. A single request
    /// that follows others alone is no group.
    pub(super) fn are_several(&self) -> bool {
        self.all.iter().skip(1).any(|group| group.len() > 1)
    }

    /// How often a slot stood idle until its whole group had ended, for longer
    /// than `soon`, ns, and three times as long as the whole next group then
    /// took to begin: whoever takes the next request when a slot is free would
    /// have refilled it. The slot that ended last did not stand idle. A group
    /// of more requests than slots may be two that touch.
    pub(super) fn idle(&self, soon: u64) -> usize {
        let stood = |pair: &[&[(u64, u64)]]| {
            let (group, next) = (pair[0], pair[1]);
            let end = group.iter().map(|(_, to)| *to).max().unwrap_or(0);
            let begun = next.last().map_or(end, |(from, _)| *from);
            let least = soon.max(begun.saturating_sub(end).saturating_mul(3));
            let idle = group.iter().filter(|(_, to)| end - to > least).count();
            let whole = group.len() <= self.slots;
            if whole { idle.min(next.len() - 1) } else { 0 }
        };
        self.all.windows(2).map(stood).sum()
    }
}
