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

/// A finding, and which picture shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) words: String,
    /// The name of the picture; `None` where there is none of it.
    pub(super) chart: Option<&'static str>,
}

/// What a run has found, a sentence each, the most important first; and at
/// the end what it cannot tell, why not, and what to do about it.
pub fn findings(summary: &Summary) -> Vec<String> {
    let findings = findings_with_charts(summary).into_iter();
    findings.map(|finding| finding.words).collect()
}

/// The same, each with its picture.
pub(super) fn findings_with_charts(summary: &Summary) -> Vec<Finding> {
    let (told, untold): (Vec<Shown>, Vec<Shown>) = found(summary)
        .into_iter()
        .partition(|(_, found)| found.untold.is_none());
    let mut findings: Vec<Finding> = told
        .into_iter()
        .map(|(chart, found)| Finding {
            words: found.words,
            chart: Some(chart),
        })
        .collect();
    // Two charts may have the same to say.
    let mut said = HashSet::new();
    findings.retain(|finding| said.insert(finding.words.clone()));
    let untold: Vec<Untold> =
        untold.into_iter().filter_map(|(_, found)| found.untold).collect();
    let refusals = why_not::refusals(summary, &untold).into_iter();
    findings.extend(refusals.map(of_chart("trust")));
    let asked = why_not::is_own_question(summary);
    let few = asked.then(|| why_not::few_in_flight(summary)).flatten();
    findings.extend(few.map(of_chart("speed-up")));
    if findings.is_empty() {
        let words = why_not::nothing(summary);
        findings.push(Finding { words, chart: None });
    }
    findings
}

fn of_chart(chart: &'static str) -> impl Fn(String) -> Finding {
    move |words| Finding { words, chart: Some(chart) }
}

/// What was found, and the picture that shows it.
type Shown = (&'static str, Found);

fn found(summary: &Summary) -> Vec<Shown> {
    let batch = |act| summary.of_act(act).next();
    let book = batch(Act::Book);
    let uneven = summary.uneven();
    let sweep = batch(Act::Sweep).map(|_| summary);
    let no_waits = batch(Act::NoWaits).map(|_| summary);
    let memory = batch(Act::Memory).map(|_| summary);
    // The acts of a plain run compare strategies elsewhere.
    let asked = sweep.filter(|_| why_not::is_own_question(summary));
    let differences = asked.map(charts::found_differences);
    let first: [Option<Shown>; 3] = [
        book.map(|batch| {
            ("waterfall-live", charts::finding_book(batch).into())
        }),
        uneven.map(|batch| ("waterfall", charts::found_uneven(batch))),
        sweep.map(|summary| {
            ("speed-up", charts::finding_speed_up(summary).into())
        }),
    ];
    let batches = &summary.batches;
    let ladder = batches.iter().any(charts::has_ladder).then_some(summary);
    let further: [Option<Shown>; 7] = [
        ladder.map(|summary| {
            ("clients", charts::finding_clients(summary).into())
        }),
        no_waits
            .or(asked)
            .filter(|_| ladder.is_none())
            .map(|summary| ("cpu-cost", charts::found_cpu_cost(summary))),
        memory.map(|summary| ("memory", charts::found_memory(summary))),
        sweep.filter(|summary| has_ends(summary)).map(|summary| {
            ("efficiency", charts::finding_efficiency(summary).into())
        }),
        book.and_then(languages).map(|words| ("waterfall-live", words.into())),
        batch(Act::Capacity)
            .map(|_| ("capacity", charts::finding_capacity(summary).into())),
        uneven.and_then(threads).map(|words| ("memory", words.into())),
    ];
    let first = first.into_iter().flatten();
    let differences = differences.into_iter().flatten();
    let differences = differences.map(|found| ("speed-up", found));
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
