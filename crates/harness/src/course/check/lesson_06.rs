use measurement::MILLISECOND;
use measurement::waits::Plan;
use measurement::witness::{Stamp, Witness};

use super::exercise::{Exercise, Finding, Given};
use crate::course::printed::printed;
use crate::course::program::Performance;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 6,
        name: "same_peak",
        proof: "of each shape three were in flight at once, and never more",
        given: || first_is_quickest(),
        judge: |seen| {
            let mut findings: Vec<Finding> = (0..)
                .zip(SHAPES)
                .map(|(shape, what)| {
                    let own = shape * QUARTER..(shape + 1) * QUARTER;
                    let peak = peak(&seen.witness, |seq| own.contains(&seq));
                    Finding::exactly(what, peak, 3)
                })
                .collect();
            findings.extend(results(seen, 4 * QUARTER as usize));
            findings
        },
    },
    Exercise {
        lesson: 6,
        name: "slow_consumer",
        proof: "all were answered, and who came next waited for a place and not in a task",
        given: || Given::numbered(8, 20),
        judge: |seen| {
            let early = sent_early(&seen.witness);
            let at_once = seen.witness.peak_in_flight;
            let mut findings: Vec<Finding> = results(seen, 8).into();
            findings.push(Finding::at_most("at once", at_once, 2));
            findings.push(Finding::at_most("sent early", early, 6));
            findings
        },
    },
    Exercise {
        lesson: 6,
        name: "count_polls",
        proof: "each time one is ready, all of 30 are polled that are left, and of 31 that one",
        given: || Given {
            paths: ["/200/30", "/200/31"].map(str::to_owned).into(),
            plan: Plan::default(),
        },
        judge: |seen| {
            let told = |i: usize| {
                let stamp = seen.witness.stamps.get(i);
                let nothing = || "nothing".to_owned();
                stamp.map_or_else(nothing, |stamp| stamp.seq.to_string())
            };
            // At first all of them; then, for each that is ready, all that are
            // left, or only that one.
            let (few, many) = (30 + 30 * 31 / 2, 31 + 31);
            vec![
                Finding::exactly("polls of 30", told(0), few.to_string()),
                Finding::exactly("polls of 31", told(1), many.to_string()),
                Finding::exactly("requests", seen.witness.requests, 2),
            ]
        },
    },
];

/// The shapes of `same_peak`, each with so many of the numbers, in their order.
const SHAPES: [&str; 4] = [
    "at once, join_all",
    "at once, buffer_unordered",
    "at once, FuturesUnordered",
    "at once, JoinSet",
];
const QUARTER: u64 = 6;

/// Of each quarter the first is done long before its neighbours. Were all as
/// quick, whoever then sends too many would do so when nobody is left.
fn first_is_quickest() -> Given {
    let mut waits = vec![250 * MILLISECOND; QUARTER as usize];
    waits[0] = 80 * MILLISECOND;
    let plan = Plan::waiting(waits);
    Given { plan, ..Given::numbered(4 * QUARTER as usize, 0) }
}

/// How long the consumer of `slow_consumer` takes for a result, at least.
const HANDLING: u64 = 450 * MILLISECOND;

/// That all have a result, and an answer.
fn results(seen: &Performance, count: usize) -> [Finding; 2] {
    let pings = printed(seen);
    let ok = pings.iter().filter(|ping| ping.outcome == "200 OK");
    [
        Finding::exactly("answered", ok.count(), count),
        Finding::exactly("requests", seen.witness.requests, count as u64),
    ]
}

/// The most of those numbers that were in flight at once.
pub(super) fn peak(witness: &Witness, own: impl Fn(u64) -> bool) -> usize {
    let own: Vec<&Stamp> =
        witness.stamps.iter().filter(|stamp| own(stamp.seq)).collect();
    let at = |ns: u64| {
        let there = own.iter().filter(|stamp| {
            let gone = stamp.sent_ns.is_some_and(|sent| sent <= ns);
            stamp.received_ns <= ns && !gone
        });
        there.count()
    };
    own.iter().map(|stamp| at(stamp.received_ns)).max().unwrap_or(0)
}

/// How many came before the first result can have been used: the first answer
/// went out, and its handling takes at least so long.
fn sent_early(witness: &Witness) -> u64 {
    let first = witness.stamps.iter().filter_map(|stamp| stamp.sent_ns).min();
    let used = first.map_or(u64::MAX, |first| first.saturating_add(HANDLING));
    let early = witness.stamps.iter().filter(|s| s.received_ns < used);
    early.count() as u64
}
