//! The two panels without waits, a row for each cell, and what is beside them.

use measurement::quantity::{duration, number, plural, whole};
use measurement::queue_cost::{Act, CellRow, MachinesSummary, Quantity};

use super::scaling;
use super::words::cell_name;
use crate::error::ChartError;
use crate::finding::elided;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Plot, Side};
use crate::scale::{Scale, Steps};

/// More rows than this are a table.
const MOST_ROWS: usize = 20;

/// Room at the right for what is written beside the longest bar, as a factor.
const ROOM: f64 = 1.5;

/// The unit of the axis of CPU time, ns, and of jobs a second.
const MICROSECOND: f64 = 1e3;
const THOUSAND: f64 = 1e3;

/// What a bar of CPU time consists of, from the left.
const PIECES: [(Paint, &str); 3] = [
    (Paint::AsyncTasks, "workers"),
    (Paint::Ink, "servers of the queue"),
    (Paint::Other, "putting jobs in, taking results out"),
];

/// All panels that there is data for, and what was measured.
pub(crate) fn plot(
    summary: &MachinesSummary,
) -> Result<(Plot, String), ChartError> {
    let rows: Vec<&CellRow> = summary
        .of_act(Act::Saturation)
        .filter(|row| row.jobs_per_second.is_some())
        .collect();
    if rows.len() > MOST_ROWS {
        let (count, limit) = (rows.len(), MOST_ROWS);
        return Err(ChartError::TooManyStrategies { count, limit });
    }
    let (mut panels, mut key) = (Vec::new(), Vec::new());
    let mut subtitle = Vec::new();
    let (mut narrow, mut rule) = (Vec::new(), None);
    if !rows.is_empty() {
        panels.extend([costs(summary, &rows), speeds(&rows)]);
        key.extend(
            PIECES.map(|(paint, text)| Item::new(Sample::Bar(paint), text)),
        );
        let in_flight = rows.iter().map(|row| row.cell.concurrency).max();
        subtitle.push(format!(
            "A server that answers at once, {} in flight.",
            number(in_flight.unwrap_or(0))
        ));
    }
    if let Some((panel, items, about)) = scaling::panel(summary) {
        // On a page the lines are named where they end.
        narrow = items;
        rule = Some(Item::new(Sample::Rule, scaling::RULE));
        panels.push(panel);
        subtitle.push(about);
    }
    if panels.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    let rounds = summary.rows.iter().map(|row| row.valid).max();
    let rounds = plural(rounds.unwrap_or(0), "round");
    subtitle.push(format!("Medians of {rounds}; starting is not in it."));
    let wide = key.iter().chain(&rule).cloned().collect();
    let key = [wide, [key, narrow].into_iter().flatten().chain(rule).collect()];
    let plot = Plot { panels, key, one_scale: true, stacked: false };
    Ok((plot, subtitle.join(" ")))
}

/// What each piece of a row's bar is long, ns.
fn pieces(row: &CellRow) -> [f64; 3] {
    let of = |quantity| row.median(quantity).unwrap_or(0.0).max(0.0);
    let around = of(Quantity::Producing) + of(Quantity::Collector);
    [of(Quantity::Workers), of(Quantity::Brokers), around]
}

/// Whether the title speaks of it.
fn told(summary: &MachinesSummary, row: &CellRow) -> bool {
    let copies = row.cell.copies;
    let fastest = summary.fastest(Act::Saturation, copies);
    fastest.is_some_and(|fastest| fastest.cell == row.cell)
}

fn names(rows: &[&CellRow]) -> Axis {
    let name = |row: &&CellRow| elided(&cell_name(&row.cell), 22);
    Axis::rows(&rows.iter().map(name).collect::<Vec<String>>())
}

fn height(rows: &[&CellRow]) -> Height {
    Height::Rows(rows.len(), 1)
}

fn costs(summary: &MachinesSummary, rows: &[&CellRow]) -> Panel {
    let whole = |row: &&CellRow| row.whole_cpu_ns();
    let longest = rows.iter().filter_map(whole);
    let longest = longest.map(|ns| ROOM * ns / MICROSECOND);
    let x = Scale::new(Steps::Linear, longest, (0.0, 1.0));
    let (mut layers, mut notes) = (Vec::new(), Vec::new());
    for (at, row) in (0_u32..).zip(rows) {
        let Some(whole) = row.whole_cpu_ns() else { continue };
        let (top, bottom) = (f64::from(at) + 0.16, f64::from(at) + 0.84);
        let mut left = 0.0;
        for (long, (paint, what)) in pieces(row).into_iter().zip(PIECES) {
            if long <= 0.0 {
                continue;
            }
            let right = left + long / MICROSECOND;
            let (name, long) = (cell_name(&row.cell), duration(long));
            let hover = format!("{name}, CPU time of a job: {what} {long}");
            let (from, to) = ((left, top), (right, bottom));
            layers.push(Layer::Bar { from, to, paint, hover });
            left = right;
        }
        let end = (left, f64::from(at) + 0.5);
        let text = duration(whole);
        let note = match told(summary, row) {
            true => Note::number(text, end),
            false => Note::needed(text, end),
        };
        notes.push(note.rather(Side::Along));
    }
    Panel {
        title: "CPU time of a job".to_owned(),
        about: "of all processes, user and system".to_owned(),
        layers,
        notes,
        share: 1.2,
        ..Panel::new(Axis::round("µs", x, ""), names(rows), height(rows))
    }
}

fn speeds(rows: &[&CellRow]) -> Panel {
    let speed = |row: &&CellRow| row.median(Quantity::Speed);
    let longest = rows.iter().filter_map(speed);
    let longest = longest.map(|speed| ROOM * speed / THOUSAND);
    let x = Scale::new(Steps::Linear, longest, (0.0, 1.0));
    let (mut layers, mut notes) = (Vec::new(), Vec::new());
    for (at, row) in (0_u32..).zip(rows) {
        let Some(estimate) = &row.jobs_per_second else { continue };
        let (top, bottom) = (f64::from(at) + 0.16, f64::from(at) + 0.84);
        let long = (estimate.median / THOUSAND).max(0.0);
        let text = whole(estimate.median);
        let hover = format!(
            "{}, jobs a second: {text}, {}",
            cell_name(&row.cell),
            plural(estimate.n, "round")
        );
        let (from, to) = ((0.0, top), (long, bottom));
        layers.push(Layer::Bar { from, to, paint: Paint::Other, hover });
        let end = (long, f64::from(at) + 0.5);
        notes.push(Note::needed(text, end).rather(Side::Along));
    }
    Panel {
        title: "Jobs a second".to_owned(),
        about: "by the server's count".to_owned(),
        layers,
        notes,
        share: 0.9,
        ..Panel::new(Axis::round("thousands", x, ""), names(rows), height(rows))
    }
}
