//! Act 3: what a ping costs without any wait, and how much faster more at once
//! are then.

use comfy_table::CellAlignment;
use measurement::quantity::{microseconds, whole};
use measurement::record::{Act, Trial};
use measurement::statistics::Estimate;
use measurement::summary::Batch;
use measurement::ways;
use report::by_client;

use super::end::End;
use super::over_levels::over_levels;
use super::plan::Rounds;
use super::session::Session;
use super::so_far;
use crate::duration::display;
use crate::terminal::{Ink, Paint, Progress, plain_table, say};

pub(super) fn act(
    session: &mut Session<'_>,
    rounds: &Rounds,
    trials: &mut Vec<Trial>,
) -> Result<(), End> {
    if rounds.cells.is_empty() {
        return Ok(());
    }
    say("");
    say("No waits at all: what does a ping cost?".ink(Ink::Strong));
    if rounds.cells.iter().any(|cell| cell.kept_awake) {
        say("  a process of the lowest priority keeps the processors awake");
    }
    let progress = Progress::lasting(rounds.predicted(), "without waits");
    session.rounds(rounds, |_, cell, trial| {
        progress.done(cell.predicted());
        trials.push(trial);
        Ok(())
    })?;
    drop(progress);
    let summary = so_far(trials);
    let all = || summary.of_act(Act::NoWaits);
    let named = summary.no_waits();
    // Other levels are on the page.
    let is_named = |batch: &&Batch| {
        let level = batch.concurrency;
        level == 1 || named.is_some_and(|named| named.concurrency == level)
    };
    if let Some(lines) = named.and_then(clients) {
        for line in lines {
            say(format!("  {line}").trim_end());
        }
        return Ok(());
    }
    for line in costs(all().filter(is_named)) {
        say(format!("  {line}"));
    }
    if let Some(line) = named.and_then(|named| over_levels(named, all())) {
        say(format!("  {line}"));
    }
    Ok(())
}

/// Pings per second and processor time, a line per strategy.
fn costs<'a>(batches: impl Iterator<Item = &'a Batch>) -> Vec<String> {
    let header = ["", "at once", "processors", "pings/s", "CPU per ping"];
    let rows = batches.flat_map(|batch| {
        batch.rows.iter().map(|row| {
            let cpu = |cpu: &Option<Estimate>| {
                cpu.as_ref().map_or("n/a".to_owned(), |c| display(c.median))
            };
            vec![
                ways::name(&row.strategy).to_owned(),
                batch.concurrency.to_string(),
                match batch.kept_awake {
                    Some(true) => "kept awake".to_owned(),
                    Some(false) | None => "may sleep".to_owned(),
                },
                row.throughput
                    .as_ref()
                    .map_or("n/a".to_owned(), |x| whole(x.median)),
                cpu(&row.cpu_per_request_ns),
            ]
        })
    });
    plain_table(&header, rows, CellAlignment::Right)
}

/// Way by client, where these were measured.
fn clients(batch: &Batch) -> Option<Vec<String>> {
    let cpu = by_client(batch, |row| {
        let cpu = row.client_cpu_per_request_ns.as_ref()?;
        Some(microseconds(cpu.median))
    })?;
    let rate =
        by_client(batch, |row| Some(whole(row.throughput.as_ref()?.median)))?;
    let table = |lines: Vec<Vec<String>>| {
        let header: Vec<&str> = lines[0].iter().map(String::as_str).collect();
        let rows = lines.iter().skip(1).cloned();
        plain_table(&header, rows, CellAlignment::Right)
    };
    let at_once = batch.concurrency;
    let mut all =
        vec![format!("CPU of the client, µs a ping, {at_once} at once")];
    all.extend(table(cpu));
    all.extend([String::new(), "pings a second".to_owned()]);
    all.extend(table(rate));
    Some(all)
}
