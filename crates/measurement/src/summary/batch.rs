//! The rows of a batch, from its trials.

use std::num::NonZeroUsize;

use super::{Batch, Row};
use crate::makespan;
use crate::record::{Measured, Trial};
use crate::statistics::estimate;

/// The batch of these trials, which are comparable, and at least one.
pub(super) fn batch(trials: &[&Trial], strategies: &[&str]) -> Batch {
    let first = trials[0];
    let concurrency =
        NonZeroUsize::new(first.level).unwrap_or(NonZeroUsize::MIN);
    let waits = first.spec.waits.of(first.spec.requests);
    let mut names: Vec<&str> =
        trials.iter().map(|trial| trial.spec.strategy.as_str()).collect();
    let place = |name: &str| {
        strategies.iter().position(|s| *s == name).unwrap_or(strategies.len())
    };
    names.sort_by_key(|name| (place(name), *name));
    names.dedup();
    let rows = names
        .into_iter()
        .map(|name| {
            let same = trials.iter().filter(|t| t.spec.strategy == name);
            let of_name: Vec<&Trial> = same.copied().collect();
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
    let bound = makespan::bound(waits, spec.concurrency());
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
        efficiency: over(&|m| ratio(bound, m.makespan_ns)),
        model_ns: model(&spec.strategy, waits, spec.concurrency()),
        peak_in_flight: peaks.clone().min().zip(peaks.max()),
        mean_in_flight: median_of(&|m| m.server.mean_in_flight()),
        cpu_per_request_ns: median_of(&|m| {
            ratio(m.cost.cpu_ns()?, spec.requests as u64)
        }),
        peak_rss_bytes: median_of(&|m| Some(m.cost.peak_rss_bytes? as f64)),
        threads: median_of(&|m| Some(m.cost.threads? as f64)),
        median_trial: by_makespan.get(middle).map(|(trial, _)| trial.trial),
    }
}

/// None where it would be infinite, or nothing over nothing.
fn ratio(of: u64, to: u64) -> Option<f64> {
    (to > 0).then(|| of as f64 / to as f64)
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
