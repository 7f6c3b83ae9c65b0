//! What stands in the panels of a lesson's chart.

use measurement::course::Ask;
use measurement::record::Act;
use measurement::summary::Summary;

use crate::curve::Curve;
use crate::error::ChartError;
use crate::quantity::duration;
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

/// These panels, those of which something was measured, and what is said above
/// them.
pub(super) fn content(
    summary: &Summary,
    opening: &str,
    panels: Vec<Panel>,
) -> Result<Content, ChartError> {
    let panels: Vec<Panel> = panels
        .into_iter()
        .filter(|panel| {
            panel.curves.iter().any(|curve| !curve.points.is_empty())
        })
        .collect();
    if panels.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    Ok(Content { subtitle: subtitle(summary, opening, &panels), panels })
}

fn subtitle(summary: &Summary, opening: &str, panels: &[Panel]) -> String {
    let batch = summary.of_act(Act::Lesson).next();
    let waits = batch.map(|batch| batch.waits.list()).unwrap_or_default();
    let wait = duration(waits.first().copied().unwrap_or(0) as f64);
    let points = panels.iter().flat_map(|panel| &panel.curves);
    let rounds = points.flat_map(|curve| &curve.points);
    let rounds = rounds.map(|point| point.rounds.len()).max().unwrap_or(0);
    let rounds = match rounds {
        1 => "one round".to_owned(),
        rounds => format!("medians of {rounds} rounds"),
    };
    let formula = match panels.iter().any(|panel| !panel.formulas.is_empty()) {
        true => "; dotted: the formula",
        false => "",
    };
    format!(
        "{opening}; the server waits {wait} before each answer. Points: \
         {rounds}{formula}."
    )
}
