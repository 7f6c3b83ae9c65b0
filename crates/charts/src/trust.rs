//! May I believe this? How steady the trials of a run were, and how far one
//! strategy comes apart from itself.

pub(crate) mod layout;
mod panels;

use std::collections::BTreeSet;

use measurement::compare::Twins;
use measurement::record::Act;
use measurement::summary::{Batch, Note, Row, Summary};

use crate::Footer;
use crate::caption::trust::caption_trust;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::svg::picture::{Meta, Picture, picture};
use layout::layout;

/// Every trial of a run in the order in which they ran, over the median of its
/// like; and beside it, round by round, a strategy over itself.
///
/// # Errors
///
/// If no trial that counts has another one of its cell.
pub fn trust(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_trust(summary);
    let scenes = layout(&content(summary)?, &caption.title, footer);
    let meta = Meta::still("trust", caption, theme);
    picture(&meta, &scenes)
}

/// What the chart shows, in percent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Content {
    pub(crate) course: Vec<Step>,
    /// One trial in so many is drawn.
    pub(crate) stride: usize,
    pub(crate) pairs: Vec<Pair>,
    /// What is farther than this from 100 lies at the edge.
    pub(crate) reach: f64,
}

/// One trial.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Step {
    /// Its number.
    pub(crate) trial: f64,
    /// Its makespan, of the median of its cell.
    pub(crate) percent: f64,
    pub(crate) disturbed: bool,
}

/// Strategies that ran twice in rounds of a batch.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pair {
    /// Which one, or [`IN_TURN`].
    pub(crate) strategy: String,
    /// The batch: `64 in flight`; and where there is little room.
    pub(crate) names: [String; 2],
    /// The second makespan of the first.
    pub(crate) rounds: Vec<f64>,
    pub(crate) middle: f64,
    pub(crate) interval: Option<(f64, f64)>,
    /// How far from 100 a difference must be.
    pub(crate) floor: Option<f64>,
    pub(crate) disturbed: bool,
}

/// What stands for several: drawn like a strategy that nobody knows.
const IN_TURN: &str = "each in turn";

/// With more of them nobody could tell one from another.
const MOST_STEPS: usize = 1500;

/// So many batches have room beside each other.
const MOST_PAIRS: usize = 5;

/// More rounds than this are no dots but a line.
const MOST_ROUNDS: usize = 200;

/// The content of the chart.
pub(crate) fn content(summary: &Summary) -> Result<Content, ChartError> {
    // A trial alone in its cell is its own median, and tells nothing.
    let rows = summary.batches.iter().flat_map(|batch| &batch.rows);
    let alone: BTreeSet<u32> = rows
        .filter(|row| row.valid == 1)
        .filter_map(|row| row.median_trial)
        .collect();
    let course = summary.trust.course.iter();
    let course = course.filter(|step| !alone.contains(&step.trial));
    let steps = course.map(|step| Step {
        trial: f64::from(step.trial),
        percent: 100.0 * step.ratio,
        disturbed: step.disturbed,
    });
    let whole = |step: &Step| step.percent.is_finite() && step.percent >= 0.0;
    let all: Vec<Step> = steps.filter(whole).collect();
    let stride = all.len().div_ceil(MOST_STEPS).max(1);
    let course: Vec<Step> = all.into_iter().step_by(stride).collect();
    let pairs = summary.batches.iter().filter_map(pair);
    let pairs: Vec<Pair> = pairs.take(MOST_PAIRS).collect();
    if course.is_empty() && pairs.is_empty() {
        return Err(ChartError::NothingTwice);
    }
    Ok(Content { reach: reach(&course, &pairs), course, stride, pairs })
}

fn pair(batch: &Batch) -> Option<Pair> {
    let twins = batch.twins.as_ref()?;
    let ratio = &twins.ratio;
    let percent = |x: f64| 100.0 * x;
    let same = |row: &&Row| twins.strategies.contains(&row.strategy);
    let mut rows = batch.rows.iter().filter(same);
    let values = ratio.values.iter().copied().map(percent);
    let pair = Pair {
        strategy: who(twins).to_owned(),
        names: place(batch),
        rounds: values.take(MOST_ROUNDS).collect(),
        middle: percent(ratio.median),
        interval: ratio.interval.map(|i| (percent(i.low), percent(i.high))),
        floor: twins.floor.map(percent).filter(|floor| floor.is_finite()),
        disturbed: rows.any(|row| row.notes.contains(&Note::Disturbed)),
    };
    pair.middle.is_finite().then_some(pair)
}

/// The one that ran twice, or that several did.
pub(crate) fn who(twins: &Twins) -> &str {
    match &twins.strategies[..] {
        [one] => one,
        _ => IN_TURN,
    }
}

/// What a batch is called, and where there is little room.
pub(crate) fn place(batch: &Batch) -> [String; 2] {
    let level = batch.concurrency;
    let (long, short) = match batch.act {
        Act::Uneven => ("uneven".to_owned(), "uneven".to_owned()),
        Act::NoWaits if batch.kept_awake == Some(false) => {
            ("may sleep".to_owned(), "asleep".to_owned())
        }
        Act::NoWaits => ("no waits".to_owned(), "none".to_owned()),
        Act::Book => ("the book's".to_owned(), "book".to_owned()),
        _ => (format!("{level} in flight"), level.to_string()),
    };
    [long, short]
}

/// How far around 100 nearly all of it lies: a few spikes shall not hide the
/// rest, but each floor shall be seen.
fn reach(course: &[Step], pairs: &[Pair]) -> f64 {
    let off = |percent: f64| (percent - 100.0).abs();
    let mut steps: Vec<f64> = course.iter().map(|s| off(s.percent)).collect();
    steps.sort_by(f64::total_cmp);
    let most = steps.get((steps.len() * 97 / 100).min(steps.len().max(1) - 1));
    let of_pairs = pairs.iter().flat_map(|pair| {
        let rounds = pair.rounds.iter().map(|x| off(*x));
        rounds.chain([off(pair.middle)]).chain(pair.floor)
    });
    let wanted = of_pairs.chain(most.copied()).fold(0.0, f64::max);
    let round = [5.0, 10.0, 20.0, 50.0];
    round.into_iter().find(|reach| *reach >= 1.05 * wanted).unwrap_or(99.0)
}
