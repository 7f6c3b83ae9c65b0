//! The book's six URLs in real time: a bar grows as long as its ping was
//! waited for, so that the reader waits as long as the program did.

mod content;
mod rows;
mod words;

use measurement::record::Trial;
use measurement::summary::Batch;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::quantity::duration;
use crate::scene::Scene;
use crate::sheet::Sheet;
use crate::svg::picture::{Meta, Picture, picture};
use content::last_ns;
pub(crate) use content::{Group, groups};
use rows::Rows;
pub(crate) use words::questions;
pub use words::{caption_waterfall_live, finding_book};

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
