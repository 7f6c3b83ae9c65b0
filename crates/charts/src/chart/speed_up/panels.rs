//! The panels, from the numbers of a run.

use measurement::record::Act;
use measurement::summary::{Row, Summary};
use measurement::ways;

use super::bars::bars;
use super::lines::{Lines, key};
use super::regime::{Kind, Regime};
use crate::curve::sweep;
use crate::error::ChartError;
use crate::plot::Plot;
use crate::quantity::from_to;

/// The lines, the bars of all strategies where they differ, and what is to be
/// known of them.
pub(crate) fn plot(summary: &Summary) -> Result<(Plot, String), ChartError> {
    let regimes = regimes(summary)?;
    if regimes.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    let lines = Lines::new(&regimes);
    let mut panels = vec![lines.panel()];
    let alone = regimes.len() == 1;
    // With even waits all are alike.
    let differ = |one: &&Regime<'_>| alone || one.kind != Kind::Even;
    let compared: Vec<&Regime<'_>> = regimes.iter().filter(differ).collect();
    panels.extend(bars(&compared));
    let key = key(&lines);
    let subtitle = subtitle(&regimes);
    let plot = Plot { panels, key, one_scale: false, stacked: false };
    Ok((plot, subtitle))
}

/// Each kind of waits that there is data for.
fn regimes(summary: &Summary) -> Result<Vec<Regime<'_>>, ChartError> {
    let even = Regime::new(Kind::Even, sweep(summary), |row: &Row| {
        summary.is_over_levels(&row.strategy)
    })?;
    let uneven = summary.of_act(Act::Uneven).collect();
    let uneven = Regime::new(Kind::Uneven, uneven, |row| {
        !ways::is_by_hand(&row.strategy)
    })?;
    let awake = summary.no_waits().and_then(|batch| batch.kept_awake);
    let none = summary.of_act(Act::NoWaits);
    let none = none.filter(|batch| batch.kept_awake == awake).collect();
    let none = Regime::new(Kind::None, none, |row| {
        ways::is_concurrent_lesson(&row.strategy)
            || ways::is_one_by_one(&row.strategy)
    })?;
    Ok([even, uneven, none].into_iter().flatten().collect())
}

/// What all is compared with, and of how many rounds it is.
fn subtitle(regimes: &[Regime<'_>]) -> String {
    let counts = || {
        let points = regimes.iter().flat_map(Regime::points);
        points.map(|(_, point)| point.rounds.len())
    };
    let least = counts().min().unwrap_or(0).to_string();
    let most = counts().max().unwrap_or(0).to_string();
    let rounds = if least == most { most } else { from_to(&least, &most) };
    format!(
        "Even waits: the server waits equally long before each answer. \
         Medians of {rounds} rounds."
    )
}
