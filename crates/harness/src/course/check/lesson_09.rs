use measurement::MILLISECOND;
use measurement::waits::Plan;
use measurement::witness::End;

use super::exercise::{Exercise, Finding, Given};
use crate::course::printed::printed;
use crate::course::program::Performance;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 9,
        name: "keep_alive",
        proof: "four connections were enough for forty pings, and four were in flight at once",
        given: || Given::numbered(40, 20),
        judge: |seen| {
            vec![
                Finding::exactly("requests", seen.witness.requests, 40),
                Finding::exactly("at once", seen.witness.peak_in_flight, 4),
                Finding::exactly("connections", seen.witness.connections, 4),
                Finding::exactly("results", printed(seen).len(), 40),
            ]
        },
    },
    Exercise {
        lesson: 9,
        name: "alarms",
        proof: "the one that was not answered was given up long before the others were done, and they all were answered",
        given: one_of_forty_waits,
        judge: |seen| only_that_one_is_given_up(seen).into(),
    },
];

const PINGS: usize = 40;

/// Forty pings, the first of which is not answered.
pub(super) fn one_of_forty_waits() -> Given {
    Given {
        paths: (0..PINGS).map(|seq| format!("/200?seq={seq}")).collect(),
        plan: Plan::waiting(waits()),
    }
}

/// That it is given up when its time is over, and no other.
pub(super) fn only_that_one_is_given_up(seen: &Performance) -> [Finding; 4] {
    let pings = printed(seen);
    let late = |outcome: &str| outcome.starts_with("timed out");
    let late = pings.iter().filter(|ping| late(ping.outcome)).count();
    [
        Finding::exactly("results", pings.len(), PINGS),
        Finding::exactly("answered", seen.witness.done, PINGS as u64 - 1),
        Finding::exactly("given up in time", in_time(seen), 1),
        Finding::exactly("results that say so", late, 1),
    ]
}

/// The first waits for ever, and the others, one after another beside it, much
/// longer than a ping may.
fn waits() -> Vec<u64> {
    let mut waits = vec![40 * MILLISECOND; PINGS];
    waits[0] = 20_000 * MILLISECOND;
    waits
}

/// Requests whose client went when it should. Between its 300 ms and the end of
/// the others, 1.6 s, is room for a slow machine.
fn in_time(seen: &Performance) -> u64 {
    let gone = seen.witness.stamps.iter().filter(|s| s.end == End::Aborted);
    let limit = 1000 * MILLISECOND;
    let early = gone.filter(|s| s.hold_ns().is_some_and(|held| held < limit));
    early.count() as u64
}
