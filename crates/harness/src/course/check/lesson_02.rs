use measurement::MILLISECOND;
use measurement::waits::Plan;

use super::exercise::{Exercise, Finding, Given};
use crate::course::printed::{Printed, printed};
use crate::course::program::Performance;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 2,
        name: "input_order",
        proof: "eight were in flight at once, and were printed in the order of the list and not in that of their answers",
        given: slowest_first,
        judge: in_order,
    },
    Exercise {
        lesson: 2,
        name: "no_thread_left",
        proof: "six requests came, and three results say that they had no thread",
        given: || Given::numbered(9, 20),
        judge: |seen| {
            let pings = printed(seen);
            let without =
                pings.iter().filter(|p| p.outcome.starts_with("no thread"));
            vec![
                Finding::exactly("results", pings.len(), 9),
                Finding::exactly("requests", seen.witness.requests, 6),
                Finding::exactly("without a thread", without.count(), 3),
            ]
        },
    },
    Exercise {
        lesson: 2,
        name: "in_waves",
        proof: "four were in flight at once, never a fifth, and all twelve have a result",
        given: || Given::numbered(12, 350),
        judge: |seen| {
            vec![
                Finding::exactly("at once", seen.witness.peak_in_flight, 4),
                Finding::exactly("requests", seen.witness.requests, 12),
                Finding::exactly("results", printed(seen).len(), 12),
            ]
        },
    },
];

/// Eight at once, and their results in the order of the list.
pub(super) fn in_order(seen: &Performance) -> Vec<Finding> {
    let pings = printed(seen);
    let order: Vec<u64> = pings.iter().filter_map(Printed::seq).collect();
    let list: Vec<u64> = (0..8).collect();
    vec![
        Finding::exactly("at once", seen.witness.peak_in_flight, 8),
        Finding::exactly("results", pings.len(), 8),
        Finding::exactly("their order", named(&order), named(&list)),
    ]
}

/// Eight of which the first waits longest and the last one shortest, in the
/// middle not quite by turns: else whoever turns the results round would have
/// them in order. None is answered before all have had time to come, and one
/// after another are done before the watchdog gives up.
pub(super) fn slowest_first() -> Given {
    let steps = [7, 5, 6, 3, 4, 1, 2, 0];
    let waits = steps.map(|steps| (350 + 50 * steps) * MILLISECOND);
    let waits = waits.to_vec();
    Given { plan: Plan::waiting(waits), ..Given::numbered(8, 0) }
}

fn named(order: &[u64]) -> String {
    let names: Vec<String> = order.iter().map(ToString::to_string).collect();
    names.join(" ")
}
