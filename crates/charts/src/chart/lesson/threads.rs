//! Lesson 2: what a thread for each ping buys, and what it costs.

use measurement::course::Quantity;
use measurement::course::formula::{in_turn, spawn_from, thread_each};
use measurement::summary::Summary;
use measurement::ways;

use super::guess::{lanes, widened};
use super::measured::{Cell, MS, S, cells, hedge, medians};
use super::told::{Drawing, Guess, Run, Told};
use super::words::{pings, wait};
use crate::error::ChartError;
use crate::finding::fitting;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{
    capital, duration, factor, in_a_formula, number, plural,
};
use crate::scale::{Scale, Steps};

pub(super) const TOLD: Told = Told {
    lesson: ways::WAVES.id,
    finding,
    explain,
    draw,
    look_for: "The coloured bars hardly grow, though there are a hundred times \
               as many pings. On the scale of the pale ones, one after \
               another, they are too thin to be told apart.",
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

/// Above on one scale, below the measured ones once more: beside what one
/// after another takes they are hairlines.
fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let cells = cells(run.summary, ways::WAVES.id);
    let first = cells.first().ok_or(ChartError::NothingMeasured)?;
    let key = vec![
        Item::new(
            Sample::Bar(Paint::of_strategy(ways::WAVES.id)),
            "measured: a thread for each ping",
        ),
        Item::new(Sample::Idle, "forecast one by one: the sum of all waits"),
    ];
    let subtitle = format!(
        "A thread for each ping, all at once; {}. {}",
        wait(first.wait()),
        medians(&cells)
    );
    let panels = vec![in_seconds(&cells), magnified(run, &cells)];
    Ok(run.drawing(panels, true, key, subtitle))
}

/// How many times as many pings, and as long: `100× the pings, 1.3× the time`.
fn growth(cells: &[Cell<'_>], of: impl Fn(&Cell<'_>) -> f64) -> Option<String> {
    let [first, .., last] = cells else { return None };
    let [pings, time] = [last.n() / first.n(), of(last) / of(first)];
    Some(format!("{} the pings, {} the time", factor(pings), factor(time)))
}

fn rows(cells: &[Cell<'_>], x: Axis) -> Panel {
    let names: Vec<String> =
        cells.iter().map(|cell| plural(cell.batch.requests, "ping")).collect();
    let height = Height::Rows(names.len(), 2);
    Panel::new(x, Axis::rows(&names), height)
}

/// The bar of one that was measured.
fn took(cell: &Cell<'_>, end: f64, (upper, lower): (f64, f64)) -> Layer {
    let peak = cell.row.peak_in_flight.map(|(_, most)| most);
    let at_once = peak.map_or(String::new(), |most| {
        format!(", the server saw {most} at once")
    });
    Layer::Bar {
        from: (0.0, upper),
        to: (end, lower),
        paint: Paint::of_strategy(ways::WAVES.id),
        hover: cell.hover_makespan() + &at_once,
    }
}

/// Both on the scale of the longest.
fn in_seconds(cells: &[Cell<'_>]) -> Panel {
    let both = |cell: &Cell<'_>| [loops(cells, cell), cell.makespan() * S];
    let longest = cells.iter().flat_map(both).fold(0.0, f64::max);
    // Room for a number behind the longest bar.
    let x = Scale::new(Steps::Linear, [1.25 * longest], (0.0, 1.0));
    let x = Axis::up_to(longest, "", x, " s");
    let mut panel = rows(cells, x);
    let grows = growth(cells, |cell| loops(cells, cell));
    panel.title = grows.map_or(String::new(), |by| format!("One by one: {by}"));
    panel.about = "a blue hairline is a measured time".to_owned();
    for (row, cell) in (0_u32..).zip(cells) {
        let row = f64::from(row);
        let turns = loops(cells, cell);
        let (from, to) = ((0.0, row + 0.12), (turns, row + 0.56));
        panel.layers.push(Layer::bar(from, to, Paint::Idle));
        let (end, middle) = (cell.makespan() * S, (row + 0.6, row + 0.88));
        panel.layers.push(took(cell, end, middle));
        let note = Note::number(duration(turns / S), (turns, row + 0.34));
        panel.notes.push(note.rather(Side::Along));
    }
    panel
}

fn magnified(run: &Run<'_>, cells: &[Cell<'_>]) -> Panel {
    let guesses = run.all_guesses(Quantity::Makespan);
    let longest = cells.iter().map(Cell::makespan).fold(0.0, f64::max) * MS;
    let most = widened(longest, guesses.iter().map(|own| own.value * MS));
    let x = Scale::new(Steps::Linear, [1.4 * most], (0.0, 1.0));
    let x = Axis::up_to(most, "", x, " ms");
    let mut panel = rows(cells, x);
    let grows = growth(cells, |cell| cell.makespan());
    panel.title =
        grows.map_or(String::new(), |by| format!("A thread each: {by}"));
    panel.about = "those hairlines magnified: milliseconds".to_owned();
    for (row, cell) in (0_u32..).zip(cells) {
        let level = cell.batch.concurrency;
        let own = |guess: &Guess| guess.ask.concurrency == level;
        let [bar, lane] = lanes(row, &guesses, own);
        let end = cell.makespan() * MS;
        panel.layers.push(took(cell, end, bar));
        let text = duration(cell.makespan());
        let at = (end, f64::midpoint(bar.0, bar.1));
        panel.notes.push(Note::number(text, at).rather(Side::Along));
        for guess in guesses.iter().filter(|guess| own(guess)) {
            let of = plural(guess.ask.requests, "ping");
            guess.bar(&of, &mut panel, guess.value * MS, lane);
        }
    }
    panel
}
