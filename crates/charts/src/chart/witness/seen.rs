//! The bars of what a server saw, and what there was no room for.

use std::num::NonZeroUsize;

use measurement::claim::Claim;
use measurement::earliest::Earliest;
use measurement::lanes;
use measurement::witness::{End, Stamp, Witness};

/// More slots than this are thinner than a line.
const MOST_SLOTS: usize = 256;

/// More bars than this make a file that nobody wants in a page.
const MOST_BARS: usize = 1800;

/// What is drawn of a witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    /// As many as were asked for, or as were needed if those are more.
    pub(crate) slots: usize,
    /// How many were asked for, if anybody asked.
    pub(crate) asked: Option<NonZeroUsize>,
    /// From the first arrival to the last thing that happened, ns.
    pub(crate) span_ns: u64,
    /// In the order of arrival.
    pub(crate) bars: Vec<SeenBar>,
    /// Requests that are not drawn.
    pub(crate) left_out: u64,
    /// Whether a low peak accuses nobody.
    undecided: bool,
    /// Where that is known.
    pub(crate) earliest: Option<Earliest>,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeenBar {
    pub(crate) slot: usize,
    /// From when to when it was in flight, ns since the first arrival; to the
    /// end of the picture if it still is.
    pub(crate) flight: (u64, u64),
    pub(crate) end: End,
    pub(crate) seq: u64,
    pub(crate) status: u16,
}

impl Seen {
    /// The stamps as bars; none if there is nothing to see: neither a stamp
    /// nor, where no request came, a slot that waited for one.
    pub(crate) fn new(
        witness: &Witness,
        asked: Option<NonZeroUsize>,
    ) -> Option<Seen> {
        if witness.stamps.is_empty()
            && (asked.is_none() || witness.requests > 0)
        {
            return None;
        }
        let (span_ns, bars) = bars(&witness.stamps);
        let used = bars.iter().map(|bar| bar.slot + 1).max().unwrap_or(0);
        let wanted = asked.map_or(0, NonZeroUsize::get);
        let all = witness.stamps.len() as u64;
        Some(Seen {
            slots: used.max(wanted).min(MOST_SLOTS),
            asked,
            span_ns,
            left_out: (all - bars.len() as u64)
                .saturating_add(witness.stamps_dropped),
            bars,
            undecided: asked.is_some_and(|asked| {
                let claim = Claim::judge(witness, asked);
                matches!(claim, Claim::Undecided(_))
            }),
            earliest: Earliest::of(witness, asked),
        })
    }

    /// How many of them ended that way.
    pub(crate) fn count(&self, end: End) -> usize {
        self.bars.iter().filter(|bar| bar.end == end).count()
    }

    /// Whether a slot is more than was asked for.
    pub(crate) fn is_extra(&self, slot: usize) -> bool {
        self.asked.is_some_and(|asked| slot >= asked.get())
    }

    /// How many slots nobody used, where all requests are drawn and that can
    /// be told. They are the last ones: a request takes the first that is free.
    pub(crate) fn unused(&self) -> usize {
        if self.left_out > 0 || self.undecided {
            return 0;
        }
        let used = self.bars.iter().map(|bar| bar.slot + 1).max();
        self.slots - used.unwrap_or(0)
    }

    /// When the last of them was answered, ns, where all are drawn and none is
    /// still in flight.
    pub(crate) fn end_ns(&self) -> Option<u64> {
        let whole = self.left_out == 0 && !self.bars.is_empty();
        (whole && self.count(End::InFlight) == 0).then_some(self.span_ns)
    }
}

/// From the first arrival to the last thing that happened, ns, and the bars
/// that there is room for.
fn bars(stamps: &[Stamp]) -> (u64, Vec<SeenBar>) {
    let mut stamps: Vec<_> = stamps.iter().collect();
    stamps.sort_by_key(|stamp| stamp.received_ns);
    stamps.truncate(MOST_BARS);
    let zero = stamps.first().map_or(0, |stamp| stamp.received_ns);
    let last = stamps
        .iter()
        .map(|stamp| stamp.sent_ns.unwrap_or(0).max(stamp.received_ns))
        .max()
        .unwrap_or(zero);
    let flights: Vec<(u64, u64)> = stamps
        .iter()
        .map(|stamp| {
            let from = stamp.received_ns;
            let to = stamp.sent_ns.unwrap_or(last).max(from);
            (from - zero, to - zero)
        })
        .collect();
    // A request that has not ended keeps its slot, whatever comes.
    let taken: Vec<(u64, u64)> = flights
        .iter()
        .zip(&stamps)
        .map(|((from, to), stamp)| match stamp.end {
            End::InFlight => (*from, u64::MAX),
            End::Done | End::Aborted | End::Faulted => (*from, *to),
        })
        .collect();
    let bars = stamps
        .iter()
        .zip(flights)
        .zip(lanes::assign(&taken))
        .map(|((stamp, flight), slot)| SeenBar {
            slot,
            flight,
            end: stamp.end,
            seq: stamp.seq,
            status: stamp.status,
        })
        .filter(|bar| bar.slot < MOST_SLOTS);
    (last - zero, bars.collect())
}
