//! Lesson 2: what a thread for each ping buys, and what it costs.

use measurement::course::Quantity;
use measurement::course::formula::{in_turn, spawn_from, thread_each};
use measurement::summary::Summary;
use measurement::ways;

use super::guess::widened;
use super::measured::{Cell, S, cells, hedge, medians};
use super::told::{Drawing, Run, Told};
use super::words::{pings, wait};
use crate::error::ChartError;
use crate::finding::fitting;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{capital, duration, in_a_formula, number};
use crate::scale::{Scale, Steps};

pub(super) const TOLD: Told = Told {
    lesson: ways::WAVES.id,
    finding,
    explain,
    draw,
    look_for: "The coloured bars hardly grow, though there are a hundred times \
               as many pings. The pale ones, one after another, leave the \
               page.",
};

fn finding(summary: &Summary) -> Option<String> {
    let cells = cells(summary, ways::WAVES.id);
    let (first, last) = (*cells.first()?, *cells.last()?);
    if cells.len() < 2 {
        return None;
    }
    let (_, each) = of_f3(&cells)?;
    let loops = in_turn(last.n(), each);
    let many = last.batch.requests;
    let (took, loops_take) = (duration(last.makespan()), duration(loops));
    let pings = capital(&pings(many));
    let hedge = hedge(&[first, last]);
    Some(if last.makespan() < 0.9 * loops {
        let found = format!("{pings} take {took} on {} threads", number(many));
        fitting([
            format!("{found}, one by one they would take {loops_take}{hedge}"),
            format!("{found}, {loops_take} one by one{hedge}"),
        ])
    } else {
        format!(
            "{} threads save nothing: {took}, one by one {loops_take}{hedge}",
            number(many)
        )
    })
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let cells = cells(summary, ways::WAVES.id);
    let (first, last) = (*cells.first()?, *cells.last()?);
    let (spawn, each) = of_f3(&cells)?;
    let mut lines = vec![format!(
        "F1, one after another: {} pings would take {} × {} = {}.",
        last.batch.requests,
        last.batch.requests,
        in_a_formula(each),
        duration(in_turn(last.n(), each)),
    )];
    let of = format!(
        "F3, T = N·t_spawn + (L + o): {} and {} pings give t_spawn = {}",
        first.batch.requests,
        last.batch.requests,
        duration(spawn)
    );
    lines.push(match cells.get(1).filter(|_| cells.len() > 2) {
        Some(between) => format!(
            "{of}. So {} take {} × {} + {} = {}; measured {}.",
            between.batch.requests,
            between.batch.requests,
            duration(spawn),
            in_a_formula(each),
            in_a_formula(thread_each(between.n(), spawn, each)),
            in_a_formula(between.makespan()),
        ),
        None => format!("{of}."),
    });
    Some(lines)
}

/// What F3 needs: `t_spawn` and what one ping takes, from the smallest and
/// the largest batch.
fn of_f3(cells: &[Cell<'_>]) -> Option<(f64, f64)> {
    let (first, last) = (cells.first()?, cells.last()?);
    let point = |cell: &Cell<'_>| (cell.n(), cell.makespan());
    let spawn = spawn_from(point(first), point(last))?;
    Some((spawn, first.makespan() - first.n() * spawn))
}

/// Seconds of a ping in one after another, where only one batch is known.
fn loops(cells: &[Cell<'_>], cell: &Cell<'_>) -> f64 {
    let each = match (of_f3(cells), cells.first()) {
        (Some((_, each)), _) => each,
        (None, Some(first)) => first.makespan(),
        (None, None) => 0.0,
    };
    in_turn(cell.n(), each) * S
}

/// Two bars for each number of pings, in seconds: on a thread each, and as
/// long as one after another would take.
fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let name = ways::WAVES.id;
    let cells = cells(run.summary, name);
    let first = cells.first().ok_or(ChartError::NothingMeasured)?;
    let longest = cells.iter().map(Cell::makespan).fold(0.0, f64::max) * S;
    let guesses = || run.guesses(name, Quantity::Makespan);
    let longest = widened(longest, guesses().map(|own| own.value * S));
    // Room for a number behind the longest bar.
    let most = (1.4 * longest).max(1.2 * loops(&cells, first));
    let names: Vec<String> = cells
        .iter()
        .map(|cell| format!("{} pings", number(cell.batch.requests)))
        .collect();
    let x = Scale::new(Steps::Linear, [most], (0.0, 1.0));
    let x = Axis::round("seconds for all", x, " s");
    let height = Height::Rows(names.len(), 4);
    let mut panel = Panel::new(x, Axis::rows(&names), height);
    for (row, cell) in (0_u32..).zip(&cells) {
        let row = f64::from(row);
        let end = cell.makespan() * S;
        panel.layers.push(Layer::Bar {
            from: (0.0, row + 0.08),
            to: (end, row + 0.48),
            paint: Paint::of_strategy(name),
            hover: cell.hover_makespan(),
        });
        let own: Vec<_> = guesses()
            .filter(|own| own.ask.concurrency == cell.batch.concurrency)
            .collect();
        // Behind a prediction that is near.
        let guessed = own.iter().map(|own| own.value * S);
        let near = guessed.filter(|x| *x > end && *x < end + 0.25 * most);
        let at = (near.fold(end, f64::max), row + 0.28);
        let peak = cell.row.peak_in_flight.map(|peak| peak.1 as usize);
        let peak = peak.map_or(String::new(), |peak| {
            format!(", {} at once", number(peak))
        });
        let text = format!("took {}{peak}", duration(cell.makespan()));
        panel.notes.push(Note::number(text, at).rather(Side::Right));
        let turns = loops(&cells, cell);
        let (from, to) = ((0.0, row + 0.52), (turns.min(most), row + 0.92));
        panel.layers.push(Layer::bar(from, to, Paint::Idle));
        let text = format!("one by one {}", duration(turns / S));
        let middle = row + 0.72;
        let widths = number((turns / most).round() as usize);
        let text = match turns > most {
            true => format!("{text}: {widths} such widths →"),
            false => text,
        };
        let end = turns.min(most);
        panel.notes.push(if end > 0.4 * most {
            let note = Note::number(text, (0.55 * end, middle));
            note.rather(Side::Over).on(Paint::Idle)
        } else {
            Note::number(text, (end, middle)).rather(Side::Right)
        });
        for guess in own {
            let rows = (row, row + 0.5);
            guess.end_of_bar(&mut panel, guess.value * S, rows);
        }
    }
    let key = vec![
        Item::new(
            Sample::Bar(Paint::of_strategy(ways::WAVES.id)),
            "measured: a thread for each ping",
        ),
        Item::new(Sample::Idle, "forecast: one after another (F1)"),
    ];
    let subtitle = format!(
        "A thread for each ping, all at once; {}. {}",
        wait(first.wait()),
        medians(&cells)
    );
    Ok(run.drawing(vec![panel], false, key, subtitle))
}
