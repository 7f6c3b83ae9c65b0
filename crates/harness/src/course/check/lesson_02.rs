use measurement::MILLISECOND;
use measurement::waits::Plan;

use super::exercise::{Exercise, Finding, Given};
use crate::course::printed::printed;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 2,
        name: "input_order",
        given: slowest_first,
        judge: |seen| {
            let pings = printed(seen);
            let order: Vec<u64> =
                pings.iter().filter_map(|ping| ping.seq()).collect();
            vec![
                Finding::exactly("at once", seen.witness.peak_in_flight, 8),
                Finding::exactly("results", pings.len(), 8),
                Finding::exactly(
                    "their order",
                    named(&order),
                    named(&(0..8).collect::<Vec<_>>()),
                ),
            ]
        },
    },
    Exercise {
        lesson: 2,
        name: "no_thread_left",
        given: || Given::numbered(9, 20),
        judge: |seen| {
            let pings = printed(seen);
            let without =
                pings.iter().filter(|p| p.outcome.starts_with("no thread"));
            vec![
                Finding::exactly("requests", seen.witness.requests, 6),
                Finding::exactly("results", pings.len(), 9),
                Finding::exactly("without a thread", without.count(), 3),
            ]
        },
    },
    Exercise {
        lesson: 2,
        name: "in_waves",
        given: || Given::numbered(12, 60),
        judge: |seen| {
            vec![
                Finding::exactly("requests", seen.witness.requests, 12),
                Finding::exactly("at once", seen.witness.peak_in_flight, 4),
                Finding::exactly("results", printed(seen).len(), 12),
            ]
        },
    },
];

/// Eight that end in the reverse of their order.
fn slowest_first() -> Given {
    let waits = (0..8).map(|seq| (200 - 20 * seq) * MILLISECOND).collect();
    Given { plan: Plan { waits }, ..Given::numbered(8, 0) }
}

fn named(order: &[u64]) -> String {
    let names: Vec<String> = order.iter().map(ToString::to_string).collect();
    names.join(" ")
}
