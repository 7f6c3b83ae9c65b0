//! The verdicts of several runs on the same question.

use serde::{Deserialize, Serialize};

use super::figure::{Figure, figure};
use crate::compare::{Comparison, Verdict};

/// A strategy beside its reference, in each run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Versus {
    /// The ratio of each run, which is the median of its rounds.
    pub ratio: Figure,
    /// What each run says of it; none where it says nothing, since no twin ran
    /// or the run has no such cell.
    pub said: Vec<Option<Said>>,
    /// Whether they say the same.
    pub agreement: Agreement,
}

/// What a run says of a strategy beside its reference.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// It takes more, of time or of CPU time.
    More,
    /// It takes less.
    Less,
    /// No difference that can be seen.
    NoDifference,
    /// The run was too noisy to tell.
    TooNoisy,
    /// It had too few rounds to tell.
    TooFewRounds,
}

/// Whether runs say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// All that can tell say the same, and there are at least two.
    Agree,
    /// Two of them cannot both be right: one says more and another less.
    Contradict,
    /// Some see a difference, all in one direction, and others see none: it is
    /// about as large as what a run can see.
    Partly,
    /// Fewer than two can tell.
    Open,
}

impl Said {
    fn of(comparison: &Comparison) -> Option<Said> {
        Some(match comparison.verdict? {
            Verdict::Differs if comparison.ratio.median > 1.0 => Said::More,
            Verdict::Differs => Said::Less,
            Verdict::NoDifference => Said::NoDifference,
            Verdict::TooNoisy => Said::TooNoisy,
            Verdict::TooFewRounds => Said::TooFewRounds,
        })
    }

    /// Whether it is an answer.
    pub fn tells(self) -> bool {
        !matches!(self, Said::TooNoisy | Said::TooFewRounds)
    }
}

/// What the runs say together; none if no run compared the two.
pub(super) fn versus(comparisons: &[Option<&Comparison>]) -> Option<Versus> {
    let ratios = comparisons.iter().map(|c| Some(c.as_ref()?.ratio.median));
    let said: Vec<Option<Said>> =
        comparisons.iter().map(|c| Said::of(c.as_ref()?)).collect();
    Some(Versus {
        ratio: figure(ratios.collect())?,
        agreement: agreement(&said),
        said,
    })
}

fn agreement(said: &[Option<Said>]) -> Agreement {
    let mut told: Vec<Said> =
        said.iter().flatten().copied().filter(|said| said.tells()).collect();
    let n = told.len();
    told.sort_unstable();
    told.dedup();
    let has = |said| told.contains(&said);
    match (n, told.len()) {
        (0 | 1, _) => Agreement::Open,
        (_, 1) => Agreement::Agree,
        _ if has(Said::More) && has(Said::Less) => Agreement::Contradict,
        _ => Agreement::Partly,
    }
}
