//! Lesson 3: fixed shares, or whoever is free takes the next.

use std::num::NonZeroUsize;

use measurement::course::Quantity;
use measurement::makespan;
use measurement::record::Act;
use measurement::summary::{Batch, Summary};
use measurement::ways;

use super::guess::widened;
use super::measured::{MS, cells, hedge, medians, times_differ};
use super::told::{Drawing, Guess, Run, Told};
use crate::bars::Bars;
use crate::error::ChartError;
use crate::finding::longer;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::picked::{Picked, picked};
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{capital, count, duration, factor, in_a_formula};
use crate::scale::{Scale, Steps};

pub(super) const TOLD: Told = Told {
    lesson: ways::SHARES.id,
    finding,
    explain,
    draw,
    look_for: "Look for the slot that is empty at its end: its thread has \
               nothing left to do, and may not take from the other's share.",
};

fn finding(summary: &Summary) -> Option<String> {
    let fixed = *cells(summary, ways::SHARES.id).first()?;
    let cursor = *cells(summary, ways::CURSOR.id).first()?;
    let ratio = fixed.makespan() / cursor.makespan();
    let [one, other] = [ways::SHARES, ways::CURSOR];
    let found = match times_differ(&fixed, &cursor) {
        true => longer(one.id, ratio, other.id),
        false => {
            format!("{} or {}: no visible difference", one.short, other.short)
        }
    };
    Some(format!(
        "{} with {} threads{}",
        capital(&found),
        count(fixed.batch.concurrency),
        hedge(&[fixed, cursor])
    ))
}

/// How many times as long shares take, where the rounds keep both apart and
/// the title says it.
fn slower(summary: &Summary) -> Option<f64> {
    let fixed = *cells(summary, ways::SHARES.id).first()?;
    let cursor = *cells(summary, ways::CURSOR.id).first()?;
    let ratio = fixed.makespan() / cursor.makespan();
    (times_differ(&fixed, &cursor) && ratio >= 1.15).then_some(ratio)
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let fixed = *cells(summary, ways::SHARES.id).first()?;
    let cursor = *cells(summary, ways::CURSOR.id).first()?;
    let waits = fixed.batch.waits.of(fixed.batch.requests);
    let threads = fixed.at_once()?;
    let largest = makespan::shares(&waits, threads) as f64;
    let queue = makespan::queue(&waits, threads) as f64;
    Some(vec![
        format!(
            "F8, shares: T is the largest share's sum, {}; measured {}.",
            duration(largest),
            in_a_formula(fixed.makespan()),
        ),
        format!(
            "F8, whoever is free takes the next: {}, and no way of sharing is \
             faster than {}; measured {}.",
            duration(queue),
            duration(fixed.batch.bound_ns as f64),
            in_a_formula(cursor.makespan()),
        ),
    ])
}

/// Who did which ping when, and what each thread's waits add up to.
fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let batch = run.summary.of_act(Act::Lesson).next();
    let batch = batch.ok_or(ChartError::NothingMeasured)?;
    let rows = picked(batch, run.trials, 4, |_| true)?;
    let concurrency =
        NonZeroUsize::new(batch.concurrency).unwrap_or(NonZeroUsize::MIN);
    let bars: Vec<Bars> = rows
        .iter()
        .map(|own| Bars::new(&own.row.strategy, own.measured, concurrency))
        .collect();
    let ends = bars.iter().map(|own| own.end_ns).max().unwrap_or(0);
    let longest = ends.max(batch.bound_ns) as f64 * MS;
    let guesses = run.guesses.iter().map(|guess| guess.value * MS);
    // Room for a number behind the last bar.
    let most = 1.25 * widened(longest, guesses);
    let panels = rows.iter().zip(&bars);
    let panels: Vec<Panel> =
        panels.map(|(own, bars)| panel(run, batch, own, bars, most)).collect();
    let earliest = duration(batch.bound_ns as f64);
    let key = vec![
        Item::new(Sample::Bar(Paint::of_strategy(ways::SHARES.id)), "a ping"),
        Item::new(Sample::Idle, "the thread has nothing to do"),
        Item::new(Sample::Rule, format!("earliest possible end: {earliest}")),
    ];
    let waits = batch.waits.of(batch.requests);
    let longest = waits.iter().copied().max().unwrap_or(0);
    let subtitle = format!(
        "{} pings on {} threads; the server waits {} before one answer, and \
         less before the others. {}",
        capital(&count(batch.requests)),
        count(batch.concurrency),
        duration(longest as f64),
        medians(&cells(run.summary, &rows[0].row.strategy)),
    );
    Ok(run.drawing(panels, true, key, subtitle))
}

fn panel(
    run: &Run<'_>,
    batch: &Batch,
    own: &Picked<'_>,
    bars: &Bars,
    most: f64,
) -> Panel {
    let name = &own.row.strategy;
    let waits = batch.waits.of(bars.bars.len());
    let lanes = bars.lanes as f64;
    let mut names: Vec<String> =
        (1..=bars.lanes).map(|lane| format!("thread {lane}")).collect();
    let guesses: Vec<Guess> = run.guesses(name, Quantity::Makespan).collect();
    names.extend(guesses.iter().map(|_| String::new()));
    let x = Scale::new(Steps::Linear, [most], (0.0, 1.0));
    let x = Axis::round("", x, " ms");
    let height = Height::Rows(names.len(), 2);
    let mut panel = Panel::new(x, Axis::rows(&names), height);
    panel.title = ways::name(name).to_owned();
    panel.about = crate::strategy::look(name).to_owned();
    let end = bars.end_ns as f64 * MS;
    let over = own.row.makespan_ns.as_ref();
    let over = over.map_or(bars.end_ns as f64, |own| own.median);
    for (row, lane) in (0_u32..).zip(0..bars.lanes) {
        let row = f64::from(row);
        let (upper, lower) = (row + 0.08, row + 0.92);
        panel.layers.push(Layer::bar((0.0, upper), (end, lower), Paint::Idle));
        let mut busy = 0.0_f64;
        let mut shares = Vec::new();
        let pings = bars.bars.iter().zip(&waits);
        for (bar, wait) in pings.filter(|(bar, _)| bar.lane == lane) {
            let (from, to) = bar.flight;
            let (from, to) = (from as f64 * MS, to as f64 * MS);
            let wait = *wait as f64;
            let paint = Paint::of_strategy(name);
            let hover = format!(
                "{}, thread {}: a ping of {}",
                ways::name(name),
                lane + 1,
                duration(wait)
            );
            let (from, to) = ((from, upper), (to, lower));
            panel.layers.push(if bar.failed {
                Layer::Hollow { from, to, paint, hover }
            } else {
                Layer::Bar { from, to, paint, hover }
            });
            // Two pings one after the other must stay two to the eye.
            let points = vec![(to.0, upper), (to.0, lower)];
            panel.layers.push(Layer::line(points, Paint::Background));
            busy = busy.max(to.0);
            shares.push(wait);
        }
        let text = sum(&shares);
        panel.notes.push(if end - busy > 0.4 * end {
            let note = Note::needed(text, (busy, row + 0.5));
            note.rather(Side::Along).on(Paint::Idle)
        } else {
            let note = Note::needed(text, (busy / 2.0, row + 0.5));
            note.rather(Side::Over)
        });
    }
    let bound = batch.bound_ns as f64 * MS;
    panel.layers.push(Layer::rule((bound, 0.0), (bound, lanes)));
    let ratio = slower(run.summary).filter(|_| *name == ways::SHARES.id);
    let told = [Some(duration(over)), ratio.map(factor)];
    for (line, text) in (0_u32..).zip(told.into_iter().flatten()) {
        let at = (end, lanes / 2.0 - 0.5 + 0.45 * f64::from(line));
        panel.notes.push(Note::number(text, at).rather(Side::Right));
    }
    for guess in guesses {
        let lane = (lanes + 0.2, lanes + 0.8);
        guess.bar("for all", &mut panel, guess.value * MS, lane);
    }
    panel
}

/// Such as `500 + 4 × 50 = 700 ms`, of waits in nanoseconds.
fn sum(waits: &[f64]) -> String {
    if waits.is_empty() {
        return "nothing to do".to_owned();
    }
    let mut runs: Vec<(usize, f64)> = Vec::new();
    for wait in waits {
        match runs.last_mut() {
            Some((count, same)) if same == wait => *count += 1,
            _ => runs.push((1, *wait)),
        }
    }
    let total = waits.iter().sum::<f64>();
    let [one] = runs.as_slice() else {
        let parts = runs.iter().map(|(count, wait)| part(*count, *wait));
        let parts: Vec<String> = parts.collect();
        return format!("{} = {}", parts.join(" + "), duration(total));
    };
    match one {
        (1, wait) => duration(*wait),
        (count, wait) => {
            format!("{} = {}", part(*count, *wait), duration(total))
        }
    }
}

fn part(count: usize, wait: f64) -> String {
    let wait = duration(wait);
    let wait = wait.trim_end_matches(" ms");
    if count == 1 { wait.to_owned() } else { format!("{count} × {wait}") }
}
