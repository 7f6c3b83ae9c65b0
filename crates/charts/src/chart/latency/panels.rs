//! Two bars for each strategy, from the numbers of a run: what half of its
//! pings take alone, and what they take with the wait for a slot.

use measurement::distribution::Distribution;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use super::words::{batch, rows};
use crate::curve::turns;
use crate::error::ChartError;
use crate::finding::{elided, is_disturbed};
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Plot, Side};
use crate::quantity::{duration, number};
use crate::scale::{Scale, Steps};
use crate::strategy;

/// More strategies than this are a table.
const MOST_STRATEGIES: usize = 8;

/// Room at the right for what is written beside the longest bar, as a factor.
const ROOM: f64 = 1.2;

/// Nanoseconds in a millisecond, the unit of the axis.
const MS: f64 = 1e6;

/// From when to the end of a ping.
#[derive(Clone, Copy, PartialEq)]
enum Since {
    ItsStart,
    Batch,
}

impl Since {
    fn name(self) -> &'static str {
        match self {
            Since::ItsStart => "from its own start",
            Since::Batch => "from the start of the batch",
        }
    }

    fn times(self, row: &Row) -> Option<&Distribution> {
        match self {
            Since::ItsStart => row.service.as_ref(),
            Since::Batch => row.sojourn.as_ref(),
        }
    }

    /// Where its bar is in a row, from above.
    fn lane(self) -> (f64, f64) {
        match self {
            Since::ItsStart => (0.1, 0.46),
            Since::Batch => (0.5, 0.86),
        }
    }
}

/// A row for each strategy, and what was measured.
pub(crate) fn plot(summary: &Summary) -> Result<(Plot, String), ChartError> {
    let batch = batch(summary).ok_or(ChartError::NothingMeasured)?;
    let rows: Vec<&Row> = rows(summary, batch).collect();
    if rows.len() > MOST_STRATEGIES {
        let (count, limit) = (rows.len(), MOST_STRATEGIES);
        return Err(ChartError::TooManyStrategies { count, limit });
    }
    let panel = panel(&rows);
    if panel.layers.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    let own = rows
        .first()
        .map_or(Paint::Ink, |row| Paint::of_strategy(&row.strategy));
    let key = vec![
        Item::new(Sample::Bar(own), "coloured: the ping alone"),
        Item::new(Sample::InFlight, "with its wait for a slot"),
    ];
    let key = [key.clone(), key];
    let plot =
        Plot { panels: vec![panel], key, one_scale: true, stacked: false };
    Ok((plot, subtitle(batch, &rows)))
}

fn panel(rows: &[&Row]) -> Panel {
    let half = |row: &&Row| {
        let times = [Since::ItsStart, Since::Batch].map(|s| s.times(row));
        let ends = times.into_iter().flatten();
        ends.filter_map(|times| times.quantile(0.5)).fold(0.0, f64::max)
    };
    let longest = rows.iter().map(half).fold(0.0, f64::max);
    let x = Scale::new(Steps::Linear, [ROOM * longest / MS], (0.0, 1.0));
    let name = |row: &&Row| elided(strategy::label(&row.strategy), 14);
    let names: Vec<String> = rows.iter().map(name).collect();
    let mut panel = Panel::new(
        Axis::round("", x, " ms"),
        Axis::rows(&names),
        Height::Rows(rows.len(), 3),
    );
    for (at, row) in (0_u32..).zip(rows) {
        for since in [Since::ItsStart, Since::Batch] {
            draw(&mut panel, f64::from(at), row, since);
        }
    }
    panel
}

/// The bar of one strategy, counted in one way: to where half of the pings are
/// done.
fn draw(panel: &mut Panel, at: f64, row: &Row, since: Since) {
    let Some(times) = since.times(row) else { return };
    let Some(half) = times.quantile(0.5) else { return };
    let (top, bottom) = since.lane();
    let paint = match since {
        Since::ItsStart => Paint::of_strategy(&row.strategy),
        Since::Batch => Paint::Other,
    };
    panel.layers.push(Layer::Bar {
        from: (0.0, at + top),
        to: (half / MS, at + bottom),
        paint,
        hover: hover(row, times, since),
    });
    let middle = at + f64::midpoint(top, bottom);
    let mut text = duration(half);
    if is_disturbed(row) {
        text.push_str(" (disturbed)");
    }
    let note = Note::number(text, (half / MS, middle));
    panel.notes.push(note.rather(Side::Along));
}

fn hover(row: &Row, times: &Distribution, since: Since) -> String {
    let of = |part: f64, name: &str| {
        let time = duration(times.quantile(part)?);
        Some(format!("{name} in {time}"))
    };
    let known = [of(0.5, "half"), of(0.95, "95 %"), of(0.99, "99 %")];
    let known: Vec<String> = known.into_iter().flatten().collect();
    format!(
        "{}, {}: {}, {} pings",
        ways::name(&row.strategy),
        since.name(),
        known.join(", "),
        number(usize::try_from(times.n).unwrap_or(usize::MAX))
    )
}

fn subtitle(batch: &Batch, rows: &[&Row]) -> String {
    let counts = rows.iter().filter_map(|row| row.service.as_ref());
    let pooled = counts.map(|times| times.n).min().unwrap_or(0);
    let first = batch.waits.list().first().copied();
    let wait = first.filter(|ns| *ns > 0).map(|ns| duration(ns as f64));
    let turns = match (turns(&[batch]), wait) {
        (Some(turns @ 2..), Some(wait)) => format!(
            "{} pings on {} slots: {turns} turns of {wait} each. ",
            number(batch.requests),
            number(batch.concurrency)
        ),
        (_, Some(wait)) => format!(
            "{} in flight, each answered after {wait}. ",
            number(batch.concurrency)
        ),
        _ => format!("{} in flight. ", number(batch.concurrency)),
    };
    format!(
        "{turns}Bars: when half of the pings are done; at least {} pings each.",
        number(usize::try_from(pooled).unwrap_or(usize::MAX)),
    )
}
