//! The waterfall: what became of the same pings, a panel for each way of
//! sharing them out.

mod panel;
mod panels;
mod words;

use std::num::NonZeroUsize;

use measurement::record::Trial;
use measurement::summary::Batch;
use measurement::ways;

use crate::Footer;
use crate::bars::Bars;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::picked::picked;
use crate::quantity::duration;
use crate::scene::Scene;
use crate::sheet::Sheet;
use crate::svg::picture::{Meta, Picture, picture};
use panels::Panels;
pub use words::{caption_waterfall, finding_uneven, found_uneven};

/// More panels than this would be too thin to compare.
const MOST_PANELS: usize = 8;

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

/// A strategy with the trial that stands for it.
#[derive(Debug, Clone)]
pub(crate) struct Strategy {
    pub(crate) name: String,
    pub(crate) rounds: usize,
    /// The median of its rounds, ns: what the table says, too.
    pub(crate) makespan_ns: f64,
    /// How many times as long as the reference of its batch it took.
    pub(crate) ratio: Option<f64>,
    pub(crate) bars: Bars,
    /// What a reader predicted, ns.
    pub(crate) predicted_ns: Option<f64>,
    /// What a formula says it needs, if that is more than the bound, ns.
    pub(crate) formula_ns: Option<u64>,
}

/// The strategies that are drawn, in the order of the batch.
pub(crate) fn panels(
    batch: &Batch,
    trials: &[Trial],
) -> Result<Vec<Strategy>, ChartError> {
    let rows = picked(batch, trials, MOST_PANELS, |row| {
        !ways::is_one_by_one(&row.strategy)
    })?;
    let concurrency =
        NonZeroUsize::new(batch.concurrency).unwrap_or(NonZeroUsize::MIN);
    let strategies = rows.iter().map(|found| Strategy {
        name: found.row.strategy.clone(),
        rounds: found.row.valid,
        makespan_ns: found
            .row
            .makespan_ns
            .as_ref()
            .map_or(found.measured.makespan_ns as f64, |of| of.median),
        ratio: found.row.ratio.as_ref().map(|to| to.ratio.median),
        bars: Bars::new(&found.row.strategy, found.measured, concurrency),
        predicted_ns: None,
        formula_ns: None,
    });
    Ok(strategies.collect())
}
