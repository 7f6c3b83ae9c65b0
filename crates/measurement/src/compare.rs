//! Whether two ways differ, or only two measurements do.
//!
//! Ratios are taken round by round, so that whatever the machine does slowly
//! is in both of their sides. In every round one strategy runs twice, under
//! two names, and not always the same one, since they are not equally noisy:
//! by how far *those* come apart, nothing else is called a difference.

use serde::{Deserialize, Serialize};

use crate::statistics::Estimate;

/// What is nearer to 1 than this is nothing to build on, be the machine as
/// quiet as it likes.
pub const LEAST_DIFFERENCE: f64 = 0.02;

/// From this half-width of the twins' interval on, the run is noisy.
pub const NOISY: f64 = 0.05;

/// From this one on, only what is far larger than the noise is told apart.
pub const TOO_NOISY: f64 = 0.10;

/// A strategy under two names: what the machine makes of no difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Twins {
    /// The strategies that ran twice, one in each round.
    pub strategies: Vec<String>,
    /// The figure of the twin over that of the other, round by round.
    pub ratio: Estimate,
    /// How far from 1 the interval of that ratio reaches, and at least
    /// [`LEAST_DIFFERENCE`]: below it nothing is called a difference. None
    /// where there is no interval.
    pub floor: Option<f64>,
    /// What that means.
    pub noise: Noise,
}

/// How much the machine disturbs comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noise {
    /// There are too few rounds to know.
    Unknown,
    /// The twins agree.
    Quiet,
    /// Their interval is wider than [`NOISY`] to each side.
    Noisy,
    /// Their interval is wider than [`TOO_NOISY`] to each side.
    TooNoisy,
}

/// A ratio of two strategies, and what may be said of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The ratio, round by round.
    pub ratio: Estimate,
    /// What it says; none where no twin ran, so that nothing can be said.
    pub verdict: Option<Verdict>,
}

/// What may be said of two strategies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing: with fewer than six rounds there is no interval.
    TooFewRounds,
    /// Nothing: the twins came farther apart than the two.
    TooNoisy,
    /// No difference that can be seen here.
    NoDifference,
    /// They differ.
    Differs,
}

/// What the ratio of these strategies to themselves says of the machine.
pub fn twins(strategies: &[&str], ratio: Estimate) -> Twins {
    let interval = ratio.interval;
    let floor = interval.map(|interval| {
        let reach = from_one(interval.high).max(from_one(interval.low));
        reach.max(LEAST_DIFFERENCE)
    });
    let noise = match interval.map(|i| (i.high - i.low) / 2.0) {
        None => Noise::Unknown,
        Some(half) if half > TOO_NOISY => Noise::TooNoisy,
        Some(half) if half > NOISY => Noise::Noisy,
        Some(_) => Noise::Quiet,
    };
    let strategies = strategies.iter().map(|&name| name.to_owned()).collect();
    Twins { strategies, ratio, floor, noise }
}

/// How far a ratio is from 1, the same whichever of the two is the one: 1.25
/// and 0.8 are both a quarter away.
pub fn from_one(ratio: f64) -> f64 {
    ratio.max(1.0 / ratio) - 1.0
}

/// What a ratio says, where these twins ran beside it.
pub fn compare(ratio: Estimate, twins: Option<&Twins>) -> Comparison {
    let verdict = twins.map(|twins| verdict(&ratio, twins));
    Comparison { ratio, verdict }
}

/// A run has some thirty verdicts, and only one run in twenty may have a wrong
/// one among them. So it is not enough that the interval leaves out 1: two of
/// three runs would tell of a difference that is none. The ratio must be
/// farther from 1 than the twins' interval is anywhere, which is the noise of
/// the machine. Where the two are noisier than the twins, that is not enough
/// either: their interval must keep half of that distance, and
/// [`LEAST_DIFFERENCE`]. If it had to keep all of it, half of the true tenths
/// would be missed on a machine that drifts; so it has to only where the twins
/// come far apart: 2.2 [2.1 to 2.3] is a difference beside twins that differ
/// by 0.2, and 1.3 [1.1 to 1.5] is none. Measured in `tests/simulated.rs`.
fn verdict(ratio: &Estimate, twins: &Twins) -> Verdict {
    let (Some(interval), Some(floor)) = (ratio.interval, twins.floor) else {
        return Verdict::TooFewRounds;
    };
    let noisy = twins.noise == Noise::TooNoisy;
    let kept = if noisy { floor } else { (floor / 2.0).max(LEAST_DIFFERENCE) };
    let beyond =
        interval.low > 1.0 + kept || interval.high < 1.0 / (1.0 + kept);
    if beyond && from_one(ratio.median) > floor {
        Verdict::Differs
    } else if noisy {
        Verdict::TooNoisy
    } else {
        Verdict::NoDifference
    }
}
