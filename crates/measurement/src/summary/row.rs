//! One strategy in a batch.

use serde::{Deserialize, Serialize};

use super::baseline::{Baselines, throughput};
use super::ratio::ratio;
use crate::MILLISECOND;
use crate::compare::Comparison;
use crate::distribution::{Distribution, Histogram};
use crate::makespan;
use crate::record::{Measured, Trial};
use crate::statistics::{Estimate, estimate};
use crate::ways;

/// One strategy in a batch. An estimate is over the trials that count; none
/// if there are none, or if the system did not tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its name, such as `worker-pool`.
    pub strategy: String,
    /// The HTTP client under it, such as `ureq`.
    pub client: String,
    /// Trials that count.
    pub valid: usize,
    /// Trials made, twins apart.
    pub trials: usize,
    /// Of those that count, the ones that the machine disturbed.
    pub disturbed: usize,
    /// What to know before one builds on it.
    pub notes: Vec<Note>,
    /// Makespan, ns.
    pub makespan_ns: Option<Estimate>,
    /// Pings per second.
    pub throughput: Option<Estimate>,
    /// Throughput over that of sequential pings in the same round; where the
    /// round has none, over what the waits in turn allow.
    pub speed_up: Option<Estimate>,
    /// Makespan over that of the batch's reference in the same round.
    pub ratio: Option<Comparison>,
    /// The bound over the makespan, trial by trial: 1 is perfect. It is the
    /// bound at the strategy's own concurrency, which for one that pings one
    /// after another is the sum of the waits, and not the batch's bound.
    /// Equal waits are as long as the server held them one by one in the same
    /// round.
    pub efficiency: Option<Estimate>,
    /// What each ping costs a slot beyond that bound, ns.
    pub overhead_ns: Option<Estimate>,
    /// What this way of sharing needs with no overhead, ns, where a formula
    /// says it.
    pub model_ns: Option<u64>,
    /// The fewest and the most that the server ever had in flight at the peak
    /// of a trial.
    pub peak_in_flight: Option<(u64, u64)>,
    /// Time-weighted mean in flight at the server, median.
    pub mean_in_flight: Option<f64>,
    /// The same as the client sees it: time in pings over makespan, median.
    /// What it has more was on the way.
    pub client_in_flight: Option<f64>,
    /// By how much the server missed its waits, median of medians, ns.
    pub server_late_ns: Option<f64>,
    /// How long the server was busy, from the first request to the moment the
    /// last one left flight, ns; only with a limit, after which it may work on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_busy_ns: Option<Estimate>,
    /// How many the server still had in flight when the client was done,
    /// median; only with a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_in_flight: Option<f64>,
    /// How many requests the server saw go before it had answered them,
    /// median; only with a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aborted: Option<f64>,
    /// Pings without a result: given up though the server answered them, or
    /// gone with their worker; only with a slow consumer or over a queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<Estimate>,
    /// CPU time per ping of client and server together, ns.
    pub cpu_per_request_ns: Option<Estimate>,
    /// The same over that of the batch's reference in the same round.
    pub cpu_ratio: Option<Comparison>,
    /// The client's part of it, ns.
    pub client_cpu_per_request_ns: Option<Estimate>,
    /// The server's part of it, ns.
    pub server_cpu_per_request_ns: Option<Estimate>,
    /// Times per ping that a thread of the client waited, median.
    pub switches_per_request: Option<f64>,
    /// Times per ping that the server's thread waited, median.
    #[serde(default)]
    pub server_switches_per_request: Option<f64>,
    /// Peak resident memory of the client, bytes.
    pub peak_rss_bytes: Option<Estimate>,
    /// Threads of the client at half time, median.
    pub threads: Option<f64>,
    /// From the start of a ping to its end, all trials pooled.
    pub service: Option<Distribution>,
    /// From the start of the batch to the end of a ping, all trials pooled.
    pub sojourn: Option<Distribution>,
    /// The trial with the median makespan (the lower one of two): the one
    /// that is drawn.
    pub median_trial: Option<u32>,
    /// Jobs that were handed out again and done by another worker; only of a
    /// batch that is shared over a queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Estimate>,
    /// Requests that the server saw, of trials that try again or are shared
    /// over a queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests_seen: Option<Estimate>,
    /// The most that arrived within 10 ms, of trials that try again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_arrivals: Option<Estimate>,
}

/// What to know of a row before one builds on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// The machine disturbed more than a fifth of its trials.
    Disturbed,
    /// Its makespans are far apart.
    Unsteady,
    /// One of them is far away from the others.
    Outlier,
    /// That one is the first, and slow.
    SlowFirst,
    /// A trial is over before it can be timed well.
    Short,
}

/// A trial shorter than this is mostly start and end, ns.
const SHORT: f64 = (5 * MILLISECOND) as f64;

/// The row of these trials, which are of one strategy. What compares it with
/// others is not filled in.
pub(super) fn row(
    trials: &[&Trial],
    waits: &[u64],
    baselines: &Baselines,
) -> Row {
    let Some(first) = trials.first() else { return Row::empty() };
    let spec = &first.spec;
    let valid: Vec<(&Trial, &Measured)> = trials
        .iter()
        .filter_map(|trial| Some((*trial, trial.valid()?)))
        .collect();
    let over = |figure: &dyn Fn(&Trial, &Measured) -> Option<f64>| {
        let figures: Vec<f64> = valid
            .iter()
            .filter_map(|(trial, measured)| figure(trial, measured))
            .collect();
        estimate(&figures)
    };
    let median = |figure: &dyn Fn(&Measured) -> Option<f64>| {
        over(&|_, m| figure(m)).map(|estimate| estimate.median)
    };
    let each = |total: Option<u64>| ratio(total? as f64, spec.requests as f64);
    let ideal = |trial: &Trial| ideal_ns(trial, waits) as f64;
    let peaks = valid.iter().map(|(_, m)| m.server.peak_in_flight);
    let disturbed =
        valid.iter().filter(|(_, m)| m.flags.iter().any(|f| f.disturbs()));
    let disturbed = disturbed.count();
    let makespan_ns = over(&|_, m| Some(m.makespan_ns as f64));
    let mut by_makespan = valid.clone();
    by_makespan.sort_by_key(|(_, measured)| measured.makespan_ns);
    let middle = by_makespan.len().saturating_sub(1) / 2;
    let lanes = spec.concurrency().get() as f64;
    Row {
        strategy: spec.strategy.clone(),
        client: spec.client.clone(),
        valid: valid.len(),
        trials: trials.len(),
        disturbed,
        notes: notes(valid.len(), disturbed, makespan_ns.as_ref()),
        makespan_ns,
        throughput: over(&|_, m| throughput(spec.requests, m.makespan_ns)),
        speed_up: over(&|trial, m| {
            let own = throughput(spec.requests, m.makespan_ns)?;
            ratio(own, baselines.throughput(trial)?)
        }),
        // Where nothing waits there is no earliest possible end.
        efficiency: over(&|trial, m| {
            let ideal = Some(ideal(trial)).filter(|ideal| *ideal > 0.0)?;
            ratio(ideal, m.makespan_ns as f64)
        }),
        overhead_ns: over(&|trial, m| {
            let beyond = m.makespan_ns as f64 - ideal(trial);
            ratio(beyond.max(0.0) * lanes, spec.requests as f64)
        }),
        model_ns: ways::find(&spec.strategy)
            .and_then(|way| way.sharing.makespan(waits, spec.concurrency()))
            .map(|ns| spec.within_limit(ns)),
        peak_in_flight: peaks.clone().min().zip(peaks.max()),
        mean_in_flight: median(&|m| m.server.mean_in_flight()),
        client_in_flight: median(&|m| {
            ratio(m.service_ns as f64, m.makespan_ns as f64)
        }),
        server_late_ns: median(&|m| Some(m.late_ns? as f64)),
        server_busy_ns: over(&|trial, m| {
            trial.spec.limit_ns.and(Some(m.server.span_ns()? as f64))
        }),
        left_in_flight: median(&|m| Some(m.left_in_flight? as f64)),
        aborted: over(&|trial, m| {
            trial.spec.limit_ns.map(|_| m.server.aborted as f64)
        })
        .map(|estimate| estimate.median),
        lost: over(&|trial, m| {
            let missing = m.samples.status.iter().filter(|s| s.is_none());
            // Of many pings only the times are kept.
            let asked =
                trial.spec.consumer.is_some() || trial.spec.machines.is_some();
            let known = asked && m.histograms.is_none();
            known.then(|| missing.count() as f64)
        }),
        cpu_per_request_ns: over(&|_, m| {
            ratio(cpu_of(m)?, spec.requests as f64)
        }),
        client_cpu_per_request_ns: over(&|_, m| each(m.cost.cpu_ns())),
        server_cpu_per_request_ns: over(&|_, m| each(m.server.cpu_ns)),
        switches_per_request: median(&|m| each(m.cost.voluntary_switches)),
        server_switches_per_request: median(&|m| {
            each(m.server.voluntary_switches)
        }),
        peak_rss_bytes: over(&|_, m| Some(m.cost.peak_rss_bytes? as f64)),
        threads: median(&|m| Some(m.cost.threads? as f64)),
        service: Distribution::of(valid.iter().flat_map(|(_, m)| service(m))),
        sojourn: Distribution::of(valid.iter().flat_map(|(_, m)| sojourn(m))),
        median_trial: by_makespan.get(middle).map(|(trial, _)| trial.trial),
        again: over(&|_, m| Some(m.shared.as_ref()?.again() as f64)),
        requests_seen: over(&|trial, m| {
            let spec = &trial.spec;
            let again = spec.manners.retries > 0 || spec.machines.is_some();
            again.then_some(m.server.requests as f64)
        }),
        most_arrivals: over(&|_, m| Some(*m.arrivals.iter().max()? as f64)),
        ..Row::empty()
    }
}

impl Row {
    fn empty() -> Row {
        Row {
            strategy: String::new(),
            client: String::new(),
            valid: 0,
            trials: 0,
            disturbed: 0,
            notes: Vec::new(),
            makespan_ns: None,
            throughput: None,
            speed_up: None,
            ratio: None,
            efficiency: None,
            overhead_ns: None,
            model_ns: None,
            peak_in_flight: None,
            mean_in_flight: None,
            client_in_flight: None,
            server_late_ns: None,
            server_busy_ns: None,
            left_in_flight: None,
            aborted: None,
            lost: None,
            cpu_per_request_ns: None,
            cpu_ratio: None,
            client_cpu_per_request_ns: None,
            server_cpu_per_request_ns: None,
            switches_per_request: None,
            server_switches_per_request: None,
            peak_rss_bytes: None,
            threads: None,
            service: None,
            sojourn: None,
            median_trial: None,
            again: None,
            requests_seen: None,
            most_arrivals: None,
        }
    }
}

/// The earliest possible end of a trial, ns: what its waits alone make of it.
/// That the server answered late is part of what is beyond, and is told apart
/// as its lateness; so nothing can be earlier.
fn ideal_ns(trial: &Trial, waits: &[u64]) -> u64 {
    let concurrency = trial.spec.concurrency();
    trial.spec.within_limit(makespan::bound(waits, concurrency))
}

fn notes(
    valid: usize,
    disturbed: usize,
    makespan: Option<&Estimate>,
) -> Vec<Note> {
    let mut notes = Vec::new();
    if disturbed * 5 > valid {
        notes.push(Note::Disturbed);
    }
    let Some(makespan) = makespan else { return notes };
    if makespan.is_unsteady() {
        notes.push(Note::Unsteady);
    }
    let outlier = |x: &&f64| makespan.is_outlier(**x);
    let first = makespan.values.first().filter(outlier);
    let slow_first = first.is_some_and(|first| *first > makespan.median);
    match makespan.values.iter().filter(outlier).count() {
        0 => {}
        1 if slow_first => notes.push(Note::SlowFirst),
        _ => notes.push(Note::Outlier),
    }
    if makespan.median < SHORT {
        notes.push(Note::Short);
    }
    notes
}

/// How long each ping took, with how often that came.
pub(super) fn service(measured: &Measured) -> Vec<(u64, u64)> {
    let samples = &measured.samples;
    let of_pings = samples.start_ns.iter().zip(&samples.end_ns);
    let times = of_pings.map(|(start, end)| end.saturating_sub(*start));
    let kept = measured.histograms.as_ref().map(|h| &h.service);
    pooled(times, kept)
}

fn sojourn(measured: &Measured) -> Vec<(u64, u64)> {
    let kept = measured.histograms.as_ref().map(|h| &h.sojourn);
    pooled(measured.samples.end_ns.iter().copied(), kept)
}

/// Each time with how often it came: the pings' own, or else those kept.
fn pooled(
    times: impl Iterator<Item = u64>,
    kept: Option<&Histogram>,
) -> Vec<(u64, u64)> {
    match kept {
        Some(histogram) => histogram.0.clone(),
        None => times.map(|time| (time, 1)).collect(),
    }
}

/// On loopback the kernel's work is charged to whichever side happens to run
/// it, so that only both together mean anything.
pub(super) fn cpu_of(measured: &Measured) -> Option<f64> {
    let client = measured.cost.cpu_ns()?;
    Some(client.saturating_add(measured.server.cpu_ns?) as f64)
}
