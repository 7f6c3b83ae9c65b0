use measurement::MILLISECOND;
use measurement::fault::Fault;
use measurement::waits::Plan;
use measurement::witness::Stamp;

use super::exercise::{Exercise, Finding, Given};
use crate::course::printed::printed;
use crate::course::program::Performance;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 8,
        name: "fifty_a_second",
        given: || Given::numbered(75, 0),
        judge: |seen| {
            let busiest = busiest_second(&seen.witness.stamps);
            vec![
                Finding::exactly("requests", seen.witness.requests, 75),
                Finding::at_most("in its busiest second", busiest, FIFTY),
                Finding::exactly("results", printed(seen).len(), 75),
            ]
        },
    },
    Exercise {
        lesson: 8,
        name: "obey_retry_after",
        given: || by_arrival(4, 4),
        judge: |seen| {
            vec![
                Finding::exactly("came back too early", too_early(seen), 0),
                Finding::exactly("requests", seen.witness.requests, 8),
                Finding::exactly("answered 200", answered(seen, "200"), 4),
            ]
        },
    },
    Exercise {
        lesson: 8,
        name: "circuit_breaker",
        // The first five open it. The next one looks too early, and the one
        // after that, which is the 27th, finds that all is well.
        given: || by_arrival(40, 6),
        judge: |seen| {
            vec![
                Finding::exactly("requests", seen.witness.requests, 20),
                Finding::exactly("answered 200", answered(seen, "200"), 14),
                Finding::exactly("left out", answered(seen, "cancelled"), 20),
                Finding::exactly("results", printed(seen).len(), 40),
            ]
        },
    },
];

const SECOND: u64 = 1000 * MILLISECOND;

/// Fifty, and room for some that were held up on their way: they arrive closer
/// to the next ones than they were sent.
const FIFTY: u64 = 55;

/// The most that arrived in any one second.
fn busiest_second(stamps: &[Stamp]) -> u64 {
    let within = |first: &Stamp| {
        let end = first.received_ns.saturating_add(SECOND);
        let later = stamps.iter().map(|stamp| stamp.received_ns);
        later.filter(|at| (first.received_ns..end).contains(at)).count() as u64
    };
    stamps.iter().map(within).max().unwrap_or(0)
}

/// So many requests, numbered by the server as they come, of which the first
/// `busy` are answered 503 with `Retry-After: 1`.
fn by_arrival(count: usize, busy: usize) -> Given {
    let mut faults = vec![Some(Fault::Unavailable); busy];
    // A list of faults is gone through over and over; nobody comes so often.
    faults.resize(10 * count, None);
    let plan = Plan { faults, ..Plan::default() };
    Given { paths: vec!["/200".to_owned(); count], plan }
}

/// How many of those that were answered 503 came back within the second that
/// the server had asked for. Whoever waits long enough, the first to come back
/// is a second later than the first that came, the second than the second, and
/// so on.
fn too_early(seen: &Performance) -> usize {
    let stamps = &seen.witness.stamps;
    let (first, again) = stamps.split_at(stamps.len().min(4));
    let early = |(first, again): &(&Stamp, &Stamp)| {
        again.received_ns < first.received_ns.saturating_add(SECOND)
    };
    first.iter().zip(again).filter(early).count()
}

/// How many pings it told of with this outcome.
fn answered(seen: &Performance, outcome: &str) -> usize {
    let pings = printed(seen);
    pings.iter().filter(|ping| ping.outcome.starts_with(outcome)).count()
}
