//! Lesson 4: how many workers. F2 is a staircase.

use measurement::course::Quantity;
use measurement::course::formula::waves;
use measurement::summary::Summary;
use measurement::ways;

use super::measured::{Cell, MS, at, cells, hedge, medians, times_differ};
use super::told::{Drawing, Run, Told};
use super::words::wait;
use crate::bars::Bars;
use crate::error::ChartError;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::picked::picked;
use crate::plot::{At, Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{count, duration, in_a_formula, number, percent, plural};
use crate::scale::{Scale, Steps, Tick};

pub(super) const TOLD: Told = Told {
    lesson: ways::POOL.id,
    finding,
    explain,
    draw,
    look_for: "Look at the last turn of 33 workers: one ping, for which all \
               others wait. One more worker saves that turn; the next fifteen \
               save none.",
};

fn finding(summary: &Summary) -> Option<String> {
    let cells = cells(summary, ways::POOL.id);
    let (before, after) = (at(&cells, 33)?, at(&cells, 34)?);
    let saved = saved(&cells)?;
    let steps = saved > 0.1 && times_differ(&before, &after);
    let later = at(&cells, LATER);
    let nothing = later.filter(|later| {
        let near = (later.makespan() / after.makespan() - 1.0).abs() < 0.05;
        near || !times_differ(later, &after)
    });
    let saved = percent(saved.max(0.0));
    let hedge = hedge(&[before, after]);
    Some(match nothing {
        Some(_) if steps => {
            format!(
                "A 34th worker saves {saved} of the time, the next 15 save \
                 nothing{hedge}"
            )
        }
        _ if steps => format!("A 34th worker saves {saved} of the time{hedge}"),
        _ => format!(
            "33 workers took {}, 34 took {}{hedge}",
            duration(before.makespan()),
            duration(after.makespan())
        ),
    })
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let cells = cells(summary, ways::POOL.id);
    let each = turn(&cells)?;
    let mut lines = vec![format!(
        "F2, T = ⌈N/c⌉(L + o): a turn takes {} (from 10 workers), of which \
         the server waited {}.",
        in_a_formula(each),
        in_a_formula(cells.first()?.wait()),
    )];
    for cell in [33, 34, LATER].into_iter().filter_map(|c| at(&cells, c)) {
        let (n, c) = (cell.batch.requests, cell.batch.concurrency);
        lines.push(format!(
            "{c} workers: ⌈{n}/{c}⌉ = {} turns, {}; measured {}.",
            n.div_ceil(c.max(1)),
            in_a_formula(waves(n, c, each)),
            in_a_formula(cell.makespan()),
        ));
    }
    Some(lines)
}

/// What part of the time one more worker saves, 34 instead of 33.
fn saved(cells: &[Cell<'_>]) -> Option<f64> {
    let (before, after) = (at(cells, PAIR[0])?, at(cells, PAIR[1])?);
    Some(1.0 - after.makespan() / before.makespan())
}

/// What one turn of lesson 4 takes, from ten workers.
fn turn(cells: &[Cell<'_>]) -> Option<f64> {
    let ten = at(cells, 10).or(cells.first().copied())?;
    let turns = waves(ten.batch.requests, ten.batch.concurrency, 1.0);
    Some(ten.makespan() / turns)
}

/// The two that the finding is about.
const PAIR: [usize; 2] = [33, 34];

/// The one that saves nothing more.
const LATER: usize = 49;

/// The stairs are drawn between these numbers of workers, if something was
/// measured there: beyond, nothing could be told from the rest.
const STAIRS: (usize, usize) = (10, 60);

/// Who did which ping when, with 33 workers and with 34; and the stairs.
fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let cells = cells(run.summary, ways::POOL.id);
    let first = *cells.first().ok_or(ChartError::NothingMeasured)?;
    let pair = PAIR.map(|c| Some((at(&cells, c)?, bars(run, &cells, c)?)));
    let pair: Vec<(Cell<'_>, Bars)> = pair.into_iter().flatten().collect();
    let ends = pair.iter().map(|(_, bars)| bars.end_ns as f64 * MS);
    let most = 1.5 * ends.fold(0.0, f64::max);
    let mut panels: Vec<Panel> =
        pair.iter().map(|(cell, bars)| turns(cell, bars, most)).collect();
    panels.push(stairs(run, &cells));
    let each = turn(&cells).map_or(String::new(), duration);
    let forecast = format!("forecast: each turn takes {each}");
    let key = vec![
        Item::new(Sample::Bar(Paint::of_strategy(ways::POOL.id)), "a ping"),
        Item::new(Sample::Idle, "a worker with nothing to do"),
        Item::new(Sample::Formula, forecast),
    ];
    let subtitle = format!(
        "{}; {}. {}",
        plural(first.batch.requests, "ping"),
        wait(first.wait()),
        medians(&cells)
    );
    Ok(run.drawing(panels, false, key, subtitle))
}

/// The median trial with so many workers, if each of its pings was kept.
fn bars(run: &Run<'_>, cells: &[Cell<'_>], workers: usize) -> Option<Bars> {
    let cell = at(cells, workers)?;
    let name = &cell.row.strategy;
    let rows = picked(cell.batch, run.trials, 1, |row| row.strategy == *name);
    let rows = rows.ok()?;
    let own = rows.first()?;
    Some(Bars::new(name, own.measured, cell.at_once()?))
}

/// A thin row for each worker.
fn turns(cell: &Cell<'_>, bars: &Bars, most: f64) -> Panel {
    let (n, c) = (cell.batch.requests, cell.batch.concurrency);
    let lanes = bars.lanes as f64;
    let x = Scale::new(Steps::Linear, [most], (0.0, 1.0));
    let x = Axis::round("milliseconds since the start", x, "");
    let rows = Axis {
        scale: Scale::between((0.0, lanes.max(1.0)), (0.0, 1.0)),
        ..Axis::rows(&[])
    };
    let mut panel = Panel::new(x, rows, Height::Standard);
    let turns = n.div_ceil(c.max(1));
    let alone = n - (turns.max(1) - 1) * c;
    panel.title = format!("{c} workers");
    panel.about = match turns {
        1 => "one turn".to_owned(),
        _ => format!("{} turns, {} in the last", count(turns), number(alone)),
    };
    let end = bars.end_ns as f64 * MS;
    panel.layers.push(Layer::bar((0.0, 0.0), (end, lanes), Paint::Idle));
    for bar in &bars.bars {
        let row = bar.lane as f64;
        let (from, to) = (bar.flight.0 as f64 * MS, bar.flight.1 as f64 * MS);
        // Two pings one after the other must stay two to the eye.
        let to = to - (0.004 * most).min((to - from) / 2.0);
        let (from, to) = ((from, row + 0.1), (to, row + 0.9));
        let paint = Paint::of_strategy(&cell.row.strategy);
        let hover = format!("a ping of {c} workers");
        panel.layers.push(if bar.failed {
            Layer::Hollow { from, to, paint, hover }
        } else {
            Layer::Bar { from, to, paint, hover }
        });
    }
    let took = duration(cell.makespan());
    let note = Note::number(took, (end, lanes / 2.0));
    panel.notes.push(note.rather(Side::Right));
    // Who is alone in the last turn is hardly seen.
    let last = bars.bars.iter().max_by_key(|bar| bar.flight.1);
    if let Some(last) = last.filter(|_| alone == 1 && turns > 1) {
        let at = (last.flight.1 as f64 * MS, last.lane as f64 + 0.5);
        let note = Note::needed("the last ping", at);
        panel.notes.push(note.rather(Side::Right));
    }
    panel
}

/// The time for all over the number of workers.
fn stairs(run: &Run<'_>, cells: &[Cell<'_>]) -> Panel {
    let guesses = run.guesses(ways::POOL.id, Quantity::Makespan);
    let workers = |cell: &Cell<'_>| cell.batch.concurrency;
    let (low, high) = STAIRS;
    let within = |cell: &Cell<'_>| (low..=high).contains(&workers(cell));
    let near: Vec<Cell<'_>> = cells.iter().copied().filter(within).collect();
    let (shown, low, high) = if near.is_empty() {
        let most = cells.iter().map(workers).max().unwrap_or(1);
        (cells.to_vec(), 1, most.max(high))
    } else {
        (near, low, high)
    };
    let place = |cell: &Cell<'_>| (workers(cell) as f64, cell.makespan() * MS);
    let requests = cells.first().map_or(0, |cell| cell.batch.requests);
    let steps = turn(cells).map(|each| steps(requests, each, low, high));
    let steps = steps.unwrap_or_default();
    let tallest = shown.iter().map(place).chain(steps.iter().copied());
    let tallest = tallest.map(|at| at.1).fold(0.0, f64::max);
    let x = Scale::between((low as f64, high as f64), (0.0, 1.0));
    let y = Scale::new(Steps::Linear, [1.1 * tallest], (0.0, 1.0));
    let tick =
        |workers: usize| Tick { value: workers as f64, text: number(workers) };
    // Where not all have room, the pair stays.
    let mut ticks: Vec<usize> = shown.iter().map(workers).collect();
    ticks.sort_by_key(|workers| (*workers != PAIR[1], *workers));
    let ticks = ticks.into_iter().map(tick).collect();
    let x = Axis::at("workers", x, ticks);
    let y = Axis::round("", y, " ms");
    let mut panel = Panel::new(x, y, Height::Standard);
    panel.title = "More workers".to_owned();
    panel.about = "the time for all falls in steps".to_owned();
    panel.layers.push(Layer::formula(steps, Paint::Ink));
    for cell in &shown {
        let of = cell.row.makespan_ns.as_ref();
        panel.layers.push(cell.symbol(place(cell), of, duration));
        let mut text = duration(cell.makespan());
        if workers(cell) == PAIR[1]
            && let Some(part) = saved(cells).filter(|part| *part > 0.0)
        {
            text = format!("{text}, {} less", percent(part));
        }
        let told = [PAIR[0], PAIR[1], LATER].contains(&workers(cell));
        let side =
            if workers(cell) == PAIR[1] { Side::Left } else { Side::Above };
        panel.notes.push(match told {
            true => Note::number(text, place(cell)).rather(side),
            false => Note::new(text, place(cell)),
        });
    }
    // Where the stairs are low, there is room for words.
    for (line, guess) in (0_u32..).zip(guesses) {
        let of = plural(guess.ask.concurrency, "worker");
        let height = (1.0 - 0.085 * f64::from(line)) * tallest;
        let note = Note::needed(guess.words(&of), (high as f64, height));
        panel.notes.push(note.rather(Side::Left));
    }
    panel
}

/// The corners of F2 between two numbers of workers.
fn steps(requests: usize, each: f64, low: usize, high: usize) -> Vec<At> {
    let mut steps: Vec<At> = Vec::new();
    for c in low..=high.min(4096) {
        let height = waves(requests, c, each) * MS;
        match steps.last().copied() {
            Some((_, last)) if last == height => {}
            Some((_, last)) => {
                steps.extend([(c as f64, last), (c as f64, height)]);
            }
            None => steps.push((c as f64, height)),
        }
    }
    let last = steps.last().copied();
    steps.extend(last.map(|(_, height)| (high.min(4096) as f64, height)));
    steps
}
