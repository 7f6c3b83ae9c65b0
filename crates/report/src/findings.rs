//! What a run has found, in sentences.

#[cfg(test)]
mod tests;
mod why_not;

use std::collections::HashSet;

use charts::{Found, Untold};
use measurement::quantity::{plural, seconds, whole};
use measurement::record::Act;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

/// What a run has found, a sentence each, the most important first; and at
/// the end what it cannot tell, why not, and what to do about it.
pub fn findings(summary: &Summary) -> Vec<String> {
    let (told, untold): (Vec<Found>, Vec<Found>) =
        found(summary).into_iter().partition(|found| found.untold.is_none());
    let mut findings: Vec<String> =
        told.into_iter().map(|found| found.words).collect();
    // Two charts may have the same to say.
    let mut said = HashSet::new();
    findings.retain(|finding| said.insert(finding.clone()));
    let untold: Vec<Untold> =
        untold.into_iter().filter_map(|found| found.untold).collect();
    findings.extend(why_not::refusals(summary, &untold));
    let asked = why_not::is_own_question(summary);
    findings.extend(asked.then(|| why_not::few_in_flight(summary)).flatten());
    if findings.is_empty() {
        findings.push(why_not::nothing(summary));
    }
    findings
}

fn found(summary: &Summary) -> Vec<Found> {
    let batch = |act| summary.of_act(act).next();
    let book = batch(Act::Book);
    let uneven = summary.uneven();
    let sweep = batch(Act::Sweep).map(|_| summary);
    let no_waits = batch(Act::NoWaits).map(|_| summary);
    let memory = batch(Act::Memory).map(|_| summary);
    // The acts of a plain run compare strategies elsewhere.
    let asked = sweep.filter(|_| why_not::is_own_question(summary));
    let differences = asked.map(charts::found_differences);
    let first = [
        book.map(|batch| charts::finding_book(batch).into()),
        uneven.map(charts::found_uneven),
        sweep.map(|summary| charts::finding_speed_up(summary).into()),
    ];
    let further = [
        no_waits.or(asked).map(charts::found_cpu_cost),
        memory.map(charts::found_memory),
        sweep
            .filter(|summary| has_ends(summary))
            .map(|summary| charts::finding_efficiency(summary).into()),
        book.and_then(languages).map(Found::from),
        uneven.and_then(threads).map(Found::from),
    ];
    let first = first.into_iter().flatten();
    let differences = differences.into_iter().flatten();
    first.chain(differences).chain(further.into_iter().flatten()).collect()
}

/// Whether there is an earliest possible end: not where nothing waits.
fn has_ends(summary: &Summary) -> bool {
    let mut rows = summary.of_act(Act::Sweep).flat_map(|batch| &batch.rows);
    rows.any(|row| row.efficiency.is_some())
}

/// Waiting takes as long in every language.
fn languages(batch: &Batch) -> Option<String> {
    let rust = makespan(batch, ways::ONE_BY_ONE.id)?;
    let python = makespan(batch, ways::PYTHON.id)?;
    Some(format!(
        "One by one, Rust takes {} for {}, Python {} (measured once)",
        seconds(rust),
        plural(batch.requests, "ping"),
        seconds(python)
    ))
}

/// What it takes to have so many in flight.
fn threads(batch: &Batch) -> Option<String> {
    let pool = row(batch, ways::POOL.id)?.threads?;
    let tasks = row(batch, ways::TASKS.id)?.threads?;
    Some(format!(
        "With {} in flight the pool has {} threads, tasks have {}",
        batch.concurrency,
        whole(pool),
        whole(tasks)
    ))
}

fn makespan(batch: &Batch, strategy: &str) -> Option<f64> {
    Some(row(batch, strategy)?.makespan_ns.as_ref()?.median)
}

fn row<'a>(batch: &'a Batch, strategy: &str) -> Option<&'a Row> {
    batch.rows.iter().find(|row| row.strategy == strategy)
}
