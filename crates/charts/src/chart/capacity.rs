//! How many pings in flight each way goes to; and with as many as all of them
//! hold, how late the batch ends and what each ping takes of memory.

mod words;

use measurement::statistics::Estimate;
use measurement::summary::{Reach, ReachLevel, Summary};
use measurement::ways;

use crate::Footer;
use crate::error::ChartError;
use crate::finding::elided;
use crate::key::{Item, Sample};
use crate::palette::{Paint, Theme};
use crate::plot::{Axis, Height, MeasuredBar, Panel, Plot};
use crate::quantity::{from_to, kib, number, plural};
use crate::scale::{Scale, Steps, Tick};
use crate::sheet::still;
use crate::strategy::label;
use crate::svg::picture::Picture;
pub(crate) use words::questions;
pub use words::{capacity_ends, caption_capacity, finding_capacity};
use words::{ended, last, late};

/// A row for each way: how many pings in flight it goes to, and what ended it;
/// how late it is, and what a ping takes of memory.
///
/// # Errors
///
/// If no strategy had more than one ping in flight, or there are more than
/// eight strategies.
pub fn capacity(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_capacity(summary);
    still("capacity", caption, plot(summary)?, footer, theme)
}

/// More strategies than this are a table.
const MOST_STRATEGIES: usize = 8;

/// Room at the right of the longest bar for its number, as a factor.
const ROOM: f64 = 1.6;

/// The same where what ended it is written, too: beside shorter bars.
const ROOM_OF_ENDS: f64 = 1.3;

/// A figure of a level, as it is drawn.
struct Figure {
    name: &'static str,
    unit: &'static str,
    estimate: fn(&ReachLevel) -> Option<&Estimate>,
    drawn: fn(f64) -> f64,
    text: fn(f64) -> String,
}

const FIGURES: [Figure; 2] = [
    Figure {
        name: "How late all are done",
        unit: " %",
        estimate: |level| Some(&level.over),
        drawn: |over| 100.0 * (over - 1.0),
        text: late,
    },
    Figure {
        name: "Memory of each ping",
        unit: " KiB",
        estimate: |level| level.bytes.as_ref(),
        drawn: |bytes| bytes / 1024.0,
        text: kib,
    },
];

pub(crate) fn plot(summary: &Summary) -> Result<(Plot, String), ChartError> {
    let reaches = summary.capacity.iter();
    let reaches: Vec<(&Reach, &ReachLevel)> =
        reaches.filter_map(|reach| Some((reach, last(reach)?))).collect();
    match reaches.len() {
        0 => return Err(ChartError::NothingMeasured),
        count if count > MOST_STRATEGIES => {
            let limit = MOST_STRATEGIES;
            return Err(ChartError::TooManyStrategies { count, limit });
        }
        _ => {}
    }
    let hits = || reaches.iter().map(|(_, level)| level.hits);
    let ends = [hits().min(), hits().max()];
    let [least, most] = ends.map(|n| n.unwrap_or(0).to_string());
    let subtitle = format!(
        "All pings of a batch at once, counted by the server, which holds each \
         for two seconds. Late: after the earliest possible end. Medians of {} \
         rounds.",
        from_to(&least, &most)
    );
    let mut panels = vec![how_far(&reaches)];
    // What all of them hold can be compared.
    let common = reaches.iter().map(|(_, level)| level.in_flight).min();
    let common = common.unwrap_or(0);
    panels.extend(FIGURES.iter().map(|own| panel(&reaches, common, own)));
    let key = vec![Item::new(Sample::Rounds, "each round")];
    let key = [key.clone(), key];
    Ok((Plot { panels, key, one_scale: true, stacked: false }, subtitle))
}

/// A row for each.
fn rows(reaches: &[(&Reach, &ReachLevel)], x: Axis) -> Panel {
    let name = |(reach, _): &(&Reach, _)| elided(label(&reach.strategy), 16);
    let names: Vec<String> = reaches.iter().map(name).collect();
    Panel::new(x, Axis::rows(&names), Height::Rows(reaches.len(), 2))
}

/// How many each has in flight at its most, and why there are no more.
fn how_far(reaches: &[(&Reach, &ReachLevel)]) -> Panel {
    let most = reaches.iter().map(|(_, level)| level.in_flight).max();
    let all = reaches.iter().flat_map(|(reach, _)| &reach.levels);
    let mut levels: Vec<usize> = all.map(|level| level.in_flight).collect();
    levels.sort_unstable();
    levels.dedup();
    let tick =
        |level: &usize| Tick { value: *level as f64, text: number(*level) };
    let ticks = levels.iter().rev().map(tick).collect();
    let room = ROOM_OF_ENDS * most.unwrap_or(1) as f64;
    let x = Scale::new(Steps::Linear, [room], (0.0, 1.0));
    let mut panel = rows(reaches, Axis::at("", x, ticks));
    panel.title = "How many at once".to_owned();
    let tried = number(most.unwrap_or(1));
    panel.about = format!("+: more than {tried} were not tried");
    panel.share = 2.2;
    for (row, (reach, level)) in reaches.iter().enumerate() {
        let end = reach.end.as_ref();
        let end = end.map_or(String::new(), |end| format!(", {}", ended(end)));
        let more = if reach.end.is_none() { "+" } else { "" };
        let text = format!("{}{more}{end}", number(level.in_flight));
        panel.add(MeasuredBar {
            row,
            length: level.in_flight as f64,
            rounds: Vec::new(),
            paint: Paint::of_strategy(&reach.strategy),
            hover: format!(
                "{}: {}{more} in flight",
                ways::name(&reach.strategy),
                number(level.in_flight)
            ),
            text,
            told: true,
        });
    }
    panel
}

/// A figure of each with so many in flight.
fn panel(
    reaches: &[(&Reach, &ReachLevel)],
    in_flight: usize,
    figure: &Figure,
) -> Panel {
    let bar = |(row, (reach, _)): (usize, &(&Reach, &ReachLevel))| {
        let mut levels = reach.levels.iter();
        let level = levels.find(|level| level.in_flight == in_flight)?;
        let estimate = (figure.estimate)(level)?;
        let drawn = |value: &f64| (figure.drawn)(*value).max(0.0);
        let rounds = estimate.values.iter().map(drawn);
        let text = (figure.text)(estimate.median);
        let name = ways::name(&reach.strategy);
        let rounds_of = plural(level.hits, "round");
        Some(MeasuredBar {
            row,
            length: drawn(&estimate.median),
            rounds: rounds.filter(|value| value.is_finite()).collect(),
            paint: Paint::of_strategy(&reach.strategy),
            hover: format!("{name}: {text}{}, {rounds_of}", figure.unit),
            text: format!("{text}{}", figure.unit),
            told: false,
        })
    };
    let bars: Vec<MeasuredBar> =
        reaches.iter().enumerate().filter_map(bar).collect();
    let most = bars.iter().map(|bar| bar.length).fold(0.0, f64::max);
    let x = Scale::new(Steps::Linear, [ROOM * most], (0.0, 1.0));
    let mut panel = rows(reaches, Axis::up_to(most, "", x, figure.unit));
    panel.title = figure.name.to_owned();
    panel.about = format!("with {} in flight", number(in_flight));
    bars.into_iter().for_each(|bar| panel.add(bar));
    panel
}
