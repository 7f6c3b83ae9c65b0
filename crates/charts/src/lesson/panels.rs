//! The panels of each lesson.

use measurement::course::Quantity;
use measurement::course::formula::{in_turn, thread_each, waves};
use measurement::summary::Summary;

use super::content::{Formula, Guess, Panel};
use super::explain::{of_f3, turn};
use super::lines::{MS, across, counts, curve, makespans, of_quantity, spread};
use super::measured::{Cell, at, cells};
use crate::curve::Curve;
use crate::memory::MIB;
use crate::quantity::percent;
use crate::scale::Steps;

pub(super) fn sequential(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
    let cells = cells(summary, "sequential");
    let cpu = curve(
        "processor time",
        &cells,
        |cell| cell.row.cpu_per_request_ns.as_ref(),
        |cell| cell.n() * MS,
    );
    let each = cells.first().map_or(0.0, |cell| cell.makespan() / cell.n());
    let f1 = |n: f64| (n, in_turn(n, each) * MS);
    let mut own = of_quantity(guesses, Quantity::Makespan, MS);
    own.extend(of_quantity(guesses, Quantity::Cpu, MS));
    let ends = spread(&cells);
    let ends = ends.first().into_iter().chain(ends.last());
    vec![Panel {
        name: "milliseconds for all pings",
        short: "ms for all",
        unit: " ms",
        across: "pings, one after another",
        steps: Steps::Log10,
        curves: vec![makespans("sequential", &cells), cpu],
        joined: false,
        step: None,
        formulas: vec![Formula {
            name: "F1: N(L + o)",
            points: ends.map(|n| f1(*n)).collect(),
        }],
        guesses: own,
    }]
}

pub(super) fn threads(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
    let cells = cells(summary, "threads");
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
    let peak = counts("threads", &cells, |cell| {
        Some(cell.row.peak_in_flight?.1 as f64)
    });
    vec![
        Panel {
            name: "milliseconds for all pings",
            short: "ms for all",
            unit: " ms",
            across: "pings, a thread each",
            steps: Steps::Log10,
            curves: vec![makespans("threads", &cells)],
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

pub(super) fn workers(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
    let cells = cells(summary, "worker-pool");
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
        curves: vec![makespans("worker-pool", &cells)],
        joined: false,
        step: step(&cells),
        formulas: vec![Formula {
            name: "F2: ⌈N/c⌉(L + o)", points: stairs
        }],
        guesses: of_quantity(guesses, Quantity::Makespan, MS),
    }]
}

/// What one worker more saves, from 33 to 34, if that is a step.
pub(super) fn step(cells: &[Cell<'_>]) -> Option<([(f64, f64); 2], String)> {
    let pair = [at(cells, 33)?, at(cells, 34)?];
    let saved = 1.0 - pair[1].makespan() / pair[0].makespan();
    let ends = pair.map(|cell| (across(&cell) as f64, cell.makespan() * MS));
    let text = format!("33 to 34 workers: {} less", percent(saved));
    (saved > 0.1).then_some((ends, text))
}

pub(super) fn tasks(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
    let both =
        ["threads", "async-tasks"].map(|name| (name, cells(summary, name)));
    let each = |make: &dyn Fn(&str, &[Cell<'_>]) -> Curve| -> Vec<Curve> {
        let curves = both.iter().map(|(name, cells)| make(name, cells));
        curves.filter(|curve| !curve.points.is_empty()).collect()
    };
    let memory = |name: &str, cells: &[Cell<'_>]| {
        curve(
            name,
            cells,
            |cell| cell.row.peak_rss_bytes.as_ref(),
            |_| 1.0 / MIB,
        )
    };
    let threads = |name: &str, cells: &[Cell<'_>]| {
        counts(name, cells, |cell| cell.row.threads)
    };
    let panel = |name, short, unit, curves, guesses| Panel {
        name,
        short,
        unit,
        across: "pings at once",
        // From 0: so much more is so much higher.
        steps: Steps::Linear,
        curves,
        joined: true,
        step: None,
        formulas: Vec::new(),
        guesses,
    };
    vec![
        panel(
            "milliseconds for all",
            "ms for all",
            " ms",
            each(&makespans),
            of_quantity(guesses, Quantity::Makespan, MS),
        ),
        panel(
            "MiB at the peak",
            "MiB at peak",
            " MiB",
            each(&memory),
            of_quantity(guesses, Quantity::Memory, 1.0 / MIB),
        ),
        panel(
            "threads",
            "threads",
            "",
            each(&threads),
            of_quantity(guesses, Quantity::Threads, 1.0),
        ),
    ]
}
