//! How many pings in flight each way goes to: how late the batch ends there,
//! and what each of them takes of memory.

mod words;

use measurement::statistics::Estimate;
use measurement::summary::{Reach, ReachLevel, Summary};
use measurement::ways;

use crate::Footer;
use crate::error::ChartError;
use crate::key::Item;
use crate::palette::{Paint, Theme};
use crate::plot::{Axis, Height, Layer, Named, Note, Panel, Plot};
use crate::quantity::{capital, from_to, number, plural};
use crate::scale::{Scale, Steps, Tick};
use crate::sheet::still;
use crate::svg::picture::Picture;
use words::late;
pub(crate) use words::questions;
pub use words::{capacity_ends, caption_capacity, finding_capacity};

/// How late each way ends and what a ping takes of memory, over the number of
/// pings in flight.
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

/// A figure of a level, as it is drawn.
struct Figure {
    name: &'static str,
    about: &'static str,
    unit: &'static str,
    /// Where there is little room.
    short: &'static str,
    /// Nothing below this is told apart.
    least: f64,
    estimate: fn(&ReachLevel) -> Option<&Estimate>,
    drawn: fn(f64) -> f64,
    text: fn(f64) -> String,
}

const FIGURES: [Figure; 2] = [
    Figure {
        name: "how much later than possible",
        about: "0 % is the earliest possible end",
        unit: " %",
        short: " %",
        least: 0.1,
        estimate: |level| Some(&level.over),
        drawn: |over| 100.0 * (over - 1.0),
        text: |percent| late(1.0 + percent / 100.0),
    },
    Figure {
        name: "memory of a ping in flight",
        about: "of the client process",
        unit: " KiB",
        short: "",
        least: 0.1,
        estimate: |level| level.bytes.as_ref(),
        drawn: |bytes| bytes / 1024.0,
        text: |kib| crate::quantity::kib(kib * 1024.0),
    },
];

/// The levels that are drawn: one ping alone is what the others are held
/// against.
fn drawn(reach: &Reach) -> impl Iterator<Item = &ReachLevel> {
    reach.levels.iter().filter(|level| level.in_flight > 1)
}

fn plot(summary: &Summary) -> Result<(Plot, String), ChartError> {
    let reaches: Vec<&Reach> = (summary.capacity.iter())
        .filter(|reach| drawn(reach).next().is_some())
        .collect();
    match reaches.len() {
        0 => return Err(ChartError::NothingMeasured),
        count if count > MOST_STRATEGIES => {
            let limit = MOST_STRATEGIES;
            return Err(ChartError::TooManyStrategies { count, limit });
        }
        _ => {}
    }
    let levels = || reaches.iter().flat_map(|reach| drawn(reach));
    let panels: Vec<Panel> =
        FIGURES.iter().map(|figure| panel(&reaches, figure)).collect();
    let hits: Vec<usize> = levels().map(|level| level.hits).collect();
    let ends = [hits.iter().min(), hits.iter().max()];
    let [least, most] = ends.map(|n| n.copied().unwrap_or(0).to_string());
    let subtitle = format!(
        "All pings of a batch in flight at once, by the server. Connections \
         are open before. Medians of {} rounds; both axes are logarithmic.",
        from_to(&least, &most)
    );
    let disturbed = levels().any(is_disturbed);
    let mut items: Vec<Item> =
        reaches.iter().map(|reach| Item::strategy(&reach.strategy)).collect();
    items.extend(disturbed.then(Item::disturbed));
    let key = [items.clone(), items];
    Ok((Plot { panels, key, one_scale: false, stacked: false }, subtitle))
}

fn is_disturbed(level: &ReachLevel) -> bool {
    level.disturbed * 5 > level.hits
}

/// In flight, and the figure there; none that is not known.
fn points(reach: &Reach, figure: &Figure) -> Vec<(f64, f64)> {
    let point = |level: &ReachLevel| {
        let value = (figure.drawn)((figure.estimate)(level)?.median);
        let at = (level.in_flight as f64, value.max(figure.least));
        value.is_finite().then_some(at)
    };
    drawn(reach).filter_map(point).collect()
}

fn panel(reaches: &[&Reach], figure: &Figure) -> Panel {
    let all = reaches.iter().flat_map(|reach| points(reach, figure));
    let (x, y): (Vec<f64>, Vec<f64>) = all.unzip();
    let mut levels = x.clone();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let ticks = levels
        .iter()
        .rev()
        .map(|level| Tick { value: *level, text: number(*level as usize) });
    let across = x.iter().flat_map(|x| [x / 1.15, x * 1.15]);
    let upwards = y.iter().flat_map(|y| [y / 1.3, y * 1.3]);
    let x = Scale::new(Steps::Log2, across, (0.0, 1.0));
    let y = Scale::new(Steps::Log10, upwards, (0.0, 1.0));
    let x = Axis::at("pings in flight", x, ticks.collect());
    let y = Axis::round("", y, figure.unit);
    let mut panel = Panel::new(x, y, Height::Standard);
    panel.title = capital(figure.name);
    panel.about = figure.about.to_owned();
    for reach in reaches {
        add(&mut panel, reach, figure);
    }
    panel
}

fn add(panel: &mut Panel, reach: &Reach, figure: &Figure) {
    let points = points(reach, figure);
    let Some(last) = points.last().copied() else { return };
    let strategy = reach.strategy.clone();
    let paint = Paint::of_strategy(&strategy);
    panel.layers.push(Layer::line(points.clone(), paint));
    for at in &points {
        let level = drawn(reach).find(|own| own.in_flight as f64 == at.0);
        let Some(level) = level else { continue };
        panel.layers.push(Layer::Symbol {
            strategy: strategy.clone(),
            at: *at,
            disturbed: is_disturbed(level),
            hover: format!(
                "{}, {} in flight: {}{}, {}",
                ways::name(&strategy),
                number(level.in_flight),
                (figure.text)(at.1),
                figure.unit,
                plural(level.hits, "round")
            ),
        });
    }
    if let Some(end) = &reach.end {
        let text = format!("ends: {}", end.limit.name());
        panel.notes.push(Note::new(text, last));
    }
    let number = (figure.text)(last.1);
    let unit = figure.short;
    panel.ends.push(Named { strategy, at: last, number, unit });
}
