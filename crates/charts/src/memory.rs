//! What one more ping in flight costs in memory: a line per strategy, whose
//! slope is the answer.

pub(crate) mod layout;

use measurement::record::Act;
use measurement::summary::{Memory, Summary};

use crate::Footer;
use crate::caption::costs::caption_memory;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::svg::picture::{Meta, Picture, picture};
use layout::layout;

/// The peak of resident memory over the pings in flight: a point a trial, a
/// line a strategy.
///
/// # Errors
///
/// If no strategy has trials that count at two levels, if the system does not
/// tell their memory, or if there are more than eight strategies.
pub fn memory(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_memory(summary);
    let scenes = layout(&content(summary)?, &caption.title, footer);
    let meta = Meta::still("memory", caption, theme);
    picture(&meta, &scenes)
}

/// More strategies than this are a table.
const MOST_LINES: usize = 8;

/// The line of a strategy, in MiB.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) strategy: String,
    /// Each trial: pings in flight, and the peak.
    pub(crate) points: Vec<(f64, f64)>,
    pub(crate) base: f64,
    /// For one more ping in flight.
    pub(crate) slope: f64,
    /// The two ends of the interval of the slope.
    pub(crate) interval: Option<(f64, f64)>,
    /// How many rounds have a slope.
    pub(crate) rounds: usize,
}

pub(crate) const KIB: f64 = 1024.0;
pub(crate) const MIB: f64 = KIB * KIB;

/// The lines of the chart.
pub(crate) fn content(summary: &Summary) -> Result<Vec<Line>, ChartError> {
    let lines: Vec<Line> = summary.memory.iter().filter_map(line).collect();
    match lines.len() {
        0 => {
            let of_act = summary.of_act(Act::Memory);
            let mut rows = of_act.flat_map(|batch| &batch.rows);
            let told = |row| -> bool {
                let row: &measurement::summary::Row = row;
                row.valid > 0 && row.peak_rss_bytes.is_none()
            };
            Err(match rows.any(told) {
                true => ChartError::NotTold { what: "resident memory" },
                false => ChartError::NothingMeasured,
            })
        }
        count if count > MOST_LINES => {
            let limit = MOST_LINES;
            Err(ChartError::TooManyStrategies { count, limit })
        }
        _ => Ok(lines),
    }
}

fn line(memory: &Memory) -> Option<Line> {
    let slope = &memory.slope_bytes;
    let points = memory.points.iter();
    let points = points.map(|(x, y)| (*x as f64, *y as f64 / MIB));
    let line = Line {
        strategy: memory.strategy.clone(),
        points: points.collect(),
        base: memory.base_bytes / MIB,
        slope: slope.median / MIB,
        interval: slope.interval.map(|i| (i.low / MIB, i.high / MIB)),
        rounds: slope.n,
    };
    let finite = line.base.is_finite() && line.slope.is_finite();
    (finite && !line.points.is_empty()).then_some(line)
}

impl Line {
    /// The line at so many in flight.
    pub(crate) fn at(&self, in_flight: f64) -> f64 {
        self.base + self.slope * in_flight
    }

    /// The ends of the slope's interval at so many in flight.
    pub(crate) fn interval_at(&self, in_flight: f64) -> Option<(f64, f64)> {
        let at = |slope: f64| self.base + slope * in_flight;
        self.interval.map(|(low, high)| (at(low), at(high)))
    }
}
