use std::sync::atomic::{AtomicBool, Ordering};

use super::{Ink, Paint};

#[cfg(test)]
mod tests;

/// A request in flight, in nanoseconds since the start of its panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// When it began.
    pub start_ns: u64,
    /// When it ended.
    pub end_ns: u64,
    /// Its row, from 0; no two that overlap share one.
    pub lane: usize,
    /// Whether its end is an answer.
    pub answered: bool,
}

impl Span {
    /// Spans from their starts and ends and the lane of each, all of them
    /// answered.
    pub fn in_lanes(times: &[(u64, u64)], lanes: &[usize]) -> Vec<Span> {
        let each = times.iter().zip(lanes);
        each.map(|((start_ns, end_ns), lane)| Span {
            start_ns: *start_ns,
            end_ns: *end_ns,
            lane: *lane,
            answered: true,
        })
        .collect()
    }
}

/// One waterfall: what was in flight when.
#[derive(Debug, Clone)]
pub struct Panel {
    /// What stands above it.
    pub title: String,
    /// Its ink.
    pub ink: Ink,
    /// What was in flight.
    pub spans: Vec<Span>,
}

/// Two lanes share a row, so a row can show three things and a gap.
const IDLE: char = '·';

/// Where a request ends that has no answer.
pub const UNANSWERED: char = '×';

/// Rows of a panel at most; a picture of more is no picture.
const ROWS: usize = 16;

/// How to read a [`waterfall`]; none where it was said before.
pub fn legend() -> Option<&'static str> {
    static SAID: AtomicBool = AtomicBool::new(false);
    (!SAID.swap(true, Ordering::Relaxed)).then_some(
        "Two slots to a row: ▀ the upper one is busy, ▄ the lower, █ both, \
         · none.",
    )
}

/// Draws panels one above the other on one scale, `columns` wide, a row for
/// every two lanes: `▀` the upper lane is busy, `▄` the lower, `█` both, `·`
/// neither.
pub fn waterfall(panels: &[Panel], columns: usize) -> Vec<String> {
    draw(panels, columns, rows)
}

/// The same with a row for each lane, where one request is told from the next:
/// each ends with `▊`, and one without an answer with `×`.
pub fn lanes(panels: &[Panel], columns: usize) -> Vec<String> {
    draw(panels, columns, single_rows)
}

type Rows = fn(&[Span], u64, usize) -> Vec<String>;

fn draw(panels: &[Panel], columns: usize, rows: Rows) -> Vec<String> {
    let ends = panels.iter().flat_map(|panel| &panel.spans);
    let full = ends.map(|span| span.end_ns).max().unwrap_or(0).max(1);
    let mut lines = Vec::new();
    for panel in panels {
        lines.push(panel.title.ink(panel.ink));
        lines.extend(
            rows(&panel.spans, full, columns)
                .into_iter()
                .map(|row| format!("  {}", row.ink(panel.ink))),
        );
    }
    lines
}

fn rows(spans: &[Span], full: u64, columns: usize) -> Vec<String> {
    let lanes = spans.iter().map(|span| span.lane + 1).max().unwrap_or(0);
    let end = spans.iter().map(|span| span.end_ns).max().unwrap_or(0);
    let shown = lanes.min(ROWS * 2);
    let mut busy = vec![vec![false; columns]; shown.next_multiple_of(2)];
    for span in spans {
        if let Some(lane) = busy.get_mut(span.lane) {
            fill(lane, span, full);
        }
    }
    let last = column(end, full, columns).min(columns.saturating_sub(1));
    let mut rows: Vec<String> = busy
        .chunks(2)
        .map(|pair| (0..=last).map(|i| glyph(pair[0][i], pair[1][i])).collect())
        .collect();
    if shown < lanes {
        rows.push(format!("and {} more slots", lanes - shown));
    }
    rows
}

fn single_rows(spans: &[Span], full: u64, columns: usize) -> Vec<String> {
    let lanes = spans.iter().map(|span| span.lane + 1).max().unwrap_or(0);
    let end = spans.iter().map(|span| span.end_ns).max().unwrap_or(0);
    let shown = lanes.min(ROWS);
    let last = column(end, full, columns).clamp(1, columns.max(1));
    let mut rows = vec![vec![IDLE; last]; shown];
    for span in spans {
        let Some(row) = rows.get_mut(span.lane) else { continue };
        let from = column(span.start_ns, full, columns).min(last - 1);
        let to = column(span.end_ns, full, columns).clamp(from + 1, last);
        row[from..to].fill('█');
        row[to - 1] = if span.answered { '▊' } else { UNANSWERED };
    }
    let mut rows: Vec<String> =
        rows.into_iter().map(|row| row.into_iter().collect()).collect();
    if shown < lanes {
        rows.push(format!("and {} more slots", lanes - shown));
    }
    rows
}

/// Marks the columns whose middle lies within the span, and at least the one
/// that it begins in: a short request is still a request.
fn fill(lane: &mut [bool], span: &Span, full: u64) {
    let columns = lane.len();
    let first = column(span.start_ns, full, columns);
    let last = column(span.end_ns, full, columns).max(first + 1);
    let last = last.min(columns);
    let first = first.min(last.saturating_sub(1));
    lane[first..last].fill(true);
}

fn column(ns: u64, full: u64, columns: usize) -> usize {
    let exact = ns as f64 / full as f64 * columns as f64;
    exact.round() as usize
}

fn glyph(upper: bool, lower: bool) -> char {
    match (upper, lower) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => IDLE,
    }
}
