//! What stands in the panels of a lesson's chart.

use measurement::course::Ask;
use measurement::record::Act;
use measurement::summary::Summary;

use super::panels::{sequential, tasks, threads, workers};
use crate::curve::Curve;
use crate::error::ChartError;
use crate::quantity::{milliseconds, plural};
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
    Ok(Content { subtitle: subtitle(number, summary, &panels), panels })
}

fn subtitle(number: u8, summary: &Summary, panels: &[Panel]) -> String {
    let batch = summary.of_act(Act::Lesson).next();
    let waits = batch.map(|batch| batch.waits.list()).unwrap_or_default();
    let wait = milliseconds(waits.first().copied().unwrap_or(0) as f64);
    let requests = batch.map_or(0, |batch| batch.requests);
    let points = panels.iter().flat_map(|panel| &panel.curves);
    let rounds = points.flat_map(|curve| &curve.points);
    let rounds = rounds.map(|point| point.rounds.len()).max().unwrap_or(0);
    let what = match number {
        1 => "One after another".to_owned(),
        2 => "A thread for each ping, all at once".to_owned(),
        4 => plural(requests, "ping"),
        _ => "All at once".to_owned(),
    };
    let what = format!("{what}; the server waits {wait} before each answer.");
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
