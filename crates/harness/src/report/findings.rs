//! What a run has found, in sentences.

use std::collections::HashSet;

use measurement::quantity::{plural, seconds, whole};
use measurement::record::Act;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

/// What a run has found, a sentence each, the most important first.
pub fn findings(summary: &Summary) -> Vec<String> {
    let batch = |act| summary.of_act(act).next();
    let book = batch(Act::Book);
    let uneven = batch(Act::Uneven);
    let sweep = batch(Act::Sweep).map(|_| summary);
    let no_waits = batch(Act::NoWaits).map(|_| summary);
    let memory = batch(Act::Memory).map(|_| summary);
    let mut findings: Vec<String> = [
        book.map(charts::finding_book),
        uneven.map(charts::finding_uneven),
        sweep.map(charts::finding_speed_up),
        no_waits.map(charts::finding_cpu_cost),
        memory.map(charts::finding_memory),
        sweep
            .filter(|summary| has_ends(summary))
            .map(charts::finding_efficiency),
        book.and_then(languages),
        uneven.and_then(threads),
    ]
    .into_iter()
    .flatten()
    .collect();
    // Two charts of a disturbed run have the same to say.
    let mut said = HashSet::new();
    findings.retain(|finding| said.insert(finding.clone()));
    findings
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
        "One by one, Rust takes {} for {}, Python {} (one round)",
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
