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
        proof: "in no second did more come than were agreed",
        given: || Given::numbered(75, 0),
        judge: |seen| {
            let stamps = &seen.witness.stamps;
            let busiest = busiest_second(stamps).min(50 + ahead(stamps));
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
        proof: "each came back when it had been asked to, and none before",
        given: super::retry_after::given,
        judge: |seen| {
            let stamps = &seen.witness.stamps;
            let mut findings = super::retry_after::findings(stamps);
            findings.extend([
                Finding::exactly("requests", seen.witness.requests, 12),
                Finding::exactly("answered 200", answered(seen, "200"), 6),
            ]);
            findings
        },
    },
    Exercise {
        lesson: 8,
        name: "circuit_breaker",
        proof: "twenty requests came, twenty were left out, and the counting began anew",
        given: by_arrival,
        judge: |seen| {
            vec![
                Finding::exactly("requests", seen.witness.requests, 20),
                Finding::exactly("answered 200", answered(seen, "200"), 7),
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

/// How many came sooner than fifty a second, counted from the first. What is
/// held up on its way comes later and then in a heap: that is nobody's fault,
/// and not ahead of anything.
fn ahead(stamps: &[Stamp]) -> u64 {
    let Some(first) = stamps.first() else { return 0 };
    let early = |(number, stamp): (u64, &Stamp)| {
        let since = stamp.received_ns.saturating_sub(first.received_ns);
        number.saturating_sub(since / (SECOND / 50))
    };
    (0..).zip(stamps).map(early).max().unwrap_or(0)
}

/// Forty requests, numbered by the server as they come. After three failures
/// and a success, five failures open the breaker. The first that looks how
/// things are is too early; the second finds that all is well. Then four
/// failures and no more: the counting has begun anew.
fn by_arrival() -> Given {
    let busy = [0..3, 4..9, 9..10, 11..15];
    let mut faults = vec![None; 400];
    for place in busy.into_iter().flatten() {
        faults[place] = Some(Fault::Unavailable);
    }
    let plan = Plan { faults, ..Plan::default() };
    Given { paths: vec!["/200".to_owned(); 40], plan }
}

/// How many pings it told of with this outcome.
fn answered(seen: &Performance, outcome: &str) -> usize {
    let pings = printed(seen);
    pings.iter().filter(|ping| ping.outcome.starts_with(outcome)).count()
}
