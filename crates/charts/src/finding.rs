//! The titles: each is the finding of its chart, made from the data, and
//! hedged where the data do not carry it. The terminal and the page print the
//! same sentences.

pub(crate) mod book;
pub(crate) mod cpu_cost;
pub(crate) mod efficiency;
pub(crate) mod latency;
pub(crate) mod levels;
pub(crate) mod memory;
pub(crate) mod speed_up;
pub(crate) mod trust;
pub(crate) mod uneven;
pub(crate) mod witness;

use measurement::compare::{Comparison, Verdict};
use measurement::summary::{Note, Row};

use crate::quantity::times;

/// What may be said of two strategies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Said {
    /// They differ: the one over the other.
    Differs(f64),
    /// No difference that can be seen.
    NoDifference,
    /// Nothing: there are too few rounds; how many.
    TooFewRounds(usize),
    /// Nothing: the same strategy twice came too far apart.
    TooNoisy,
    /// Nothing: no strategy ran twice, so nobody knows what is noise.
    NoTwins,
    /// Nothing: the machine disturbed too many trials of one of them.
    Disturbed,
    /// Nothing: they have no round in common.
    Never,
}

/// What may be said of a row and the one that it was compared with, which is
/// all that the program ever calls a difference.
pub(crate) fn said(
    row: &Row,
    reference: &Row,
    comparison: Option<&Comparison>,
) -> Said {
    let Some(Comparison { ratio, verdict }) = comparison else {
        return Said::Never;
    };
    if is_disturbed(row) || is_disturbed(reference) {
        return Said::Disturbed;
    }
    match verdict {
        _ if ratio.interval.is_none() => Said::TooFewRounds(ratio.n),
        Some(Verdict::TooFewRounds) => Said::TooFewRounds(ratio.n),
        Some(Verdict::TooNoisy) => Said::TooNoisy,
        Some(Verdict::NoDifference) => Said::NoDifference,
        Some(Verdict::Differs) => Said::Differs(ratio.median),
        None => Said::NoTwins,
    }
}

pub(crate) fn is_disturbed(row: &Row) -> bool {
    row.notes.contains(&Note::Disturbed)
}

/// `waves need 2.2× as long as a queue`, or `3 % longer than`, of a ratio
/// above 1.
pub(crate) fn longer(
    (slow, plural): (&str, bool),
    ratio: f64,
    fast: &str,
) -> String {
    let need = if plural { "need" } else { "needs" };
    // `1.1×` of 1.06 would be twice what there is.
    if ratio >= 1.15 {
        format!("{slow} {need} {} as long as {fast}", times(ratio))
    } else {
        let percent = (ratio - 1.0) * 100.0;
        format!("{slow} {need} {percent:.0} % longer than {fast}")
    }
}

/// `one round`, `3 rounds`.
pub(crate) fn rounds(number: usize) -> String {
    if number == 1 {
        "one round".to_owned()
    } else {
        format!("{number} rounds")
    }
}

/// `tasks on reqwest`; for a request written by hand `tasks by hand`, as it
/// is called anyway.
pub(crate) fn of_client(subject: &str, client: &str) -> String {
    if client.trim().is_empty() || subject.ends_with(client) {
        subject.to_owned()
    } else {
        format!("{subject} on {client}")
    }
}

/// `1.4×`; near to 1 and below it `1.04×` and `0.57×`.
pub(crate) fn factor(ratio: f64) -> String {
    match ratio {
        _ if ratio >= 1.145 => times(ratio),
        _ if ratio >= 0.005 => format!("{ratio:.2}×"),
        _ => "under 0.01×".to_owned(),
    }
}
