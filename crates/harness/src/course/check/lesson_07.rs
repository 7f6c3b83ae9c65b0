use measurement::MILLISECOND;
use measurement::waits::Plan;
use measurement::witness::End;

use super::exercise::{Exercise, Finding, Given};
use crate::course::printed::printed;
use crate::course::program::Performance;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 7,
        name: "whole_batch",
        proof: "the two last tries were cut short by the deadline, and none began after it",
        given: || second_is_luckier(),
        judge: |seen| {
            let mut findings = vec![
                // Two tries of each: the third would begin after the deadline.
                Finding::exactly("requests", seen.witness.requests, 6),
                Finding::exactly("clients that went", seen.witness.aborted, 5),
                Finding::exactly("answered", seen.witness.done, 1),
                // The second tries, which get what is left and not a whole
                // try: a half of it. Two tries and no deadline would be as
                // many requests.
                Finding::exactly("cut short", cut_short(seen), 2),
            ];
            findings.extend(results(seen, 3, 1));
            findings
        },
    },
    Exercise {
        lesson: 7,
        name: "cancel_blocking",
        proof: "six clients went before their answers, and the one that came later was answered",
        given: || Given::numbered(7, 2000),
        judge: |seen| {
            let mut findings = vec![
                Finding::exactly("clients that went", seen.witness.aborted, 6),
                // The one that comes after the batch. While it waits, whoever
                // was left behind would have an answer.
                Finding::exactly("answered", seen.witness.done, 1),
                Finding::exactly("requests", seen.witness.requests, 7),
            ];
            findings.extend(results(seen, 7, 1));
            findings
        },
    },
    Exercise {
        lesson: 7,
        name: "hedge",
        proof: "for both slow ones two requests were in flight until one was answered, and then the other went",
        given: super::hedge::given,
        judge: |seen| {
            let mut findings = super::hedge::findings(&seen.witness);
            findings.extend(results(seen, 10, 10));
            findings
        },
    },
];

/// Waits of the server, in milliseconds: long before any limit of these
/// exercises, and long after.
const QUICK: u64 = 50;
const NEVER: u64 = 10_000;

/// Three URLs without a number: how long a request waits depends on when it
/// comes, and the first to come again is answered.
fn second_is_luckier() -> Given {
    let waits = [NEVER, NEVER, NEVER, QUICK, NEVER, NEVER];
    let waits = waits.map(|ms| ms * MILLISECOND).to_vec();
    Given {
        paths: (0..3).map(|i| format!("/200/{i}")).collect(),
        plan: Plan::waiting(waits),
    }
}

/// That there is a result of each, and so many that were answered.
fn results(seen: &Performance, count: usize, answered: usize) -> [Finding; 2] {
    let pings = printed(seen);
    let ok = pings.iter().filter(|ping| ping.outcome == "200 OK");
    [
        Finding::exactly("results", pings.len(), count),
        Finding::exactly("results with a status", ok.count(), answered),
    ]
}

/// Requests whose client went long before a try of `whole_batch` is over, and
/// long after the deadline would have cut it: 1.2 s are a try, and 0.6 s are
/// left for the second.
fn cut_short(seen: &Performance) -> u64 {
    let gone = seen.witness.stamps.iter().filter(|s| s.end == End::Aborted);
    let limit = 900 * MILLISECOND;
    let early = gone.filter(|s| s.hold_ns().is_some_and(|held| held < limit));
    early.count() as u64
}
