//! What stands in the panels of a lesson's chart.

use measurement::course::formula::{in_turn, thread_each, waves};
use measurement::course::{Ask, Quantity};
use measurement::statistics::Estimate;
use measurement::summary::{Note, Summary};

use super::explain::{of_f3, turn};
use super::measured::{Cell, at, cells};
use crate::curve::{Curve, Point};
use crate::error::ChartError;
use crate::memory::MIB;
use crate::quantity::percent;
use crate::scale::Steps;

/// All panels, and what is said of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Content {
    pub(crate) subtitle: String,
    pub(crate) panels: Vec<Panel>,
}

/// Lines over the number of pings, or of workers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Panel {
    /// What lies upwards.
    pub(crate) name: &'static str,
    /// The same on a telephone.
    pub(crate) short: &'static str,
    /// After its numbers.
    pub(crate) unit: &'static str,
    /// What lies to the right.
    pub(crate) across: &'static str,
    /// Which distances are equal, upwards and to the right.
    pub(crate) steps: Steps,
    pub(crate) curves: Vec<Curve>,
    /// Whether a line joins the points: not where a formula does.
    pub(crate) joined: bool,
    pub(crate) formulas: Vec<Formula>,
    /// What the reader predicted: to the right, and upwards.
    pub(crate) guesses: Vec<(f64, f64)>,
    /// Two neighbours that the finding is about, and what it says of them.
    pub(crate) step: Option<([(f64, f64); 2], String)>,
}

/// A line that nobody measured.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Formula {
    pub(crate) name: &'static str,
    /// From left to right.
    pub(crate) points: Vec<(f64, f64)>,
}

/// A number that the reader predicted, in the unit of its quantity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guess {
    pub(crate) ask: &'static Ask,
    pub(crate) value: f64,
}

const MS: f64 = 1e-6;

/// The panels of that lesson, of what was measured.
pub(crate) fn content(
    number: u8,
    summary: &Summary,
    guesses: &[Guess],
) -> Result<Content, ChartError> {
    let panels = match number {
        1 => sequential(summary, guesses),
        2 => threads(summary, guesses),
        4 => workers(summary, guesses),
        5 => tasks(summary, guesses),
        _ => Vec::new(),
    };
    let panels: Vec<Panel> = panels
        .into_iter()
        .filter(|panel| {
            panel.curves.iter().any(|curve| !curve.points.is_empty())
        })
        .collect();
    if panels.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    Ok(Content { subtitle: subtitle(number, &panels), panels })
}

fn subtitle(number: u8, panels: &[Panel]) -> String {
    let points = panels.iter().flat_map(|panel| &panel.curves);
    let rounds = points.flat_map(|curve| &curve.points);
    let rounds = rounds.map(|point| point.rounds.len()).max().unwrap_or(0);
    let what = match number {
        1 => "One after another; the server waits 137 ms before each answer.",
        2 => {
            "A thread for each ping, all at once; the server waits 137 ms \
             before each answer."
        }
        4 => "100 pings; the server waits 50 ms before each answer.",
        _ => "All at once; the server waits 500 ms before each answer.",
    };
    let rounds = match rounds {
        1 => "one round".to_owned(),
        rounds => format!("medians of {rounds} rounds"),
    };
    let formula = match panels.iter().any(|panel| !panel.formulas.is_empty()) {
        true => "; dotted: the formula",
        false => "",
    };
    format!("{what} Points: {rounds}{formula}.")
}

/// A curve of an estimate of each cell, `factor` times as large.
fn curve<'a>(
    name: &str,
    cells: &[Cell<'a>],
    estimate: impl Fn(&Cell<'a>) -> Option<&'a Estimate>,
    factor: impl Fn(&Cell<'a>) -> f64,
) -> Curve {
    let point = |cell: &Cell<'a>| {
        let of = estimate(cell)?;
        let point = Point::new(across(cell), cell.row, of, factor(cell))?;
        (point.middle > 0.0).then_some(point)
    };
    let points = cells.iter().filter_map(point).collect();
    Curve { strategy: name.to_owned(), points }
}

/// A curve of a number of each cell that is none of many.
fn counts<'a>(
    name: &str,
    cells: &[Cell<'a>],
    count: impl Fn(&Cell<'a>) -> Option<f64>,
) -> Curve {
    let point = |cell: &Cell<'a>| {
        let middle = count(cell).filter(|x| x.is_finite() && *x > 0.0)?;
        Some(Point {
            level: across(cell) as f64,
            middle,
            interval: None,
            rounds: vec![middle; cell.row.valid],
            predicted: None,
            disturbed: cell.row.notes.contains(&Note::Disturbed),
        })
    };
    let points = cells.iter().filter_map(point).collect();
    Curve { strategy: name.to_owned(), points }
}

/// Where a cell lies from left to right: by its workers, or where there are as
/// many as pings, or one, by its pings.
fn across(cell: &Cell<'_>) -> usize {
    match cell.batch.concurrency {
        1 if cell.row.strategy == "sequential" => cell.batch.requests,
        level => level,
    }
}

fn makespans(name: &str, cells: &[Cell<'_>]) -> Curve {
    curve(name, cells, |cell| cell.row.makespan_ns.as_ref(), |_| MS)
}

fn of_quantity(
    guesses: &[Guess],
    quantity: Quantity,
    factor: f64,
) -> Vec<(f64, f64)> {
    let own = guesses.iter().filter(|g| g.ask.quantity == quantity);
    own.map(|guess| {
        let Ask { concurrency, requests, .. } = *guess.ask;
        let across = if concurrency == 1 { requests } else { concurrency };
        (across as f64, guess.value * factor)
    })
    .collect()
}

/// From the least to the most, evenly in ratio: enough for a smooth line.
fn spread(cells: &[Cell<'_>]) -> Vec<f64> {
    const STEPS: u32 = 14;
    let all = || cells.iter().map(|cell| across(cell) as f64);
    let (low, high) =
        (all().fold(f64::INFINITY, f64::min), all().fold(1.0, f64::max));
    if low >= high {
        return Vec::new();
    }
    let at = |i| low * (high / low).powf(f64::from(i) / f64::from(STEPS));
    (0..=STEPS).map(at).collect()
}

fn sequential(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
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

fn threads(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
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

fn workers(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
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
fn step(cells: &[Cell<'_>]) -> Option<([(f64, f64); 2], String)> {
    let pair = [at(cells, 33)?, at(cells, 34)?];
    let saved = 1.0 - pair[1].makespan() / pair[0].makespan();
    let ends = pair.map(|cell| (across(&cell) as f64, cell.makespan() * MS));
    let text = format!("33 to 34 workers: {} less", percent(saved));
    (saved > 0.1).then_some((ends, text))
}

fn tasks(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
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
