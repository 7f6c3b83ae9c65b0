use measurement::waits::Plan;

use super::exercise::{Exercise, Finding, Given};
use crate::course::printed::printed;
use crate::course::program::Performance;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 12,
        name: "each_worker_dies",
        proof: "every job has its result, and only what died came twice",
        given: || Given::numbered(12, 100),
        judge: |seen| {
            // Two jobs each died with three workers.
            let most = 12 + 3 * 2;
            vec![
                Finding::at_most("requests", seen.witness.requests, most),
                Finding::exactly("different jobs", seen.witness.distinct, 12),
                Finding::exactly("results", answered(seen, "200"), 12),
            ]
        },
    },
    Exercise {
        lesson: 12,
        name: "poison_job",
        proof: "the guilty one was given up, and its neighbours were done",
        given: poisoned,
        judge: |seen| {
            // Four a second time, and then the poison job is given up.
            let most = 12 + 4;
            let at_once = seen.witness.peak_in_flight;
            vec![
                Finding::exactly("answered 200", answered(seen, "200"), 11),
                Finding::exactly("given up", answered(seen, "given up"), 1),
                Finding::at_most("requests", seen.witness.requests, most),
                Finding::exactly("at once", at_once, 4),
            ]
        },
    },
];

/// The second answer is one that its worker dies of, while its neighbours wait
/// for theirs.
fn poisoned() -> Given {
    let path = |seq| match seq {
        1 => "/500?seq=1&sleep=20".to_owned(),
        _ => format!("/200?seq={seq}&sleep=60"),
    };
    Given { paths: (0..12).map(path).collect(), plan: Plan::default() }
}

/// How many pings it told of with this outcome.
fn answered(seen: &Performance, outcome: &str) -> usize {
    let pings = printed(seen);
    pings.iter().filter(|ping| ping.outcome.starts_with(outcome)).count()
}
