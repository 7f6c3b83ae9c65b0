//! The waterfall: what became of the same pings, a panel for each way of
//! sharing them out.

mod content;
mod gap;
mod panel;
mod panels;
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
pub(crate) use content::{Strategy, panels};
use panels::Panels;
pub(crate) use words::questions;
pub use words::{caption_waterfall, finding_uneven, found_uneven};

/// The waterfall of the uneven batch, a panel for each strategy but the
/// sequential one, with the median trial of each.
///
/// # Errors
///
/// If a trial that the batch names is missing, or no strategy has one, or
/// there are more than eight strategies.
pub fn waterfall(
    batch: &Batch,
    trials: &[Trial],
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_waterfall(batch);
    let panels = panels(batch, trials)?;
    let scenes = scenes(batch, &panels, &caption.title, footer);
    let meta = Meta::still("waterfall", caption, theme);
    picture(&meta, &scenes)
}

/// The wide and the narrow scene.
pub(crate) fn scenes(
    batch: &Batch,
    strategies: &[Strategy],
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    let mean = batch.sequential_ns as f64 / batch.requests.max(1) as f64;
    let fewest = strategies.iter().map(|strategy| strategy.rounds).min();
    let trial = match fewest.unwrap_or(0) {
        1 => "one round".to_owned(),
        rounds => format!("the median trial of {rounds} rounds"),
    };
    let subtitle = format!(
        "Each panel: {trial}. The server's waits are {} on \
         average; one after another they add up to {}.",
        duration(mean),
        duration(batch.sequential_ns as f64),
    );
    let sheet = Sheet { title, subtitle: &subtitle, footer };
    sheet.scenes(&Panels { batch, strategies })
}
