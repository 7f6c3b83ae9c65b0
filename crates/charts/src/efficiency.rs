//! How far from the ideal: what part of the possible speed is left at each
//! level of the sweep.

pub(crate) mod layout;

use measurement::summary::{Batch, Summary};

use crate::Footer;
use crate::caption::levels::caption_efficiency;
use crate::curve::{Curve, Point, curves, sweep, turns};
use crate::error::ChartError;
use crate::palette::Theme;
use crate::svg::picture::{Meta, Picture, picture};
use layout::layout;

/// The efficiency over the levels of the sweep, 100 % being what the waits
/// alone allow.
///
/// # Errors
///
/// If no strategy of the sweep has a trial that counts, or there are more
/// than eight strategies.
pub fn efficiency(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_efficiency(summary);
    let scenes = layout(&content(summary)?, &caption.title, footer);
    let meta = Meta::still("efficiency", caption, theme);
    picture(&meta, &scenes)
}

/// What the chart shows, in percent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Content {
    pub(crate) curves: Vec<Curve>,
    pub(crate) noise: Vec<Noise>,
    /// Rounds of the row that has the fewest.
    pub(crate) rounds: usize,
    /// Pings of a trial for each one in flight, if that is the same at all
    /// levels.
    pub(crate) turns: Option<usize>,
    /// The wait of a ping, ns.
    pub(crate) wait_ns: u64,
}

/// How far the same strategy comes apart from itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Noise {
    pub(crate) level: f64,
    /// Around 100.
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// The content of the chart.
pub(crate) fn content(summary: &Summary) -> Result<Content, ChartError> {
    let batches = sweep(summary);
    let curves = curves(&batches, |_, row, level| {
        let efficiency = row.efficiency.as_ref();
        let efficiency =
            efficiency.filter(|_| summary.is_over_levels(&row.strategy))?;
        Point::new(level, row, efficiency, 100.0)
    })?;
    let points = curves.iter().flat_map(|curve| &curve.points);
    let rounds = points.map(|point| point.rounds.len()).min();
    let first = batches.first().ok_or(ChartError::NothingMeasured)?;
    Ok(Content {
        rounds: rounds.unwrap_or(0),
        turns: turns(&batches),
        wait_ns: first.waits.list().first().copied().unwrap_or(0),
        noise: batches.iter().filter_map(|batch| noise(batch)).collect(),
        curves,
    })
}

fn noise(batch: &Batch) -> Option<Noise> {
    let ratio = &batch.twins.as_ref()?.ratio;
    let (low, high) =
        ratio.interval.map_or((ratio.min, ratio.max), |i| (i.low, i.high));
    // What takes longer has the smaller part of the ideal.
    let (low, high) = (100.0 / high, 100.0 / low);
    let level = batch.concurrency as f64;
    let drawn = low.is_finite() && high.is_finite() && low > 0.0;
    drawn.then_some(Noise { level, low, high })
}
