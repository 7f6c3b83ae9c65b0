//! What the server saw of somebody's program.

use measurement::witness::Witness;

use crate::caption::Caption;
use crate::finding::elided;
use crate::quantity::{duration, number, plural};

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

/// The words to [`super::witness_waterfall`].
pub fn caption_witness(witness: &Witness, title_subject: &str) -> Caption {
    let span = witness.span_ns().map_or_else(String::new, |span| {
        format!(" From the first to the last took {}.", duration(span as f64))
    });
    Caption {
        title: finding_witness(witness, title_subject),
        description: format!(
            "A bar for each request that the server saw, from its arrival to \
             its answer: {} on {}, {} in flight at most, {} aborted.{span}",
            plural(witness.requests as usize, "request"),
            plural(witness.connections as usize, "connection"),
            witness.peak_in_flight,
            witness.aborted,
        ),
        look_for: "Count the bars above each other: that is how many \
                   requests were in flight at once, whatever number the \
                   program was given."
            .to_owned(),
        also: Vec::new(),
    }
}
