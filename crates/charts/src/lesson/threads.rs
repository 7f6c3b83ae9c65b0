//! Lesson 2: what a thread for each ping buys, and what it costs.

use measurement::course::Quantity;
use measurement::course::formula::{in_turn, spawn_from, thread_each};
use measurement::summary::Summary;
use measurement::ways;

use super::content::{Formula, Guess, Panel};
use super::lines::{MS, counts, makespans, of_quantity, spread};
use super::measured::{Cell, cells, hedge, times_differ};
use super::told::{Chart, Told};
use super::words::pings;
use crate::quantity::{capital, duration, factor, in_a_formula, number};
use crate::scale::Steps;

pub(super) const TOLD: Told = Told {
    lesson: ways::WAVES.id,
    finding,
    explain,
    chart: Chart::Panels {
        opening: "A thread for each ping, all at once",
        panels,
    },
    look_for: "Follow the points to the right: they stay level as long as \
               spawning takes little beside the wait. The line of one after \
               another climbs.",
};

fn finding(summary: &Summary) -> Option<String> {
    let cells = cells(summary, ways::WAVES.id);
    let (first, last) = (*cells.first()?, *cells.last()?);
    if cells.len() < 2 {
        return None;
    }
    let how_long = match times_differ(&first, &last) {
        true => {
            format!("{} as long", factor(last.makespan() / first.makespan()))
        }
        false => "no longer".to_owned(),
    };
    let than = if how_long == "no longer" { "than" } else { "as" };
    let [many, few] = [&last, &first].map(|cell| cell.batch.requests);
    Some(format!(
        "{} on {} threads take {how_long} {than} {few} on {few}{}",
        capital(&pings(many)),
        number(many),
        hedge(&[first, last]),
        few = number(few),
    ))
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

fn panels(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
    let cells = cells(summary, ways::WAVES.id);
    let spread = spread(&cells);
    let mut formulas = Vec::new();
    if let Some((spawn, each)) = of_f3(&cells) {
        let f1 = |n: &f64| (*n, in_turn(*n, each) * MS);
        let ends = spread.first().into_iter().chain(spread.last());
        formulas.push(Formula {
            name: "F1: one after another",
            points: ends.map(f1).collect(),
        });
        let f3 = |n: &f64| (*n, thread_each(*n, spawn, each) * MS);
        formulas.push(Formula {
            name: "F3: N·t_spawn + (L + o)",
            points: spread.iter().map(f3).collect(),
        });
    }
    let peak = counts(ways::WAVES.id, &cells, |cell| {
        Some(cell.row.peak_in_flight?.1 as f64)
    });
    vec![
        Panel {
            name: "milliseconds for all pings",
            short: "ms for all",
            unit: " ms",
            across: "pings, a thread each",
            steps: Steps::Log10,
            curves: vec![makespans(ways::WAVES.id, &cells)],
            joined: false,
            step: None,
            formulas,
            guesses: of_quantity(guesses, Quantity::Makespan, MS),
        },
        Panel {
            name: "in flight at the server, at the peak",
            short: "peak in flight",
            unit: "",
            across: "pings",
            steps: Steps::Log10,
            curves: vec![peak],
            joined: true,
            step: None,
            formulas: Vec::new(),
            guesses: Vec::new(),
        },
    ]
}
