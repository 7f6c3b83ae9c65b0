//! The two panels, from the numbers of a run: a row for each client.

use measurement::peers::{PeerRow, PeersSummary, Quantity};
use measurement::quantity::{duration, from_to, number, plural, whole};
use measurement::statistics::Estimate;

use super::words::peer_name;
use crate::error::ChartError;
use crate::finding::elided;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Plot, Side};
use crate::scale::{Scale, Steps};

/// More rows than this are a table.
const MOST_ROWS: usize = 20;

/// Whose request costs more than so many of the least costly one is beyond the
/// scale: with it, nobody could tell the others apart.
const BEYOND: f64 = 8.0;

/// Room at the right for what is written beside the longest bar, as a factor.
const ROOM: f64 = 1.3;

/// What a panel shows.
struct Column {
    title: &'static str,
    about: &'static str,
    quantity: Quantity,
    of: fn(&PeerRow) -> Option<&Estimate>,
    /// The unit of its axis, as a number of the records.
    one: f64,
    unit: &'static str,
    say: fn(f64) -> String,
    share: f64,
}

const CPU: Column = Column {
    title: "CPU time of a request",
    about: "of the client, user and system",
    quantity: Quantity::Cpu,
    of: |row| row.cpu_per_request_ns.as_ref(),
    one: 1e3,
    unit: "µs",
    say: duration,
    share: 1.2,
};

const SPEED: Column = Column {
    title: "Requests a second",
    about: "by the server's count",
    quantity: Quantity::Speed,
    of: |row| row.requests_per_second.as_ref(),
    one: 1e3,
    unit: "thousands",
    say: whole,
    share: 1.0,
};

/// Both panels, and what was measured.
pub(crate) fn plot(
    summary: &PeersSummary,
) -> Result<(Plot, String), ChartError> {
    let rows = summary.by_cost();
    let known = |row: &&&PeerRow| {
        row.cpu_per_request_ns.is_some() || row.requests_per_second.is_some()
    };
    let rows: Vec<&PeerRow> = rows.iter().filter(known).copied().collect();
    match rows.len() {
        0 => return Err(ChartError::NothingMeasured),
        count if count > MOST_ROWS => {
            let limit = MOST_ROWS;
            return Err(ChartError::TooManyStrategies { count, limit });
        }
        _ => {}
    }
    let panels = vec![panel(&rows, &CPU), panel(&rows, &SPEED)];
    let is_beyond = least(&rows).is_some_and(|least| {
        rows.iter().any(|row| beyond(row, &CPU, Some(least)))
    });
    let key = key(&rows, is_beyond);
    let plot = Plot {
        panels,
        key: [key.clone(), key],
        one_scale: true,
        stacked: false,
    };
    let wait = match summary.wait_ns {
        0 => "which answers at once".to_owned(),
        ns => format!("which waits {}", duration(ns as f64)),
    };
    let rounds = rows.iter().map(|row| row.valid).min().unwrap_or(0);
    let subtitle = format!(
        "Each client in turn before one server, {wait}, with {} requests in \
         flight. Starting the program is not in it. Medians of {}.",
        number(summary.concurrency),
        plural(rounds, "round"),
    );
    Ok((plot, subtitle))
}

fn median(row: &PeerRow, column: &Column) -> Option<f64> {
    row.median(column.quantity).filter(|median| *median > 0.0)
}

/// What the least costly request costs.
fn least(rows: &[&PeerRow]) -> Option<f64> {
    rows.iter().filter_map(|row| median(row, &CPU)).reduce(f64::min)
}

fn beyond(row: &PeerRow, column: &Column, least: Option<f64>) -> bool {
    column.quantity == Quantity::Cpu
        && median(row, column)
            .zip(least)
            .is_some_and(|(cost, least)| cost > BEYOND * least)
}

/// Ours are dark, the others grey: not all of ours have a colour.
fn paint(row: &PeerRow) -> Paint {
    if row.ours { Paint::Ink } else { Paint::Other }
}

fn panel(rows: &[&PeerRow], column: &Column) -> Panel {
    let least = least(rows);
    let right = |row: &&PeerRow| {
        let estimate = (column.of)(row)?;
        let high = estimate.interval.map_or(0.0, |interval| interval.high);
        Some(estimate.median.max(high) / column.one)
    };
    let shown = rows.iter().filter(|row| !beyond(row, column, least));
    let values = shown.filter_map(right).map(|value| ROOM * value);
    let x = Scale::new(Steps::Linear, values, (0.0, 1.0));
    let edge = x.ends().1;
    let (mut layers, mut notes) = (Vec::new(), Vec::new());
    for (at, row) in (0_u32..).zip(rows) {
        let Some(estimate) = (column.of)(row) else { continue };
        let (top, middle) = (f64::from(at) + 0.16, f64::from(at) + 0.5);
        let bottom = f64::from(at) + 0.84;
        let beyond = beyond(row, column, least);
        let to = if beyond { edge } else { estimate.median / column.one };
        let paint = if beyond { Paint::Idle } else { paint(row) };
        layers.push(Layer::Bar {
            from: (0.0, top),
            to: (to, bottom),
            paint,
            hover: hover(row, estimate, column),
        });
        let text = (column.say)(estimate.median);
        if beyond {
            layers.push(Layer::Beyond { at: middle });
            let note = Note::needed(text, (0.5 * edge, middle));
            notes.push(note.on(Paint::Idle).rather(Side::Over));
            continue;
        }
        if let Some(interval) = estimate.interval {
            layers.push(Layer::Interval {
                from: (interval.low / column.one, middle),
                to: (interval.high / column.one, middle),
                paint: Paint::Ink,
            });
        }
        let at = (right(row).unwrap_or(to), middle);
        notes.push(Note::needed(text, at).rather(Side::Along));
    }
    let names: Vec<String> =
        rows.iter().map(|row| elided(&peer_name(row), 18)).collect();
    Panel {
        title: column.title.to_owned(),
        about: column.about.to_owned(),
        layers,
        notes,
        share: column.share,
        ..Panel::new(
            Axis::round(column.unit, x, ""),
            Axis::rows(&names),
            Height::Rows(rows.len(), 1),
        )
    }
}

fn hover(row: &PeerRow, estimate: &Estimate, column: &Column) -> String {
    let say = column.say;
    let interval = estimate.interval.map_or(String::new(), |interval| {
        let (low, high) = (say(interval.low), say(interval.high));
        format!(", interval {}", from_to(&low, &high))
    });
    format!(
        "{}, {}: {}{interval}, {}",
        peer_name(row),
        column.title.to_lowercase(),
        say(estimate.median),
        plural(estimate.n, "round")
    )
}

fn key(rows: &[&PeerRow], is_beyond: bool) -> Vec<Item> {
    let mut items = Vec::new();
    if rows.iter().any(|row| row.ours) {
        items.push(Item::new(Sample::Extra, "ours"));
    }
    if rows.iter().any(|row| !row.ours) {
        items.push(Item::new(Sample::Bar(Paint::Other), "somebody else's"));
    }
    if is_beyond {
        items.push(Item::new(Sample::Idle, "beyond the scale"));
    }
    items
}
