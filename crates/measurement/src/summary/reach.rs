//! How far each way goes, from the records.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::order::in_order;
use super::ratio::ratio;
use super::row::{cpu_of, service};
use crate::capacity::{Limit, is_hit, is_of, met};
use crate::distribution::Distribution;
use crate::makespan;
use crate::record::{Act, Measured, Trial};
use crate::statistics::{Estimate, estimate};

/// How far a way goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reach {
    /// The strategy's name.
    pub strategy: String,
    /// The HTTP client under it.
    pub client: String,
    /// The levels with a hit, the lowest first.
    pub levels: Vec<ReachLevel>,
    /// Where it goes no further; none if it went as far as was asked.
    pub end: Option<ReachEnd>,
}

/// So many in flight at once, over all hits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReachLevel {
    /// Pings in flight at once, by the server.
    pub in_flight: usize,
    /// Trials that were hits, and all that were made.
    pub hits: usize,
    /// See `hits`.
    pub trials: usize,
    /// Of the hits, those that the machine disturbed.
    pub disturbed: usize,
    /// The makespan over the earliest possible end.
    pub over: Estimate,
    /// The same where no connection was open before; none if none was a hit.
    pub cold: Option<Estimate>,
    /// The median time of a ping, all pooled, ns; none of too few.
    pub p50_ns: Option<f64>,
    /// Its 99th percentile.
    pub p99_ns: Option<f64>,
    /// By how much the server missed its wait, the median of medians, ns.
    pub late_ns: Option<f64>,
    /// Memory of the client for a ping in flight, bytes: what the peak is
    /// above that of one in flight in the same round, for each of the others.
    pub bytes: Option<Estimate>,
    /// CPU time a ping of client and server together, ns.
    pub cpu_ns: Option<Estimate>,
    /// The client's part of it.
    pub client_cpu_ns: Option<Estimate>,
}

/// Where a way goes no further.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachEnd {
    /// The level without a hit.
    pub level: usize,
    /// What ended it.
    pub limit: Limit,
    /// In the words of the record.
    pub detail: String,
}

/// A row for each strategy of the act.
pub(super) fn reaches(trials: &[&Trial], strategies: &[&str]) -> Vec<Reach> {
    let of_act: Vec<&Trial> =
        trials.iter().filter(|trial| is_of(trial.act)).copied().collect();
    in_order(&of_act, strategies)
        .into_iter()
        .filter_map(|name| {
            let own = of_act.iter().filter(|t| t.spec.strategy == name);
            reach(&own.copied().collect::<Vec<_>>())
        })
        .collect()
}

fn reach(own: &[&Trial]) -> Option<Reach> {
    let spec = &own.first()?.spec;
    let mut warm: BTreeMap<usize, Vec<&Trial>> = BTreeMap::new();
    for trial in own.iter().filter(|trial| trial.act == Act::Capacity) {
        warm.entry(trial.level).or_default().push(trial);
    }
    let alone = peaks(warm.get(&1).map_or(&[], Vec::as_slice));
    let levels = warm.iter().filter_map(|(in_flight, trials)| {
        let cold = own.iter().filter(|trial| {
            trial.act == Act::CapacityCold && trial.level == *in_flight
        });
        level(*in_flight, trials, &cold.copied().collect::<Vec<_>>(), &alone)
    });
    let missed = warm.values().find(|t| !t.iter().any(|trial| is_hit(trial)));
    let end = missed.and_then(|trials| {
        let last = trials.last()?;
        let (limit, detail) = met(last)?;
        Some(ReachEnd { level: last.level, limit, detail })
    });
    Some(Reach {
        strategy: spec.strategy.clone(),
        client: spec.client.clone(),
        levels: levels.collect(),
        end,
    })
}

/// The hits among them.
fn hits<'a>(trials: &[&'a Trial]) -> Vec<(&'a Trial, &'a Measured)> {
    let hits = trials.iter().filter(|trial| is_hit(trial));
    hits.filter_map(|trial| Some((*trial, trial.valid()?))).collect()
}

/// The peak of memory in each round, bytes.
fn peaks(trials: &[&Trial]) -> BTreeMap<u32, u64> {
    let peak = |(trial, m): (&Trial, &Measured)| {
        Some((trial.round, m.cost.peak_rss_bytes?))
    };
    hits(trials).into_iter().filter_map(peak).collect()
}

fn level(
    in_flight: usize,
    warm: &[&Trial],
    cold: &[&Trial],
    alone: &BTreeMap<u32, u64>,
) -> Option<ReachLevel> {
    let counted = hits(warm);
    let over = |figure: &dyn Fn(&Trial, &Measured) -> Option<f64>| {
        let figures: Vec<f64> =
            counted.iter().filter_map(|(trial, m)| figure(trial, m)).collect();
        estimate(&figures)
    };
    let each = |total: Option<u64>| ratio(total? as f64, in_flight as f64);
    let all = Distribution::of(counted.iter().flat_map(|(_, m)| service(m)));
    let quantile = |part| all.as_ref()?.quantile(part);
    let disturbed =
        counted.iter().filter(|(_, m)| m.flags.iter().any(|f| f.disturbs()));
    Some(ReachLevel {
        in_flight,
        hits: counted.len(),
        trials: warm.len(),
        disturbed: disturbed.count(),
        over: over(&late)?,
        cold: {
            let cold = hits(cold);
            let cold = cold.iter().filter_map(|(trial, m)| late(trial, m));
            estimate(&cold.collect::<Vec<f64>>())
        },
        p50_ns: quantile(0.5),
        p99_ns: quantile(0.99),
        late_ns: over(&|_, m| Some(m.late_ns? as f64)).map(|e| e.median),
        bytes: over(&|trial, m| {
            let peak = m.cost.peak_rss_bytes? as f64;
            let one = *alone.get(&trial.round)? as f64;
            ratio(peak - one, in_flight.checked_sub(1)? as f64)
        }),
        cpu_ns: over(&|_, m| ratio(cpu_of(m)?, in_flight as f64)),
        client_cpu_ns: over(&|_, m| each(m.cost.cpu_ns())),
    })
}

/// The makespan over the earliest possible end.
fn late(trial: &Trial, measured: &Measured) -> Option<f64> {
    let waits = trial.spec.waits.of(trial.spec.requests);
    let bound = makespan::bound(&waits, trial.spec.concurrency());
    ratio(measured.makespan_ns as f64, bound as f64)
}
