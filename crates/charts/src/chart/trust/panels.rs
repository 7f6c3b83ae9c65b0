//! A row for each place where strategies ran twice: a bar as long as what can
//! be chance there.

use measurement::compare::Twins;
use measurement::summary::{Batch, Summary};

use super::words::{highest, place};
use crate::error::ChartError;
use crate::palette::Paint;
use crate::plot::{Axis, Height, MeasuredBar, Panel, Plot};
use crate::quantity::{floor_percent, floor_whole_percent, from_to, plural};
use crate::scale::{Scale, Steps};

/// So many rows have room; those of the longest bars.
const MOST_ROWS: usize = 8;

/// Room at the right of the longest bar for what is written there, as a
/// factor.
const ROOM: f64 = 1.25;

const PAINT: Paint = Paint::Muted;

/// The rows, and what was measured.
pub(crate) fn plot(summary: &Summary) -> Result<(Plot, String), ChartError> {
    let batches = summary.batches.iter();
    let mut rows: Vec<(&Batch, &Twins)> =
        batches.filter_map(|b| Some((b, b.twins.as_ref()?))).collect();
    // The sort is stable: alike bars stay in the order of the run.
    rows.sort_by(|a, b| floor(b.1).total_cmp(&floor(a.1)));
    rows.truncate(MOST_ROWS);
    if rows.is_empty() {
        return Err(ChartError::NothingTwice);
    }
    let told = [true, false].map(|waits| highest(summary, waits));
    let longest = rows.iter().map(|row| floor(row.1)).fold(0.0, f64::max);
    let longest = ROOM * floor_whole_percent(longest);
    let x = Scale::new(Steps::Linear, [longest], (0.0, 1.0));
    let mut x = Axis::round("", x, " %");
    x.name = [
        "of the time: smaller differences can be chance".to_owned(),
        "smaller differences can be chance".to_owned(),
    ];
    let names: Vec<String> = rows.iter().map(|row| place(row.0)).collect();
    let height = Height::Rows(rows.len(), 2);
    let mut panel = Panel::new(x, Axis::rows(&names), height);
    for (row, (_, twins)) in rows.iter().enumerate() {
        let is_told = told.contains(&twins.floor);
        let text = twins.floor.map(floor_percent);
        let few = || format!("{}, too few", plural(twins.ratio.n, "round"));
        panel.add(MeasuredBar {
            row,
            // As it is printed: one rounded number.
            length: floor_whole_percent(floor(twins)),
            rounds: Vec::new(),
            paint: PAINT,
            text: text.unwrap_or_else(few),
            told: is_told && twins.floor.is_some(),
            hover: hover(twins),
        });
    }
    let key = [Vec::new(), Vec::new()];
    let panels = vec![panel];
    let plot = Plot { panels, key, one_scale: false, stacked: false };
    let subtitle = "Each strategy ran twice in a round, which should take the \
                    same time. A bar is how far off the median of all rounds \
                    can be, and at least 2 %.";
    Ok((plot, subtitle.to_owned()))
}

/// What a difference must not stay below; 0 where there are too few rounds.
fn floor(twins: &Twins) -> f64 {
    twins.floor.filter(|floor| floor.is_finite()).unwrap_or(0.0)
}

fn hover(twins: &Twins) -> String {
    let ratio = |part: f64| format!("{part:.3}");
    let interval = twins.ratio.interval.map_or(String::new(), |interval| {
        let [low, high] = [interval.low, interval.high].map(ratio);
        format!(", interval {}", from_to(&low, &high))
    });
    format!(
        "second run over first: {}{interval}, {}",
        ratio(twins.ratio.median),
        plural(twins.ratio.n, "round")
    )
}
