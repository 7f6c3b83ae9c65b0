//! Lesson 3: fixed shares, or whoever is free takes the next.

use std::num::NonZeroUsize;

use measurement::course::Quantity;
use measurement::makespan;
use measurement::record::{Act, Trial};
use measurement::summary::Summary;
use measurement::ways;

use super::content::Guess;
use super::measured::{cells, hedge, times_differ};
use super::told::{Chart, Told};
use crate::Footer;
use crate::chart::waterfall;
use crate::error::ChartError;
use crate::finding::longer;
use crate::quantity::{capital, count, duration, in_a_formula};
use crate::scene::Scene;

pub(super) const TOLD: Told = Told {
    lesson: ways::SHARES.id,
    finding,
    explain,
    chart: Chart::Lanes(lanes),
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

/// Lesson 3: who did which ping when.
fn lanes(
    summary: &Summary,
    trials: &[Trial],
    guesses: &[Guess],
    title: &str,
    footer: &Footer,
) -> Result<[Scene; 2], ChartError> {
    let batch = summary.of_act(Act::Lesson).next();
    let batch = batch.ok_or(ChartError::NothingMeasured)?;
    let mut panels = waterfall::panels(batch, trials)?;
    for panel in &mut panels {
        let mut own = guesses.iter().filter(|guess| {
            guess.ask.strategy == panel.name
                && guess.ask.quantity == Quantity::Makespan
        });
        panel.predicted_ns = own.next().map(|guess| guess.value);
        // Of a shared cursor F8 says the bound, which is drawn anyway.
        let waits = batch.waits.of(batch.requests);
        panel.formula_ns = NonZeroUsize::new(batch.concurrency)
            .filter(|_| panel.name == ways::SHARES.id)
            .map(|threads| makespan::shares(&waits, threads))
            .filter(|ns| *ns > batch.bound_ns);
    }
    Ok(waterfall::scenes(batch, &panels, title, footer))
}
