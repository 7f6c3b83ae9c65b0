//! The titles: each is the finding of its chart, made from the data, and
//! hedged where the data do not carry it. The terminal and the page print the
//! same sentences.

pub(crate) mod found;
pub(crate) mod levels;

use measurement::compare::{Comparison, Verdict};
use measurement::summary::{Note, Row};

use crate::quantity::{factor, percent};
use crate::strategy;

/// What may be said of two strategies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Said {
    /// They differ: the one over the other.
    Differs(f64),
    /// No difference that can be seen.
    NoDifference,
    /// Nothing, and why.
    Nothing(Why),
}

/// Why nothing may be said of two strategies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Why {
    /// There are too few rounds; how many.
    TooFewRounds(usize),
    /// The same strategy twice came as far apart.
    TooNoisy,
    /// No strategy ran twice, so that nobody knows what is noise.
    NoTwins,
    /// They have no round in common.
    Never,
}

/// A factor that is told of fewer than six rounds, and without twins, if every
/// round shows it: no noise that was met on a working machine doubles one of
/// two neighbours each time. What is smaller needs intervals.
const CLEAR: f64 = 1.5;

/// What may be said of a row and the one that it was compared with, which is
/// all that the program ever calls a difference.
///
/// That the machine disturbed trials says nothing by itself: the twins ran in
/// the same rounds and were disturbed as well.
pub(crate) fn said(comparison: Option<&Comparison>) -> Said {
    let Some(Comparison { ratio, verdict }) = comparison else {
        return Said::Nothing(Why::Never);
    };
    let clear = ratio.min > CLEAR || ratio.max < 1.0 / CLEAR;
    match verdict {
        Some(Verdict::Differs) => Said::Differs(ratio.median),
        Some(Verdict::NoDifference) => Said::NoDifference,
        Some(Verdict::TooNoisy) => Said::Nothing(Why::TooNoisy),
        Some(Verdict::TooFewRounds) | None if clear => {
            Said::Differs(ratio.median)
        }
        _ if ratio.interval.is_none() => {
            Said::Nothing(Why::TooFewRounds(ratio.n))
        }
        _ => Said::Nothing(Why::NoTwins),
    }
}

impl Why {
    /// After two figures: `too noisy to tell`.
    pub(crate) fn words(self) -> String {
        match self {
            Why::TooFewRounds(number) => {
                let are = if number == 1 { "is" } else { "are" };
                format!("{} {are} too few to tell", rounds(number))
            }
            Why::TooNoisy => "too noisy to tell".to_owned(),
            Why::NoTwins => "without twins nobody can tell".to_owned(),
            Why::Never => "never measured together".to_owned(),
        }
    }
}

/// No title is longer, in characters: more is not read at one look.
pub(crate) const LONGEST: usize = 80;

/// The first of these sentences that a title has room for, or else the last,
/// which is the shortest.
pub(crate) fn fitting(sentences: impl IntoIterator<Item = String>) -> String {
    let mut last = String::new();
    for sentence in sentences {
        if sentence.chars().count() <= LONGEST {
            return sentence;
        }
        last = sentence;
    }
    last
}

/// A name in a title, and whether it is a plural. Those of the table are
/// short; anybody's own may be of any length.
pub(crate) fn subject(strategy: &str) -> (String, bool) {
    let (name, plural) = strategy::subject(strategy);
    (elided(name, 16), plural)
}

/// At most so many characters of it.
pub(crate) fn elided(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let start: String = name.chars().take(most - 1).collect();
    format!("{}…", start.trim_end())
}

/// What to add to a sentence that rests on these rows: that the machine was
/// busy, or that they were measured in fewer than six rounds.
pub(crate) fn hedge<'a>(rows: impl IntoIterator<Item = &'a Row>) -> String {
    let rows: Vec<&Row> = rows.into_iter().collect();
    if rows.iter().any(|row| is_disturbed(row)) {
        return " (busy machine)".to_owned();
    }
    few(rows.iter().map(|row| row.valid).min().unwrap_or(6))
}

/// ` (measured once)`, ` (3 rounds)`; empty where there are enough.
pub(crate) fn few(times: usize) -> String {
    match times {
        1 => " (measured once)".to_owned(),
        few @ 0..6 => format!(" ({})", rounds(few)),
        _ => String::new(),
    }
}

pub(crate) fn is_disturbed(row: &Row) -> bool {
    row.notes.contains(&Note::Disturbed)
}

/// `waves take 2.2× as long as the pool`, or `3 % longer than`, of two
/// strategies and the time of the one over that of the other.
pub(crate) fn longer(one: &str, ratio: f64, other: &str) -> String {
    let (slow, ratio, fast) = match ratio >= 1.0 {
        true => (one, ratio, other),
        false => (other, 1.0 / ratio, one),
    };
    let (slow, plural) = subject(slow);
    let (fast, _) = subject(fast);
    let take = if plural { "take" } else { "takes" };
    // `1.1×` of 1.06 would be twice what there is.
    if ratio >= 1.15 {
        format!("{slow} {take} {} as long as {fast}", factor(ratio))
    } else {
        let more = percent(ratio - 1.0);
        format!("{slow} {take} {more} longer than {fast}")
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

/// `12 % less`, `8 % more`, of a ratio.
pub(crate) fn less(ratio: f64) -> String {
    let more = if ratio < 1.0 { "less" } else { "more" };
    format!("{} {more}", percent((ratio - 1.0).abs()))
}
