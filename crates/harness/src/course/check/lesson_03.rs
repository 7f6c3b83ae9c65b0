use measurement::MILLISECOND;
use measurement::waits::Plan;

use super::exercise::{Exercise, Finding, Given};
use crate::course::printed::printed;
use crate::course::program::Performance;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 3,
        name: "cursor",
        proof: "eleven were answered while the long one was in flight, by two at once",
        given: one_slow,
        judge: |seen| {
            vec![
                Finding::exactly("requests", seen.witness.requests, 12),
                Finding::exactly("at once", seen.witness.peak_in_flight, 2),
                Finding::exactly(
                    "answered before the long one",
                    before_the_slow_one(seen),
                    11,
                ),
            ]
        },
    },
    Exercise {
        lesson: 3,
        name: "every_panic",
        proof: "eight requests came, six have results, and both panics were heard",
        given: || Given::numbered(8, 20),
        judge: |seen| {
            let said =
                |words: &&&str| seen.lines.iter().any(|line| line == **words);
            vec![
                Finding::exactly("requests", seen.witness.requests, 8),
                Finding::exactly("results", printed(seen).len(), 6),
                Finding::exactly(
                    "lines with a panic's words",
                    UNLUCKY.iter().filter(said).count(),
                    2,
                ),
            ]
        },
    },
];

const UNLUCKY: [&str; 2] =
    ["it said: number 3 is unlucky", "it said: number 6 is unlucky"];

/// The third one waits many times as long as all others together, so that
/// nobody has to be quick. Before it is answered,
/// 3 are in waves, 7 in shares dealt like cards, 8 in halves of the list, and
/// 11 with a cursor.
fn one_slow() -> Given {
    let waits = [20, 60, 2500, 20, 20, 60, 60, 20, 20, 60, 60, 20];
    let waits = waits.map(|ms| ms * MILLISECOND).to_vec();
    Given { plan: Plan::waiting(waits), ..Given::numbered(12, 0) }
}

/// The number of the slow one, from 0.
const SLOW: u64 = 2;

fn before_the_slow_one(seen: &Performance) -> usize {
    let stamps = &seen.witness.stamps;
    let slow = stamps.iter().find(|stamp| stamp.seq == SLOW);
    let slow_end = slow.and_then(|stamp| stamp.sent_ns);
    let others = stamps.iter().filter(|stamp| stamp.seq != SLOW);
    others
        .filter(|stamp| stamp.sent_ns.is_some() && stamp.sent_ns < slow_end)
        .count()
}
