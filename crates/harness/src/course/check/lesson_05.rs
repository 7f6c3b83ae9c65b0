use super::exercise::{Exercise, Finding, Given};
use super::lesson_02::in_order;
use crate::course::printed::printed;
use crate::limits;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 5,
        name: "input_order_tasks",
        given: super::lesson_02::slowest_first,
        judge: in_order,
    },
    Exercise {
        lesson: 5,
        name: "one_thread",
        given: || Given::numbered(crowd(), 400),
        judge: |seen| {
            let crowd = crowd() as u64;
            let mut findings = vec![
                Finding::exactly("at once", seen.witness.peak_in_flight, crowd),
                Finding::exactly("results", printed(seen).len() as u64, crowd),
            ];
            // Only some systems tell.
            let threads = seen.threads;
            findings.extend(threads.map(|n| Finding::at_most("threads", n, 2)));
            findings
        },
    },
    Exercise {
        lesson: 5,
        name: "blocked_workers",
        given: || Given::numbered(12, 60),
        judge: |seen| {
            vec![
                Finding::exactly("requests", seen.witness.requests, 12),
                Finding::exactly("at once", seen.witness.peak_in_flight, 12),
                Finding::exactly("results", printed(seen).len(), 12),
            ]
        },
    },
];

/// Three hundred, or as many as this system has open files for.
fn crowd() -> usize {
    limits::most_in_flight().clamp(1, 300)
}
