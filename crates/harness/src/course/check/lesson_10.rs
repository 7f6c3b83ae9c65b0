use measurement::MILLISECOND;
use measurement::witness::Witness;

use super::exercise::{Exercise, Finding, Given};
use super::lesson_06::peak;
use super::lesson_09::{one_of_forty_waits, only_that_one_is_given_up};

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 10,
        name: "sleep",
        proof: "four were in flight at once, and nobody came before his pause was over",
        given: || Given::numbered(12, WAIT_MS),
        judge: |seen| {
            let witness = &seen.witness;
            vec![
                Finding::exactly("requests", witness.requests, 12),
                Finding::exactly("later, at once", later_peak(witness), 4),
                Finding::exactly("came too early", too_early(witness), 0),
            ]
        },
    },
    Exercise {
        lesson: 10,
        name: "timeout",
        proof: "the one that was not answered was given up long before the others were done, and they all were answered",
        given: one_of_forty_waits,
        judge: |seen| only_that_one_is_given_up(seen).into(),
    },
];

/// Longer than one pause, and shorter than two: of pauses one after another two
/// pings overlap.
const WAIT_MS: u64 = 300;

/// How long each task is to pause.
const PAUSE: u64 = 200 * MILLISECOND;

/// The most in flight at once after the first four. Those are sent when all
/// four tasks have paused for the first time, however they do that.
fn later_peak(witness: &Witness) -> usize {
    peak(witness, |seq| seq >= 4)
}

/// How many came between the first answer and the end of the pause after it.
fn too_early(witness: &Witness) -> usize {
    let first = witness.stamps.iter().filter_map(|stamp| stamp.sent_ns).min();
    let first = first.unwrap_or(u64::MAX);
    let pause = first..first.saturating_add(PAUSE);
    let stamps = witness.stamps.iter();
    stamps.filter(|stamp| pause.contains(&stamp.received_ns)).count()
}
