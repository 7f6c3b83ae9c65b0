//! Lesson 8: what retries do to the server, and what manners do to retries.

use measurement::course::formula::with_retries;
use measurement::course::{Failing, lesson};
use measurement::record::{Act, Outcome, Trial};
use measurement::summary::Summary;
use measurement::ways;

use super::arrivals::{self, Limit, Strategy};
use super::content::Guess;
use super::measured::{Cell, cells, hedge};
use super::told::{Chart, Told};
use super::words::pings;
use crate::Footer;
use crate::error::ChartError;
use crate::quantity::{duration, mean, whole};
use crate::scene::Scene;

pub(super) const TOLD: Told = Told {
    lesson: ways::GOOD_MANNERS.id,
    finding,
    explain,
    chart: Chart::Lanes(scenes),
    look_for: "Look at the spikes: in each, pings that failed together come \
               back together. Jitter and a rate spread them out, and with the \
               budget there are fewer of them.",
};

const IN_STEP: &str = ways::IN_STEP.id;
const SPREAD: &str = ways::SPREAD.id;
const GOOD: &str = ways::GOOD_MANNERS.id;

/// What goes wrong in the lesson's cells of this strategy.
fn failing(strategy: &str) -> Option<Failing> {
    let cells = lesson(8)?.cells.iter();
    cells.filter(|cell| cell.strategy == strategy).find_map(|cell| cell.failing)
}

/// What F10 says, or the budget if that is less.
fn limit(strategy: &str, requests: usize) -> Option<Limit> {
    let failing = failing(strategy)?;
    let n = requests as f64;
    let f10 = with_retries(n, failing.share(), failing.manners.retries);
    let budget = failing.manners.budget_percent;
    let budget = budget.map(|more| n * (1.0 + f64::from(more) / 100.0));
    Some(match budget.filter(|most| *most < f10) {
        Some(most) => Limit { name: "budget", requests: most },
        None => Limit { name: "F10", requests: f10 },
    })
}

fn seen(cell: &Cell<'_>) -> Option<f64> {
    Some(cell.row.requests_seen.as_ref()?.median)
}

/// The most in 10 ms, of all rounds.
fn at_most(cell: &Cell<'_>) -> Option<f64> {
    Some(cell.row.most_arrivals.as_ref()?.max)
}

fn finding(summary: &Summary) -> Option<String> {
    let rude = *cells(summary, IN_STEP).first()?;
    let good = *cells(summary, GOOD).first()?;
    Some(format!(
        "Retries in step make {} requests of {}, good manners {}{}",
        whole(seen(&rude)?),
        pings(rude.batch.requests),
        whole(seen(&good)?),
        hedge(&[rude, good])
    ))
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let rude = *cells(summary, IN_STEP).first()?;
    let failing = failing(IN_STEP)?;
    let (n, p) = (rude.batch.requests, failing.share());
    let retries = failing.manners.retries;
    let mut lines = vec![format!(
        "F10, N(1 − p^(r+1))/(1 − p): {n} pings, p = {p} and {retries} \
         retries at most make {} requests on average; measured {}.",
        mean(with_retries(rude.n(), p, retries)),
        whole(seen(&rude)?),
    )];
    if let Some((rude, good)) =
        at_most(&rude).zip(cells(summary, GOOD).first().and_then(at_most))
    {
        lines.push(format!(
            "In the busiest 10 ms, {} requests arrive with retries in \
             step, and {} with good manners.",
            whole(rude),
            whole(good)
        ));
    }
    if let Some(spread) = cells(summary, SPREAD).first() {
        lines.push(format!(
            "Jitter and a rate do not change how many requests come, but \
             when: {} of them, in {} instead of {}.",
            whole(seen(spread)?),
            duration(spread.makespan()),
            duration(rude.makespan()),
        ));
    }
    if let Some(good) = cells(summary, GOOD).first() {
        let limit = limit(GOOD, good.batch.requests)?;
        lines.push(format!(
            "The budget allows {} requests; measured {}. A ping that \
             fails after that is not tried again.",
            whole(limit.requests),
            whole(seen(good)?),
        ));
    }
    Some(lines)
}

/// When the requests of each strategy came.
fn scenes(
    summary: &Summary,
    trials: &[Trial],
    guesses: &[Guess],
    title: &str,
    footer: &Footer,
) -> Result<[Scene; 2], ChartError> {
    let batch = summary.of_act(Act::Lesson).next();
    let batch = batch.ok_or(ChartError::NothingMeasured)?;
    let strategies = batch.rows.iter().filter_map(|row| {
        let trial =
            trials.iter().find(|t| Some(t.trial) == row.median_trial)?;
        let Outcome::Measured(measured) = &trial.outcome else { return None };
        let arrivals = measured.arrivals.as_slice();
        (!arrivals.is_empty()).then(|| Strategy {
            row,
            arrivals,
            requests: measured.server.requests as f64,
            limit: limit(&row.strategy, batch.requests),
            guesses: (guesses.iter().copied())
                .filter(|guess| guess.ask.strategy == row.strategy)
                .collect(),
        })
    });
    let strategies: Vec<Strategy<'_>> = strategies.collect();
    if strategies.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    Ok(arrivals::layout(&strategies, title, footer))
}
