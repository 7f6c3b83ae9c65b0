//! Lesson 4: how many workers. F2 is a staircase.

use measurement::course::Quantity;
use measurement::course::formula::waves;
use measurement::summary::Summary;
use measurement::ways;

use super::content::{Formula, Guess, Panel};
use super::lines::{MS, across, makespans, of_quantity};
use super::measured::{Cell, at, cells, hedge, times_differ};
use super::told::{Chart, Told};
use crate::quantity::{duration, in_a_formula, percent};
use crate::scale::Steps;

pub(super) const TOLD: Told = Told {
    lesson: ways::POOL.id,
    finding,
    explain,
    chart: Chart::Panels { opening: "Ever more workers", panels },
    look_for: "Find the stairs. One more worker helps only where it saves a \
               whole turn, and the last turn is often nearly empty.",
};

fn finding(summary: &Summary) -> Option<String> {
    let cells = cells(summary, ways::POOL.id);
    let (before, after) = (at(&cells, 33)?, at(&cells, 34)?);
    let saved = 1.0 - after.makespan() / before.makespan();
    let steps = saved > 0.1 && times_differ(&before, &after);
    let later = at(&cells, 49);
    let nothing = later.filter(|later| {
        let near = (later.makespan() / after.makespan() - 1.0).abs() < 0.05;
        near || !times_differ(later, &after)
    });
    let step = format!(
        "One more worker (34 instead of 33) saves {}",
        percent(saved.max(0.0))
    );
    let hedge = hedge(&[before, after]);
    Some(match nothing {
        Some(_) if steps => {
            format!("{step}, 15 more nothing{hedge}")
        }
        _ if steps => format!("{step} of the time{hedge}"),
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
    for cell in [33, 34, 49].into_iter().filter_map(|c| at(&cells, c)) {
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

/// What one turn of lesson 4 takes, from ten workers.
fn turn(cells: &[Cell<'_>]) -> Option<f64> {
    let ten = at(cells, 10).or(cells.first().copied())?;
    let turns = waves(ten.batch.requests, ten.batch.concurrency, 1.0);
    Some(ten.makespan() / turns)
}

fn panels(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
    let cells = cells(summary, ways::POOL.id);
    let requests = cells.first().map_or(0, |cell| cell.batch.requests);
    let mut stairs: Vec<(f64, f64)> = Vec::new();
    if let Some(each) = turn(&cells) {
        let most = cells.iter().map(|cell| cell.batch.concurrency).max();
        for c in 1..=most.unwrap_or(1).min(4096) {
            let height = waves(requests, c, each) * MS;
            if let Some((_, last)) = stairs.last().copied() {
                if last == height {
                    continue;
                }
                stairs.push((c as f64, last));
            }
            stairs.push((c as f64, height));
        }
        if let Some((_, last)) = stairs.last().copied() {
            stairs.push((most.unwrap_or(1) as f64, last));
        }
    }
    vec![Panel {
        name: "milliseconds for all 100 pings",
        short: "ms for all 100",
        unit: " ms",
        across: "workers",
        steps: Steps::Log10,
        curves: vec![makespans(ways::POOL.id, &cells)],
        joined: false,
        step: step(&cells),
        formulas: vec![Formula {
            name: "F2: ⌈N/c⌉(L + o)", points: stairs
        }],
        guesses: of_quantity(guesses, Quantity::Makespan, MS),
    }]
}

/// What one worker more saves, from 33 to 34, if that is a step.
fn step(cells: &[Cell<'_>]) -> Option<([(f64, f64); 2], String)> {
    let pair = [at(cells, 33)?, at(cells, 34)?];
    let saved = 1.0 - pair[1].makespan() / pair[0].makespan();
    let ends = pair.map(|cell| (across(&cell) as f64, cell.makespan() * MS));
    let text = format!("33 to 34 workers: {} less", percent(saved));
    (saved > 0.1).then_some((ends, text))
}
