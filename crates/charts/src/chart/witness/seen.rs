//! The bars of what a server saw, and what there was no room for.

use measurement::lanes;
use measurement::witness::{End, Witness};

/// More lanes than this are thinner than a line.
const MOST_LANES: usize = 64;

/// More bars than this make a file that nobody wants in a page.
const MOST_BARS: usize = 2000;

/// What is drawn of a witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) lanes: usize,
    /// From the first arrival to the last thing that happened, ns.
    pub(crate) span_ns: u64,
    /// In the order of arrival.
    pub(crate) bars: Vec<SeenBar>,
    /// Requests with a stamp that are not drawn.
    pub(crate) left_out: usize,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeenBar {
    pub(crate) lane: usize,
    /// From when to when it was in flight, ns since the first arrival; to the
    /// end of the picture if it still is.
    pub(crate) flight: (u64, u64),
    pub(crate) end: End,
}

impl Seen {
    /// The stamps as bars; none if there are no stamps.
    pub(crate) fn new(witness: &Witness) -> Option<Seen> {
        let mut stamps: Vec<_> = witness.stamps.iter().collect();
        stamps.sort_by_key(|stamp| stamp.received_ns);
        let zero = stamps.first()?.received_ns;
        let all = stamps.len();
        stamps.truncate(MOST_BARS);
        let last = stamps
            .iter()
            .map(|stamp| stamp.sent_ns.unwrap_or(0).max(stamp.received_ns))
            .max()?;
        let flights: Vec<(u64, u64)> = stamps
            .iter()
            .map(|stamp| {
                let from = stamp.received_ns;
                let to = stamp.sent_ns.unwrap_or(last).max(from);
                (from - zero, to - zero)
            })
            .collect();
        // A request that has not ended keeps its lane, whatever comes.
        let taken: Vec<(u64, u64)> = flights
            .iter()
            .zip(&stamps)
            .map(|((from, to), stamp)| match stamp.end {
                End::InFlight => (*from, u64::MAX),
                End::Done | End::Aborted | End::Faulted => (*from, *to),
            })
            .collect();
        let assigned = lanes::assign(&taken);
        let bars: Vec<SeenBar> = stamps
            .iter()
            .zip(flights)
            .zip(assigned)
            .map(|((stamp, flight), lane)| SeenBar {
                lane,
                flight,
                end: stamp.end,
            })
            .filter(|bar| bar.lane < MOST_LANES)
            .collect();
        Some(Seen {
            lanes: bars.iter().map(|bar| bar.lane + 1).max().unwrap_or(1),
            span_ns: last - zero,
            left_out: all - bars.len(),
            bars,
        })
    }

    /// How many of them ended that way.
    pub(crate) fn count(&self, end: End) -> usize {
        self.bars.iter().filter(|bar| bar.end == end).count()
    }
}
