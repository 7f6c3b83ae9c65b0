//! The two panels, from the numbers of a run: a row for each client.

use measurement::peers::{PeerRow, PeersSummary, Quantity};
use measurement::quantity::{duration, from_to, number, plural, whole};
use measurement::statistics::Estimate;

use super::near::alike;
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
    let panels = [&CPU, &SPEED].map(|of| panel(summary, &rows, of)).to_vec();
    let key = key(summary, &rows);
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
         flight. Starting the program is not in it.{} Medians of {}.",
        number(summary.concurrency),
        what_it_is(&summary.reference),
        plural(rounds, "round"),
    );
    Ok((plot, subtitle))
}

fn median(row: &PeerRow, column: &Column) -> Option<f64> {
    row.median(column.quantity).filter(|median| *median > 0.0)
}

/// What the reference is, of the one that is the rule.
fn what_it_is(reference: &str) -> &'static str {
    match reference {
        "wrk" => " wrk is a load tool in C.",
        _ => "",
    }
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

/// The two that the title speaks of: ours in its colour, and the reference.
fn told(row: &PeerRow, summary: &PeersSummary) -> Option<Paint> {
    let best = summary.best(Quantity::Cpu, true);
    let is_best = best.is_some_and(|best| best.client == row.client);
    match row.ours {
        true => is_best.then(|| match Paint::of_strategy(&row.client) {
            Paint::Other => Paint::Sequential,
            own => own,
        }),
        false => (row.client == summary.reference).then_some(Paint::Ink),
    }
}

fn panel(summary: &PeersSummary, rows: &[&PeerRow], column: &Column) -> Panel {
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
    if column.quantity == Quantity::Cpu
        && let Some((low, high)) = alike(summary)
    {
        let [low, high] = [low, high].map(|ns| ns / column.one);
        let foot = rows.len() as f64;
        let corners = vec![(low, 0.0), (high, 0.0), (high, foot), (low, foot)];
        layers.push(Layer::Fill { corners, paint: Paint::Idle });
    }
    for (at, row) in (0_u32..).zip(rows) {
        let Some(estimate) = (column.of)(row) else { continue };
        let (top, middle) = (f64::from(at) + 0.16, f64::from(at) + 0.5);
        let bottom = f64::from(at) + 0.84;
        let beyond = beyond(row, column, least);
        let to = if beyond { edge } else { estimate.median / column.one };
        let hover = hover(row, estimate, column);
        let (from, to_corner) = ((0.0, top), (to, bottom));
        let (told, paint) = (told(row, summary), Paint::Other);
        let text = (column.say)(estimate.median);
        if beyond {
            // A bar that is cut off would look as long as any other.
            let line = vec![(0.0, middle), (edge, middle)];
            layers.push(Layer::formula(line, paint));
            layers.push(Layer::Beyond { at: middle });
            let text = format!("{text}, off the scale");
            let note = Note::needed(text, (0.5 * edge, middle));
            notes.push(note.rather(Side::Over));
            continue;
        }
        layers.push(match told {
            None if !row.ours => {
                Layer::Hollow { from, to: to_corner, paint, hover }
            }
            _ => {
                let paint = told.unwrap_or(paint);
                Layer::Bar { from, to: to_corner, paint, hover }
            }
        });
        if let Some(interval) = estimate.interval {
            layers.push(Layer::Interval {
                from: (interval.low / column.one, middle),
                to: (interval.high / column.one, middle),
                paint: Paint::Ink,
            });
        }
        let at = (right(row).unwrap_or(to), middle);
        let is_told = told.is_some() && column.quantity == Quantity::Cpu;
        let note = match is_told {
            true => Note::number(text, at),
            false => Note::needed(text, at),
        };
        notes.push(note.rather(Side::Along));
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

fn key(summary: &PeersSummary, rows: &[&PeerRow]) -> Vec<Item> {
    let pair = rows.iter().filter_map(|row| Some((row, told(row, summary)?)));
    let mut items: Vec<Item> = pair
        .map(|(row, paint)| {
            let of = if row.ours { " (ours)" } else { "" };
            let name = elided(&peer_name(row), 18);
            Item::new(Sample::Bar(paint), format!("{name}{of}"))
        })
        .collect();
    let others = |ours| {
        rows.iter().any(|row| row.ours == ours && told(row, summary).is_none())
    };
    if others(true) {
        items.push(Item::new(Sample::InFlight, "other ways of ours"));
    }
    if others(false) {
        items.push(Item::new(Sample::Failed, "other people's"));
    }
    if alike(summary).is_some() {
        let reference = elided(&summary.reference, 18);
        let text = format!("too near {reference} to tell apart");
        items.push(Item::new(Sample::Idle, text));
    }
    items
}
