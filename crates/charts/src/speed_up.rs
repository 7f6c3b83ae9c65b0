//! When concurrency helps, when its shape matters, what is left without waits:
//! the speed-up in three panels on one scale.

pub(crate) mod layout;
mod panel;

use measurement::summary::{Batch, Summary};
use measurement::waits::Waits;
use measurement::ways;

use crate::Footer;
use crate::caption::levels::caption_speed_up;
use crate::curve::{Curve, Point, curves, sweep, turns};
use crate::error::ChartError;
use crate::palette::Theme;
use crate::processors::processors;
use crate::quantity::duration;
use crate::svg::picture::{Meta, picture};
use layout::layout;

/// The speed-up over pings one by one: over the levels of the sweep, with
/// uneven waits, and without any. A panel whose batch was not measured is
/// left out.
///
/// # Errors
///
/// If no strategy of these batches has a trial that counts, or there are more
/// than eight strategies.
pub fn speed_up(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<String, ChartError> {
    let caption = caption_speed_up(summary);
    let [wide, narrow] = layout(&panels(summary)?, &caption.title, footer);
    let meta = Meta::still("speed-up", caption, theme);
    picture(&meta, &wide, &narrow)
}

/// The title of a panel of pings that do not wait.
const NO_WAITS: &str = "no waits";

/// What one panel shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Panel {
    /// What it is about.
    pub(crate) title: &'static str,
    /// The same on a telephone.
    pub(crate) short: &'static str,
    /// How many rounds its smallest row has.
    pub(crate) rounds: usize,
    /// What was asked, in a few words; and in fewer.
    pub(crate) about: Vec<String>,
    /// What the processors did, where nothing waits; or else empty.
    pub(crate) processors: &'static str,
    pub(crate) x: Across,
    pub(crate) curves: Vec<Curve>,
}

/// What lies from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Across {
    /// Pings in flight.
    Levels,
    /// A strategy beside the other, all with so many pings in flight.
    Strategies(usize),
}

/// The panels that there are data for.
pub(crate) fn panels(summary: &Summary) -> Result<Vec<Panel>, ChartError> {
    let all = [even(summary), uneven(summary), no_waits(summary)];
    let mut panels = Vec::new();
    for panel in all {
        match panel {
            Ok(panel) => panels.push(panel),
            Err(ChartError::NothingMeasured) => {}
            Err(other) => return Err(other),
        }
    }
    if panels.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    Ok(panels)
}

fn even(summary: &Summary) -> Result<Panel, ChartError> {
    let batches = sweep(summary);
    let curves = curves(&batches, |_, row, level| {
        let speed_up = row.speed_up.as_ref();
        let speed_up =
            speed_up.filter(|_| summary.is_over_levels(&row.strategy))?;
        above_nothing(Point::new(level, row, speed_up, 1.0)?)
    })?;
    let first = batches.first().ok_or(ChartError::NothingMeasured)?;
    let waits = first.waits != Waits::None;
    let wait = first.waits.list().first().copied().unwrap_or(0);
    let (title, each) = match waits {
        true => ("even waits", format!("{} each", duration(wait as f64))),
        false => (NO_WAITS, "no wait".to_owned()),
    };
    let turns = turns(&batches);
    let long = turns.map(|n| format!("{each}, {n} for each one in flight"));
    Ok(Panel {
        title,
        short: title,
        rounds: rounds(&curves),
        about: long.into_iter().chain([each]).collect(),
        processors: if waits { "" } else { processors(first) },
        x: Across::Levels,
        curves,
    })
}

fn uneven(summary: &Summary) -> Result<Panel, ChartError> {
    let batch = summary.uneven();
    let batch = batch.ok_or(ChartError::NothingMeasured)?;
    let mean = batch.sequential_ns as f64 / batch.requests.max(1) as f64;
    let mean = duration(mean);
    let curves = beside(batch, |name| !ways::is_one_by_one(name))?;
    Ok(Panel {
        title: "uneven waits",
        short: "uneven",
        rounds: rounds(&curves),
        about: vec![format!("{} pings, {mean} on average", batch.requests)],
        processors: "",
        x: Across::Strategies(batch.concurrency),
        curves,
    })
}

fn no_waits(summary: &Summary) -> Result<Panel, ChartError> {
    let batch = summary.no_waits();
    let batch = batch.ok_or(ChartError::NothingMeasured)?;
    let curves = beside(batch, ways::is_concurrent_lesson)?;
    Ok(Panel {
        title: NO_WAITS,
        short: NO_WAITS,
        rounds: rounds(&curves),
        about: match processors(batch) {
            "" => vec![format!("{} pings, no wait", batch.requests)],
            words => vec![words.to_owned(), bare(words).to_owned()],
        },
        processors: processors(batch),
        x: Across::Strategies(batch.concurrency),
        curves,
    })
}

/// `kept awake`.
fn bare(processors: &str) -> &str {
    processors.trim_start_matches("processors ")
}

/// A curve of one point for each of these strategies.
fn beside(
    batch: &Batch,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Curve>, ChartError> {
    curves(&[batch], |_, row, level| {
        let speed_up = row.speed_up.as_ref();
        let speed_up = speed_up.filter(|_| wanted(&row.strategy))?;
        above_nothing(Point::new(level, row, speed_up, 1.0)?)
    })
}

/// A ratio of nothing has no place on a scale of ratios.
fn above_nothing(point: Point) -> Option<Point> {
    Some(point).filter(|point| point.middle > 0.0)
}

fn rounds(curves: &[Curve]) -> usize {
    let points = curves.iter().flat_map(|curve| &curve.points);
    points.map(|point| point.rounds.len()).min().unwrap_or(0)
}
