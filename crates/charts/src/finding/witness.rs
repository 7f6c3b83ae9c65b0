//! What the server saw of somebody's program.

use measurement::witness::Witness;

use crate::finding::elided;
use crate::quantity::{number, plural};

/// What the server saw of a program, in a sentence: how many requests, and
/// how many at once.
pub fn finding_witness(witness: &Witness, title_subject: &str) -> String {
    let subject = title_subject.trim();
    let subject = if subject.is_empty() { "The program" } else { subject };
    let subject = elided(subject, 24);
    let requests = plural(
        usize::try_from(witness.requests).unwrap_or(usize::MAX),
        "request",
    );
    match (witness.requests, witness.peak_in_flight) {
        (0, _) => format!("{subject}: the server saw no request"),
        (1, _) => format!("{subject}: {requests}"),
        (_, 0 | 1) => {
            format!("{subject}: {requests}, never more than 1 in flight")
        }
        (_, peak) => {
            let peak = number(usize::try_from(peak).unwrap_or(usize::MAX));
            format!("{subject}: {requests}, up to {peak} in flight")
        }
    }
}
