//! A quantity over how many pings were in flight, a line for each strategy.

use measurement::course::Quantity;
use measurement::statistics::Estimate;
use measurement::summary::Row;
use measurement::ways;

use super::guess::widened;
use super::measured::Cell;
use super::told::Run;
use crate::ends::YOU;
use crate::finding::{less, subject};
use crate::palette::Paint;
use crate::plot::{At, Axis, Height, Layer, Named, Note, Panel};
use crate::quantity::number;
use crate::scale::{Scale, Steps, Tick};
use crate::scene::Dash;
use crate::strategy::label;

/// What a panel of lines shows.
pub(super) struct Lines {
    /// Its finding.
    pub(super) title: String,
    pub(super) about: &'static str,
    pub(super) quantity: Quantity,
    pub(super) factor: f64,
    pub(super) say: fn(f64) -> String,
}

/// Where a row has the rounds of a quantity.
pub(super) fn rounds_of(quantity: Quantity) -> fn(&Row) -> Option<&Estimate> {
    match quantity {
        Quantity::Memory => |row| row.peak_rss_bytes.as_ref(),
        Quantity::Cpu => |row| row.client_cpu_per_request_ns.as_ref(),
        _ => |row| row.makespan_ns.as_ref(),
    }
}

/// What a strategy takes less than another, of a ratio, if that is known:
/// `Memory: tasks take 41 % less`.
pub(super) fn headed(name: &str, found: Option<(&str, f64)>) -> String {
    found.map_or(name.to_owned(), |(strategy, ratio)| {
        let (who, plural) = subject(strategy);
        let take = if plural { "take" } else { "takes" };
        format!("{name}: {who} {take} {}", less(ratio))
    })
}

/// Whether no client library is under it.
fn is_by_hand(strategy: &str) -> bool {
    ways::find(strategy).is_some_and(|way| way.client == "by hand")
}

/// A line for each of these; what was predicted is of the strategy `own`.
pub(super) fn over_pings(
    run: &Run<'_>,
    own: &str,
    all: &[(&'static str, Vec<Cell<'_>>)],
    lines: &Lines,
) -> Panel {
    let Lines { quantity, factor, say, .. } = *lines;
    let at = |cell: &Cell<'_>| -> Option<At> {
        Some((cell.batch.concurrency as f64, cell.get(quantity)? * factor))
    };
    let guesses: Vec<_> = run
        .guesses(own, quantity)
        .map(|own| (own, (own.ask.concurrency as f64, own.value * factor)))
        .collect();
    let measured = || all.iter().flat_map(|(_, cells)| cells);
    let points: Vec<At> = measured().filter_map(at).collect();
    let far = points.iter().chain(guesses.iter().map(|own| &own.1));
    let far = far.map(|at| at.0).fold(1.0, f64::max);
    let high = points.iter().map(|at| at.1).fold(0.0, f64::max);
    let high = widened(high, guesses.iter().map(|own| own.1.1));
    let x = Scale::new(Steps::Linear, [far], (0.0, 1.0));
    let y = Scale::new(Steps::Linear, [1.08 * high], (0.0, 1.0));
    let mut levels: Vec<usize> =
        measured().map(|cell| cell.batch.concurrency).collect();
    levels.sort_unstable();
    levels.dedup();
    let tick =
        |level: &usize| Tick { value: *level as f64, text: number(*level) };
    let ticks = levels.iter().rev().map(tick).collect();
    let x = Axis::at("pings at once", x, ticks);
    let mut panel = Panel::new(x, Axis::round("", y, ""), Height::Standard);
    panel.title.clone_from(&lines.title);
    panel.about = lines.about.to_owned();
    if points.is_empty() {
        return panel;
    }
    for (name, cells) in all.iter().rev() {
        let points: Vec<At> = cells.iter().filter_map(at).collect();
        let pale = is_by_hand(name) && !is_by_hand(own);
        panel.layers.push(Layer::Line {
            points: points.clone(),
            paint: Paint::of_strategy(name),
            dash: Dash::Solid,
            width: if pale { 0.6 } else { 1.6 },
        });
        for cell in cells {
            let Some(at) = at(cell) else { continue };
            let of = rounds_of(quantity)(cell.row);
            panel.layers.push(cell.symbol(at, of, say));
        }
        if let Some(at) = points.last() {
            panel.ends.push(Named {
                strategy: (*name).to_owned(),
                name: label(name).to_owned(),
                at: *at,
                number: at_its_end(at.1),
                unit: "",
            });
        }
    }
    for (guess, at) in guesses {
        // Where the lines end, it has a label among theirs.
        if at.0 == far && panel.y.scale.holds(at.1) {
            let number = at_its_end(at.1);
            let strategy = YOU.to_owned();
            let name = YOU.to_owned();
            panel.ends.push(Named { strategy, name, at, number, unit: "" });
        } else {
            let text = guess.mark("", &mut panel, at);
            // Above the box.
            let (_, top) = panel.y.scale.ends();
            let height = (at.1 + 0.05 * high).min(top);
            panel.notes.push(Note::needed(text, (at.0, height)));
        }
    }
    panel
}

/// With a digit more where a part of it in a title could not be told from
/// whole numbers.
fn at_its_end(value: f64) -> String {
    let digits = usize::from(value < 99.95);
    format!("{value:.digits$}")
}
