//! Requests dealt to slots: whichever was free when a request began.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, VecDeque};

/// Which slot takes a request where several are free. The server's times do
/// not say, so that more than one is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    /// The one that was freed last.
    Newest,
    /// The one that was freed first.
    Oldest,
    /// The one that has had the fewest.
    Fewest,
    /// The same of those that were freed a short time ago. Only where there is
    /// none, one that has stood idle.
    FewestOfLate,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dealt {
    /// How many requests each slot had.
    counts: Vec<usize>,
    /// Requests that came to a slot which had had one before, while another
    /// one was free, too.
    guessed: usize,
    /// How long slots had been free when the last request began, ns; only
    /// those that were not freed a short time before.
    pub(super) idle_at_last: Vec<u64>,
    /// How many slots were refilled while one stood idle that got no request
    /// any more.
    pub(super) passed: usize,
}

/// Slots without a request in flight, by what decides which is next.
struct Free {
    pick: Pick,
    ready: BTreeSet<(u64, usize)>,
    /// When each slot was freed, in that order; some are taken again.
    freed: VecDeque<(u64, usize)>,
    /// Those that have stood idle, under [`Pick::FewestOfLate`].
    stale: BTreeSet<(u64, usize)>,
}

impl Free {
    fn rank(&self, freed: u64, count: usize) -> u64 {
        match self.pick {
            Pick::Newest => u64::MAX - freed,
            Pick::Oldest => freed,
            Pick::Fewest | Pick::FewestOfLate => count as u64,
        }
    }

    fn add(&mut self, freed: u64, slot: usize, count: usize) {
        self.ready.insert((self.rank(freed, count), slot));
        self.freed.push_back((freed, slot));
    }

    /// Puts aside what was freed before `since`.
    fn age(&mut self, since: u64, counts: &[usize], freed_at: &[u64]) {
        while let Some((freed, slot)) = self.freed.front().copied()
            && freed < since
        {
            self.freed.pop_front();
            let rank = self.rank(freed, counts[slot]);
            let still = freed_at[slot] == freed;
            if still && self.ready.remove(&(rank, slot)) {
                self.stale.insert((u64::MAX - freed, slot));
            }
        }
    }

    fn take(&mut self) -> Option<usize> {
        let next = self.ready.pop_first().or_else(|| self.stale.pop_first());
        next.map(|(_, slot)| slot)
    }
}

impl Dealt {
    /// Deals flights in the order of their starts. A slot that is refilled
    /// within `soon`, ns, did not stand idle.
    pub(super) fn of(flights: &[(u64, u64)], pick: Pick, soon: u64) -> Dealt {
        let mut dealt = Dealt::default();
        let mut freed_at: Vec<u64> = Vec::new();
        let mut taken = BinaryHeap::new();
        let (ready, stale) = (BTreeSet::new(), BTreeSet::new());
        let mut free = Free { pick, ready, freed: VecDeque::new(), stale };
        for (from, to) in flights {
            while let Some(Reverse((until, slot))) = taken.peek().copied()
                && until <= *from
            {
                taken.pop();
                freed_at[slot] = until;
                free.add(until, slot, dealt.counts[slot]);
            }
            if pick == Pick::FewestOfLate {
                let since = from.saturating_sub(soon);
                free.age(since, &dealt.counts, &freed_at);
            }
            let several = free.ready.len() + free.stale.len() > 1;
            let slot = match free.take() {
                Some(slot) => {
                    dealt.guessed += usize::from(several);
                    slot
                }
                None => {
                    dealt.counts.push(0);
                    freed_at.push(0);
                    dealt.counts.len() - 1
                }
            };
            dealt.counts[slot] += 1;
            taken.push(Reverse((*to, slot)));
        }
        dealt.look_at_the_end(flights, &free, &freed_at, soon);
        dealt
    }

    /// What stood idle when the last request began.
    fn look_at_the_end(
        &mut self,
        flights: &[(u64, u64)],
        free: &Free,
        freed_at: &[u64],
        soon: u64,
    ) {
        let last = flights.last().map_or(0, |(from, _)| *from);
        let mut first = last;
        for (_, slot) in free.ready.iter().chain(&free.stale) {
            let idle = last.saturating_sub(freed_at[*slot]);
            if idle > soon {
                self.idle_at_last.push(idle);
                first = first.min(freed_at[*slot].saturating_add(soon));
            }
        }
        // What opened a slot has refilled none.
        let before = flights.partition_point(|(from, _)| *from <= first);
        self.passed = flights.len() - before.max(self.slots());
    }

    /// Whether no parts that were fixed beforehand could have led to these: a
    /// slot had at least two requests more or fewer. Where more than one slot
    /// was free at once, there is no telling which of them went on, and two
    /// may only seem to have such parts; so three must.
    pub(super) fn is_taken_by_whoever_is_free(&self) -> bool {
        let least = if self.guessed == 0 { 1 } else { 3 };
        let differ = |apart: Vec<usize>| {
            apart.iter().filter(|apart| **apart > 1).count() >= least
        };
        self.differences().into_iter().all(differ)
    }

    /// Whether these are parts that may have been fixed beforehand.
    pub(super) fn are_fixed(&self) -> bool {
        let equal = |apart: &Vec<usize>| apart.iter().all(|apart| *apart == 0);
        self.differences().iter().any(equal)
    }

    pub(super) fn slots(&self) -> usize {
        self.counts.len()
    }

    /// By how many requests each slot differs from parts that are dealt like
    /// cards, and from pieces of which the last is smaller.
    fn differences(&self) -> [Vec<usize>; 2] {
        let mut counts = self.counts.clone();
        counts.sort_unstable_by_key(|count| Reverse(*count));
        let (all, slots) = (counts.iter().sum::<usize>(), counts.len().max(1));
        let apart = |part: &dyn Fn(usize) -> usize| {
            (0..).zip(&counts).map(|(i, n)| part(i).abs_diff(*n)).collect()
        };
        let piece = all.div_ceil(slots);
        [
            apart(&|i| all / slots + usize::from(i < all % slots)),
            apart(&|i| piece.min(all.saturating_sub(i * piece))),
        ]
    }
}
