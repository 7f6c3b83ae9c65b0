//! The book's six URLs in real time: a bar grows as long as its ping was
//! waited for, so that the reader waits as long as the program did.

pub(crate) mod layout;

use measurement::record::Trial;
use measurement::summary::Batch;

use crate::Footer;
use crate::caption::caption_waterfall_live;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::picked::picked;
use crate::svg::picture::{Meta, Picture, picture};
use crate::waterfall::bars::Bars;
use layout::layout;

/// More groups than this would be too thin to compare.
const MOST_GROUPS: usize = 8;

/// How long everything stands still before the next turn, at least, ns.
const PAUSE: u64 = 2_500_000_000;

/// A turn is at least this long, ns.
const SHORTEST_TURN: u64 = 4_000_000_000;

/// The book's batch as it happened, again and again: a group of bars for each
/// strategy, from its median trial. Where nothing can move, or the reader
/// wants it still, it shows the end.
///
/// # Errors
///
/// If a trial that the batch names is missing, or no strategy has one, or
/// there are more than eight strategies.
pub fn waterfall_live(
    batch: &Batch,
    trials: &[Trial],
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_waterfall_live(batch);
    let groups = groups(batch, trials)?;
    let scenes = layout(batch, &groups, footer);
    let meta = Meta {
        id: "waterfall-live".to_owned(),
        title: caption.title,
        description: caption.description,
        theme,
        turn_ns: turn_ns(&groups),
    };
    picture(&meta, &scenes)
}

/// A strategy with its bars.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) rounds: usize,
    /// What it is said to have taken, ns.
    pub(crate) said_ns: f64,
    pub(crate) bars: Bars,
}

/// The strategies that are drawn, in the order of the batch.
pub(crate) fn groups(
    batch: &Batch,
    trials: &[Trial],
) -> Result<Vec<Group>, ChartError> {
    let rows = picked(batch, trials, MOST_GROUPS, |_| true)?;
    let groups = rows.iter().map(|found| {
        let bars = Bars::one_each(found.measured);
        let median = found.row.makespan_ns.as_ref().map(|time| time.median);
        Group {
            name: found.row.strategy.clone(),
            rounds: found.row.valid,
            // The figure of the title and the tables; the trial is the
            // median one, so that its end lies there, too.
            said_ns: median.unwrap_or(bars.end_ns as f64),
            bars,
        }
    });
    Ok(groups.collect())
}

pub(crate) fn last_ns(groups: &[Group]) -> u64 {
    groups.iter().map(|group| group.bars.end_ns).max().unwrap_or(0)
}

fn turn_ns(groups: &[Group]) -> u64 {
    last_ns(groups).saturating_add(PAUSE).max(SHORTEST_TURN)
}
