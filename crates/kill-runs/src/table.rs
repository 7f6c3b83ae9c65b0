//! The page's table, from a record.

use std::fmt::Write;

use crate::judge::{longest_standstill, most_at_once, most_over};
use crate::record::{Record, Run};
use crate::scene::{Kind, Size};

/// A row for each kind of run, with what the runs were and what they ran on.
pub fn table(record: &Record) -> String {
    let Record { size, runs, .. } = record;
    let mut text = format!(
        "{} runs of {} jobs (each in turn: {}), at most {} at once, by {} \
         workers of {} tasks each; {} ms before each answer, ack wait {} s; \
         {} servers, {}; seeds {} to {}.\n\n",
        runs.len(),
        size.jobs,
        runs.iter().map(|run| run.jobs).max().unwrap_or(size.jobs),
        size.concurrency,
        size.workers,
        size.tasks,
        size.wait_ms,
        seconds(size.ack_wait_ms),
        crate::scene::SERVERS,
        record.nats_server,
        record.seed,
        runs.iter().map(|run| run.seed).max().unwrap_or(record.seed),
    );
    text.push_str(
        "| what happens | runs | each job has one result | requests more \
         than jobs, most (may be) | in flight, most (may be) | longest time \
         without a request: median, most (may be) |\n\
         | --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for kind in Kind::ALL {
        let of: Vec<&Run> = runs.iter().filter(|r| r.kind == kind).collect();
        if !of.is_empty() {
            row(&mut text, kind, &of, size);
        }
    }
    let redone = runs.iter().filter_map(|run| run.redone_ms);
    let _ = writeln!(
        text,
        "\nAfter a worker was killed, all that it had in its hands was done \
         within {} s (may be: ack wait and 2 s).",
        seconds(redone.max().unwrap_or(0)),
    );
    let faults = runs.iter().filter(|run| !run.faults.is_empty()).count();
    let slow = runs.iter().filter(|run| !run.slow.is_empty()).count();
    let _ = writeln!(
        text,
        "\n{faults} runs broke a bound on a count, {slow} one on a time{} {}",
        if faults + slow > 0 { ", listed below." } else { "." },
        busy(record)
    );
    for run in runs {
        for broken in run.faults.iter().chain(&run.slow) {
            let (seed, what) = (run.seed, words(run.kind));
            let _ = writeln!(text, "\n- seed {seed}, {what}: {broken}.");
        }
    }
    text
}

fn row(text: &mut String, kind: Kind, runs: &[&Run], size: &Size) {
    let whole = runs
        .iter()
        .filter(|run| run.results == run.jobs && run.distinct == run.jobs);
    let over = runs.iter().map(|run| run.requests.saturating_sub(run.jobs));
    let peak = runs.iter().map(|run| run.peak).max().unwrap_or(0);
    let mut stood: Vec<u64> = runs.iter().map(|r| r.standstill_ms).collect();
    stood.sort_unstable();
    let may = longest_standstill(kind)
        .map(|most| format!(" ({})", seconds(most)))
        .unwrap_or_default();
    let _ = writeln!(
        text,
        "| {} | {} | {} | {} ({}) | {} ({}) | {}, {} s{may} |",
        words(kind),
        runs.len(),
        whole.count(),
        over.max().unwrap_or(0),
        most_over(kind, size),
        peak,
        most_at_once(kind, size),
        seconds(stood[stood.len() / 2]),
        seconds(*stood.last().unwrap_or(&0)),
    );
}

fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::WorkerKill => "a worker is killed",
        Kind::WorkerPause => {
            "a worker is stopped for longer than the ack \
                              wait, and goes on"
        }
        Kind::WorkerDrain => "a worker is told to end",
        Kind::ServerKill => "any server is killed, and started again",
        Kind::LeaderKill => {
            "the server that hands out the jobs is killed, \
                             and started again"
        }
        Kind::LeaderLeaves => {
            "the server that hands out the jobs is told to \
                               end"
        }
        Kind::ProducerKill => "the producer is killed, and started again",
        Kind::CollectorKill => "the collector is killed, and started again",
        Kind::Everything => {
            "producer, collector, a worker and a server are \
                             killed in one run"
        }
        Kind::EachInTurn => {
            "each worker and each server is killed in turn, \
                             and started again"
        }
    }
}

/// The times are worth what the machine was.
fn busy(record: &Record) -> String {
    let mut loads: Vec<f64> =
        record.runs.iter().filter_map(|run| run.load).collect();
    loads.sort_by(f64::total_cmp);
    let processors = record.processors;
    match loads.get(loads.len() / 2) {
        None => format!("The machine has {processors} processors."),
        Some(load) => format!(
            "The machine has {processors} processors, and its load was \
             {load:.1} in the median run: above {processors}, times say more \
             of the machine than of the queue."
        ),
    }
}

/// One digit after the point.
fn seconds(ms: u64) -> String {
    format!("{:.1}", ms as f64 / 1000.0)
}
