use measurement::waits::Plan;

use super::exercise::{Exercise, Finding, Given};
use super::lesson_02::in_order;
use crate::course::printed::printed;
use crate::limits;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 5,
        name: "input_order_tasks",
        proof: "eight were in flight at once, and were printed in the order of the list and not in that of their answers",
        given: super::lesson_02::slowest_first,
        judge: in_order,
    },
    Exercise {
        lesson: 5,
        name: "one_thread",
        proof: "all waited at a gate that opens for all of them only, on two threads",
        given: at_a_gate,
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
        proof: "all twelve were in flight at once, with two workers",
        given: || Given::numbered(12, 350),
        judge: |seen| {
            vec![
                Finding::exactly("at once", seen.witness.peak_in_flight, 12),
                Finding::exactly("requests", seen.witness.requests, 12),
                Finding::exactly("results", printed(seen).len(), 12),
            ]
        },
    },
];

/// All of them at a gate that opens when the last has come: how quickly they
/// come decides nothing.
fn at_a_gate() -> Given {
    let many = crowd();
    let path = |seq| format!("/gate/{many}?seq={seq}");
    Given { paths: (0..many).map(path).collect(), plan: Plan::default() }
}

/// Three hundred, or as many as this system has open files for.
fn crowd() -> usize {
    limits::most_in_flight().clamp(1, 300)
}
