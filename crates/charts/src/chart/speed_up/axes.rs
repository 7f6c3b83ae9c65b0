//! The axes that all panels have.

use crate::plot::Axis;
use crate::scale::{Scale, Steps, Tick};

use super::regime::Regime;

/// After a number of this chart.
const UNIT: &str = "×";

/// Who is slower than one by one is so at a glance; the scale ends here, and
/// what is below it is a number at the edge.
const LEAST: f64 = 0.25;

/// The axes of all panels.
pub(super) struct Axes {
    pub(super) most: f64,
    pub(super) x: Axis,
    pub(super) y: Axis,
}

impl Axes {
    pub(super) fn new(regimes: &[&Regime<'_>]) -> Axes {
        let points = || regimes.iter().flat_map(|regime| regime.points());
        let mut levels: Vec<f64> =
            points().map(|(_, point)| point.level).chain([1.0]).collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let most = levels.last().copied().unwrap_or(1.0);
        // A little room below the lowest symbol and above the highest.
        let values = points().map(|(_, point)| point.middle);
        let values = values.chain([most, 1.0]);
        let values = values.flat_map(|value| [value / 1.25, value * 1.25]);
        let values = values.map(|value| value.max(LEAST));
        let ends = (0.0, 1.0);
        let x = Scale::new(Steps::Log2, levels.iter().copied(), ends);
        let y = Scale::new(Steps::Log2, values, ends);
        let tick = |value: f64, unit: &str| Tick {
            value,
            text: format!("{value}{unit}"),
        };
        // Where not all have room, these stay.
        let first = [1.0, 8.0, 64.0, most];
        levels.sort_by_key(|level| !first.contains(level));
        let below = [0.5, LEAST].into_iter();
        let below = below.filter(|value| *value >= y.ends().0);
        let upwards = levels.iter().copied().chain(below);
        let upwards = upwards.map(|level| tick(level, UNIT)).collect();
        let across = levels.iter().map(|level| tick(*level, "")).collect();
        Axes {
            most,
            x: Axis::at("pings in flight", x, across),
            y: Axis::at("times as fast as one by one", y, upwards),
        }
    }
}
