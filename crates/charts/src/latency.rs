//! What a caller feels: how long pings take, and how long since the start of
//! their batch they have waited.

mod dashes;
pub(crate) mod layout;

use measurement::distribution::Distribution;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::Footer;
use crate::caption::latency::caption_latency;
use crate::curve::sweep;
use crate::error::ChartError;
use crate::finding::is_disturbed;
use crate::palette::Theme;
use crate::svg::picture::{Meta, Picture, picture};
use layout::layout;

/// The distributions of service and sojourn times at 64 in flight, or if the
/// sweep has no such level at its highest one. Each ends where fewer than
/// five pings are beyond.
///
/// # Errors
///
/// If no strategy of the sweep has enough pings, or there are more than eight
/// strategies.
pub fn latency(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_latency(summary);
    let scenes = layout(&content(summary)?, &caption.title, footer);
    let meta = Meta::still("latency", caption, theme);
    picture(&meta, &scenes)
}

/// What the chart shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Content {
    pub(crate) curves: Vec<Curve>,
    /// Pings in flight.
    pub(crate) level: usize,
    /// Pings of a trial.
    pub(crate) requests: usize,
    /// The wait of a ping, ns.
    pub(crate) wait_ns: u64,
}

/// The times of one strategy, counted in one way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Curve {
    pub(crate) strategy: String,
    pub(crate) kind: Kind,
    /// Times in ms and the part of the pings, in percent, that took no longer;
    /// both ascending, at least one.
    pub(crate) points: Vec<(f64, f64)>,
    /// How many pings.
    pub(crate) n: u64,
    pub(crate) disturbed: bool,
}

/// From when to the end of a ping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// From its own start.
    Service,
    /// From the start of its batch.
    Sojourn,
}

/// More strategies than this are a table.
const MOST_STRATEGIES: usize = 8;

/// The level that is drawn, if the sweep has it.
const LEVEL: usize = 64;

/// The batch that is drawn.
pub(crate) fn batch(summary: &Summary) -> Option<&Batch> {
    let told = |batch: &&Batch| rows(summary, batch).next().is_some();
    let mut all: Vec<&Batch> = sweep(summary);
    all.retain(told);
    let of_level = all.iter().find(|batch| batch.concurrency == LEVEL);
    of_level.or(all.last()).copied()
}

/// The rows of a batch that ping concurrently and have times.
pub(crate) fn rows<'a>(
    summary: &'a Summary,
    batch: &'a Batch,
) -> impl Iterator<Item = &'a Row> {
    batch.rows.iter().filter(|row| {
        !ways::is_one_by_one(&row.strategy)
            && summary.is_over_levels(&row.strategy)
            && (row.service.is_some() || row.sojourn.is_some())
    })
}

/// The row that pings one after another. Only what a ping takes alone is
/// drawn of it: its batch has fewer pings, and so its own sojourn times.
fn alone(summary: &Summary) -> Option<&Row> {
    let mut rows = sweep(summary).into_iter().flat_map(|batch| &batch.rows);
    rows.find(|row| ways::is_one_by_one(&row.strategy) && row.service.is_some())
}

/// The content of the chart.
pub(crate) fn content(summary: &Summary) -> Result<Content, ChartError> {
    let batch = batch(summary).ok_or(ChartError::NothingMeasured)?;
    let alone = alone(summary).map(|row| (row, Kind::Service));
    let of = |kind| rows(summary, batch).map(move |row| (row, kind));
    let all = of(Kind::Sojourn).chain(alone).chain(of(Kind::Service));
    let curves: Vec<Curve> =
        all.filter_map(|(row, kind)| curve(row, kind)).collect();
    let count = rows(summary, batch).count() + usize::from(alone.is_some());
    if count > MOST_STRATEGIES {
        let limit = MOST_STRATEGIES;
        return Err(ChartError::TooManyStrategies { count, limit });
    }
    if curves.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    Ok(Content {
        curves,
        level: batch.concurrency,
        requests: batch.requests,
        wait_ns: batch.waits.list().first().copied().unwrap_or(0),
    })
}

fn curve(row: &Row, kind: Kind) -> Option<Curve> {
    let Distribution { n, quantiles } = match kind {
        Kind::Service => row.service.as_ref()?,
        Kind::Sojourn => row.sojourn.as_ref()?,
    };
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (part, ns) in quantiles {
        let (ms, percent) = (ns / 1e6, part * 100.0);
        // A logarithmic scale has no place for nothing.
        let drawn = ms.is_finite() && ms > 0.0 && percent.is_finite();
        let rises = points.last().is_none_or(|p| p.0 <= ms && p.1 <= percent);
        if drawn && rises {
            points.push((ms, percent));
        }
    }
    (!points.is_empty()).then(|| Curve {
        strategy: row.strategy.clone(),
        kind,
        points,
        n: *n,
        disturbed: is_disturbed(row),
    })
}
