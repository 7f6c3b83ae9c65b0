//! The bars of one trial: which lane each ping is in, and from when to when.

use std::num::NonZeroUsize;

use measurement::lanes;
use measurement::record::{Measured, SAMPLES_BELOW, Samples};

/// A trial as a waterfall shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bars {
    /// How many lanes it needs.
    pub(crate) lanes: usize,
    /// When it ended, ns.
    pub(crate) end_ns: u64,
    /// In the order of the list.
    pub(crate) bars: Vec<Bar>,
}

/// One ping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bar {
    pub(crate) lane: usize,
    /// From when to when the client had it in flight, ns.
    pub(crate) flight: (u64, u64),
    /// From when to when the server held it, ns, where that is known.
    pub(crate) hold: Option<(u64, u64)>,
    /// Whether it had no answer.
    pub(crate) failed: bool,
}

impl Bars {
    /// The pings of a trial in their lanes, of which there are at least
    /// `concurrency`: a slot that nobody used is idle from beginning to end.
    /// No more of those are drawn than a trial keeps pings.
    pub(crate) fn new(
        strategy: &str,
        measured: &Measured,
        concurrency: NonZeroUsize,
    ) -> Bars {
        let flights = measured.samples.flights();
        let assigned = lanes::of_pings(strategy, concurrency, &flights);
        let used = assigned.iter().max().map_or(0, |lane| lane + 1);
        let bars = bars(&measured.samples, &flights, &assigned);
        let last = flights.iter().map(|flight| flight.1).max().unwrap_or(0);
        Bars {
            lanes: used.max(concurrency.get().min(SAMPLES_BELOW)),
            end_ns: last.max(measured.makespan_ns),
            bars,
        }
    }

    /// How long all its slots together had nothing to do, ns.
    pub(crate) fn idle_ns(&self) -> u64 {
        let busy = self.bars.iter().map(|bar| bar.flight.1 - bar.flight.0);
        let all = self.end_ns.saturating_mul(self.lanes as u64);
        all.saturating_sub(busy.fold(0, u64::saturating_add))
    }

    /// Each ping in a lane of its own, in the order of the list.
    pub(crate) fn one_each(measured: &Measured) -> Bars {
        let flights = measured.samples.flights();
        let own: Vec<usize> = (0..flights.len()).collect();
        let bars = bars(&measured.samples, &flights, &own);
        let last = flights.iter().map(|flight| flight.1).max().unwrap_or(0);
        Bars {
            lanes: flights.len(),
            end_ns: last.max(measured.makespan_ns),
            bars,
        }
    }
}

fn bars(
    samples: &Samples,
    flights: &[(u64, u64)],
    assigned: &[usize],
) -> Vec<Bar> {
    (0..flights.len())
        .map(|i| Bar {
            lane: assigned[i],
            flight: flights[i],
            hold: hold(samples.received_ns[i], samples.sent_ns[i]),
            failed: samples.status[i].is_none(),
        })
        .collect()
}

/// Two clocks of one machine agree to within microseconds, so a hold may
/// begin a hair before the trial's clock did.
fn hold(received: Option<i64>, sent: Option<i64>) -> Option<(u64, u64)> {
    let (received, sent) = (received?.max(0), sent?.max(0));
    (received <= sent).then_some((received as u64, sent as u64))
}
