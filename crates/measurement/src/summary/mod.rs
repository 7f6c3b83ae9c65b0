//! Every number that appears anywhere, computed once from the records.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use crate::makespan;
use crate::record::{Act, Measured, Outcome, Trial};
use crate::statistics::{Estimate, estimate};
use crate::waits::Waits;

/// The content of `summary.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// [`crate::SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The run.
    pub run_id: String,
    /// One entry per act and level, in the order in which they ran.
    pub batches: Vec<Batch>,
    /// Why the numbers may be believed.
    pub trust: Trust,
}

/// The same batch of pings, done by each strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// Which act.
    pub act: Act,
    /// The most requests in flight at once, as asked for.
    pub concurrency: usize,
    /// Pings per trial.
    pub requests: usize,
    /// The server's waits.
    pub waits: Waits,
    /// No way of sharing could be faster, ns.
    pub bound_ns: u64,
    /// The sum of the waits: one after another with no overhead, ns.
    pub sequential_ns: u64,
    /// One row per strategy, in the order of the lessons.
    pub rows: Vec<Row>,
}

/// One strategy in a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its name, such as `worker-pool`.
    pub strategy: String,
    /// The HTTP client under it, such as `ureq`.
    pub client: String,
    /// Trials that count.
    pub valid: usize,
    /// Trials made.
    pub trials: usize,
    /// Makespan, ns; none if no trial counts.
    pub makespan_ns: Option<Estimate>,
    /// `bound_ns` over the makespan, trial by trial: 1 is perfect.
    pub efficiency: Option<Estimate>,
    /// What this way of sharing needs with no overhead, ns, where a formula
    /// says it.
    pub model_ns: Option<u64>,
    /// The fewest and the most that the server ever had in flight at the peak
    /// of a trial.
    pub peak_in_flight: Option<(u64, u64)>,
    /// Time-weighted mean in flight at the server.
    pub mean_in_flight: Option<f64>,
    /// Client CPU time per request, ns.
    pub cpu_per_request_ns: Option<f64>,
    /// Peak resident memory of the client, bytes, median.
    pub peak_rss_bytes: Option<f64>,
    /// Threads of the client at half time, median.
    pub threads: Option<f64>,
    /// The trial with the median makespan (the lower one of two): the one
    /// that is drawn.
    pub median_trial: Option<u32>,
}

/// Why the numbers may be believed, or not.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Trust {
    /// Trials made.
    pub trials: usize,
    /// Trials that ran to their end.
    pub measured: usize,
    /// Trials whose every check holds.
    pub valid: usize,
    /// Pings that the clients of the measured trials sent.
    pub sent: u64,
    /// Requests that the server saw in them.
    pub seen: u64,
    /// Requests that it saw twice.
    pub duplicates: u64,
    /// Pings that it never saw.
    pub lost: u64,
    /// Trials whose peak in flight was the one asked for.
    pub peak_as_asked: usize,
    /// Trials that carry a flag.
    pub flagged: usize,
    /// The checks that failed and the reasons of failed trials, each with the
    /// number of its trial.
    pub problems: Vec<(u32, String)>,
}

/// Computes the summary of a run from its trials.
///
/// `strategies` gives the order of the rows; a strategy that is not in it
/// (the Python lanes) comes after them, by name.
pub fn summarise(
    run_id: &str,
    trials: &[Trial],
    strategies: &[&str],
) -> Summary {
    let mut keys: Vec<Key> = trials.iter().map(Key::of).collect();
    keys.sort();
    keys.dedup();
    let batches = keys
        .into_iter()
        .map(|key| {
            let of_key = trials.iter().filter(|t| Key::of(t) == key).collect();
            batch(of_key, strategies)
        })
        .collect();
    Summary {
        schema_version: crate::SCHEMA_VERSION,
        run_id: run_id.to_owned(),
        batches,
        trust: trust(trials),
    }
}

/// What makes trials comparable: the same act, level and length.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key(Act, usize, usize);

impl Key {
    fn of(trial: &Trial) -> Key {
        // The sequential trials of a level stay with it: `level` is what the
        // batch was asked for, whatever a strategy makes of it.
        Key(trial.act, trial.level, trial.spec.requests)
    }
}

fn batch(trials: Vec<&Trial>, strategies: &[&str]) -> Batch {
    let first = trials.first().expect("a key has at least one trial");
    let concurrency =
        NonZeroUsize::new(first.level).unwrap_or(NonZeroUsize::MIN);
    let waits = first.spec.waits.of(first.spec.requests);
    let mut names: Vec<&str> =
        trials.iter().map(|trial| trial.spec.strategy.as_str()).collect();
    let place = |name: &str| {
        strategies.iter().position(|s| *s == name).unwrap_or(strategies.len())
    };
    names.sort_by_key(|name| (place(name), name.to_string()));
    names.dedup();
    let rows = names
        .into_iter()
        .map(|name| {
            let of_name: Vec<&Trial> = trials
                .iter()
                .filter(|trial| trial.spec.strategy == name)
                .copied()
                .collect();
            row(&of_name, &waits)
        })
        .collect();
    Batch {
        act: first.act,
        concurrency: first.level,
        requests: first.spec.requests,
        waits: first.spec.waits,
        bound_ns: makespan::bound(&waits, concurrency),
        sequential_ns: makespan::sequential(&waits),
        rows,
    }
}

fn row(trials: &[&Trial], waits: &[u64]) -> Row {
    let spec = &trials[0].spec;
    let valid: Vec<(&Trial, &Measured)> = trials
        .iter()
        .filter_map(|trial| Some((*trial, trial.valid()?)))
        .collect();
    let bound = makespan::bound(waits, spec.concurrency()) as f64;
    let over = |figure: &dyn Fn(&Measured) -> Option<f64>| {
        let figures: Vec<f64> =
            valid.iter().filter_map(|(_, measured)| figure(measured)).collect();
        estimate(&figures)
    };
    let median_of = |figure: &dyn Fn(&Measured) -> Option<f64>| {
        over(figure).map(|estimate| estimate.median)
    };
    let peaks = valid.iter().map(|(_, m)| m.server.peak_in_flight);
    let mut by_makespan = valid.clone();
    by_makespan.sort_by_key(|(_, measured)| measured.makespan_ns);
    let middle = by_makespan.len().saturating_sub(1) / 2;
    Row {
        strategy: spec.strategy.clone(),
        client: spec.client.clone(),
        valid: valid.len(),
        trials: trials.len(),
        makespan_ns: over(&|m| Some(m.makespan_ns as f64)),
        efficiency: over(&|m| Some(bound / m.makespan_ns as f64)),
        model_ns: model(&spec.strategy, waits, spec.concurrency()),
        peak_in_flight: peaks.clone().min().zip(peaks.max()),
        mean_in_flight: median_of(&|m| m.server.mean_in_flight()),
        cpu_per_request_ns: median_of(&|m| {
            Some(m.cost.cpu_ns()? as f64 / spec.requests as f64)
        }),
        peak_rss_bytes: median_of(&|m| Some(m.cost.peak_rss_bytes? as f64)),
        threads: median_of(&|m| Some(m.cost.threads? as f64)),
        median_trial: by_makespan.get(middle).map(|(trial, _)| trial.trial),
    }
}

/// What a strategy's way of sharing needs with no overhead, ns.
fn model(
    strategy: &str,
    waits: &[u64],
    concurrency: NonZeroUsize,
) -> Option<u64> {
    match strategy {
        "sequential" | "python-sequential" => Some(makespan::sequential(waits)),
        "threads" => Some(makespan::waves(waits, concurrency)),
        "scoped-threads" => Some(makespan::shares(waits, concurrency)),
        "worker-pool" | "async-tasks" => {
            Some(makespan::queue(waits, concurrency))
        }
        _ => None,
    }
}

fn trust(trials: &[Trial]) -> Trust {
    let mut trust = Trust { trials: trials.len(), ..Trust::default() };
    for trial in trials {
        let measured = match &trial.outcome {
            Outcome::Measured(measured) => measured,
            Outcome::Failed { reason } => {
                trust.problems.push((trial.trial, reason.clone()));
                continue;
            }
        };
        let asked = trial.spec.requests as u64;
        let server = &measured.server;
        trust.measured += 1;
        trust.valid += usize::from(trial.valid().is_some());
        trust.sent += asked;
        trust.seen += server.requests;
        trust.duplicates += server.duplicates;
        trust.lost += asked.saturating_sub(server.distinct);
        let expected = trial.spec.concurrency.min(trial.spec.requests) as u64;
        trust.peak_as_asked += usize::from(server.peak_in_flight == expected);
        trust.flagged += usize::from(!measured.flags.is_empty());
        let failed = measured.checks.iter().filter(|check| !check.ok);
        trust.problems.extend(failed.map(|check| {
            (trial.trial, format!("{}: {}", check.name, check.detail))
        }));
    }
    trust
}
