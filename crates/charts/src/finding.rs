//! The titles: each is the finding of its chart, made from the data, and
//! hedged where the data do not carry it. The terminal and the page print the
//! same sentences.

pub(crate) mod book;
pub(crate) mod uneven;
pub(crate) mod witness;

use measurement::statistics::Estimate;

/// With fewer rounds there is no interval, and nothing is called different.
const ROUNDS_FOR_AN_INTERVAL: usize = 6;

/// A ratio nearer to 1 than this is no difference to build anything on, be
/// the intervals as narrow as they like.
const LEAST_RATIO: f64 = 1.05;

/// What may be said of two makespans.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Verdict {
    /// There are too few rounds to tell; the smaller number of them.
    TooFewRounds(usize),
    /// The intervals overlap.
    CannotTell,
    /// They differ, by less than is worth a word.
    Alike,
    /// The longer one over the shorter one.
    Differ(f64),
}

/// Compares the longer of two makespans with the shorter.
pub(crate) fn verdict(longer: &Estimate, shorter: &Estimate) -> Verdict {
    let rounds = longer.n.min(shorter.n);
    let (Some(above), Some(below)) = (&longer.interval, &shorter.interval)
    else {
        return Verdict::TooFewRounds(rounds);
    };
    if rounds < ROUNDS_FOR_AN_INTERVAL {
        Verdict::TooFewRounds(rounds)
    } else if above.low <= below.high || shorter.median <= 0.0 {
        Verdict::CannotTell
    } else if longer.median / shorter.median < LEAST_RATIO {
        Verdict::Alike
    } else {
        Verdict::Differ(longer.median / shorter.median)
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
