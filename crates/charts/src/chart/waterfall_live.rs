//! The book's six URLs in real time: a bar grows as long as its ping was
//! waited for, so that the reader waits as long as the program did.

mod rows;
mod words;

use measurement::record::Trial;
use measurement::summary::Batch;

use crate::Footer;
use crate::bars::Bars;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::picked::picked;
use crate::quantity::duration;
use crate::scene::Scene;
use crate::sheet::Sheet;
use crate::svg::picture::{Meta, Picture, picture};
use rows::Rows;
pub use words::{caption_waterfall_live, finding_book};

/// More groups than this would be too thin to compare.
const MOST_GROUPS: usize = 8;

/// How long everything stands still before the next turn, at least, ns.
const PAUSE: u64 = 2_500_000_000;

/// A turn is at least this long, ns.
const SHORTEST_TURN: u64 = 4_000_000_000;

/// The book's batch as it happened, twice, and then at rest: a group of bars
/// for each strategy, from its median trial, with the book's own two figures
/// and what the server saw at once. Where nothing can move, or the reader
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
    let scenes = scenes(batch, &groups, &caption.title, footer);
    let meta = Meta {
        id: "waterfall-live".to_owned(),
        title: caption.title,
        description: caption.description,
        theme,
        turn_ns: last_ns(&groups).saturating_add(PAUSE).max(SHORTEST_TURN),
    };
    picture(&meta, &scenes)
}

/// The wide and the narrow scene.
pub(crate) fn scenes(
    batch: &Batch,
    groups: &[Group],
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    let fewest = groups.iter().map(|group| group.rounds).min().unwrap_or(0);
    let mean = batch.sequential_ns as f64 / batch.requests.max(1) as f64;
    let trial = match fewest {
        1 => "One round.".to_owned(),
        _ => format!("The median trial of {fewest} rounds."),
    };
    let subtitle = format!(
        "In real time: a bar is a ping, which the server answers after {}. \
         {trial}",
        duration(mean),
    );
    Sheet { title, subtitle: &subtitle, footer }.scenes(&Rows { batch, groups })
}

/// A strategy with its bars.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    name: String,
    rounds: usize,
    /// What it is said to have taken, ns.
    said_ns: f64,
    /// The fewest and the most that the server saw at the peak.
    seen: Option<(u64, u64)>,
    bars: Bars,
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
            seen: found.row.peak_in_flight,
            bars,
        }
    });
    Ok(groups.collect())
}

fn last_ns(groups: &[Group]) -> u64 {
    groups.iter().map(|group| group.bars.end_ns).max().unwrap_or(0)
}
