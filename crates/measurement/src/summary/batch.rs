//! The same pings, done by each strategy.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use super::baseline::Baselines;
use super::order::in_order;
use super::ratio::ratio;
use super::row::{Row, cpu_of, row};
use crate::compare::{Comparison, Twins, compare, twins};
use crate::makespan;
use crate::record::{Act, Measured, Trial};
use crate::statistics::estimate;
use crate::waits::Waits;
use crate::ways;

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
    /// How long the whole batch may take, ns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_ns: Option<u64>,
    /// Whether every processor was kept awake meanwhile; `None` where the system
    /// has no way to do that.
    #[serde(default)]
    pub kept_awake: Option<bool>,
    /// What part of a job is computing, %; left out where nothing is computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_percent: Option<u32>,
    /// The processors that there were for that, the fewest of all trials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processors: Option<u64>,
    /// No way of sharing could be faster, ns. Nobody waits beyond a limit.
    pub bound_ns: u64,
    /// The sum of the waits: one after another with no overhead, ns.
    pub sequential_ns: u64,
    /// The strategy that the others are compared with; none if there are not
    /// two that ping concurrently.
    pub reference: Option<String>,
    /// Those that ran twice, one in each round, by makespan; none if none did.
    pub twins: Option<Twins>,
    /// The same by the CPU time of client and server together.
    pub cpu_twins: Option<Twins>,
    /// The CPU time of the tasks by hand over that of the pool by hand,
    /// round by round: what is the client's and what is the way's.
    pub by_hand_cpu: Option<Comparison>,
    /// One row per strategy, in the order of the lessons.
    pub rows: Vec<Row>,
}

/// The fewest processors of the trials that compute.
fn processors(trials: &[&Trial]) -> Option<u64> {
    let computing = trials.iter().filter(|t| t.spec.hashing.is_some());
    computing.filter_map(|trial| trial.valid()?.host.processors).min()
}

/// Named beforehand: whoever is compared with the best of a batch is compared
/// with luck.
const REFERENCE: &str = ways::POOL.id;

/// The batch of these trials, which are comparable, and at least one.
pub(super) fn batch(
    trials: &[&Trial],
    strategies: &[&str],
    baselines: &Baselines,
) -> Batch {
    let first = trials[0];
    let concurrency =
        NonZeroUsize::new(first.level).unwrap_or(NonZeroUsize::MIN);
    let waits = first.spec.waits.of(first.spec.requests);
    let within = |ns| first.spec.within_limit(ns);
    let names = in_order(trials, strategies);
    let reference = reference(&names);
    let twins = twins_of(trials, strategies, makespan_of);
    let cpu_twins = twins_of(trials, strategies, cpu_of);
    let of_name = |name: &str| -> Vec<&Trial> {
        let same = trials.iter().filter(|t| t.spec.strategy == name);
        same.filter(|trial| !trial.aa_twin).copied().collect()
    };
    let beside = reference.map(of_name);
    let rows = names
        .into_iter()
        .map(|name| {
            let own = of_name(name);
            let against = beside.as_ref().filter(|_| reference != Some(name));
            let versus = |figure: Figure, twins: &Option<Twins>| {
                compared(&own, against?, figure, twins.as_ref())
            };
            let mut row = row(&own, &waits, baselines);
            row.ratio = versus(makespan_of, &twins);
            row.cpu_ratio = versus(cpu_of, &cpu_twins);
            row
        })
        .filter(|row| row.trials > 0)
        .collect();
    Batch {
        act: first.act,
        concurrency: first.level,
        requests: first.spec.requests,
        waits: first.spec.waits,
        limit_ns: first.spec.limit_ns,
        kept_awake: first.spec.kept_awake,
        share_percent: first.spec.hashing.map(|own| own.share_percent),
        processors: processors(trials),
        bound_ns: within(makespan::bound(&waits, concurrency)),
        sequential_ns: within(makespan::sequential(&waits)),
        reference: reference.map(str::to_owned),
        by_hand_cpu: compared(
            &of_name(ways::TASKS_BY_HAND.id),
            &of_name(ways::POOL_BY_HAND.id),
            cpu_of,
            cpu_twins.as_ref(),
        ),
        twins,
        cpu_twins,
        rows,
    }
}

fn reference<'a>(names: &[&'a str]) -> Option<&'a str> {
    let mut concurrent = names.iter().filter(|name| !ways::is_one_by_one(name));
    let first = concurrent.next()?;
    concurrent.next()?;
    Some(names.iter().find(|name| **name == REFERENCE).unwrap_or(first))
}

type Figure = fn(&Measured) -> Option<f64>;

fn makespan_of(measured: &Measured) -> Option<f64> {
    Some(measured.makespan_ns as f64)
}

/// The one over the other, of the trials that have the same key.
fn ratios<'a, K: Ord>(
    of: &[&'a Trial],
    to: &[&'a Trial],
    key: fn(&'a Trial) -> K,
    figure: Figure,
) -> Vec<f64> {
    let known = |trials: &[&'a Trial]| -> BTreeMap<K, f64> {
        let known = trials
            .iter()
            .filter_map(|trial| Some((key(trial), figure(trial.valid()?)?)));
        known.collect()
    };
    let (of, to) = (known(of), known(to));
    let both = of.iter().filter_map(|(round, x)| Some((x, to.get(round)?)));
    both.filter_map(|(x, y)| ratio(*x, *y)).collect()
}

fn compared(
    own: &[&Trial],
    reference: &[&Trial],
    figure: Figure,
    twins: Option<&Twins>,
) -> Option<Comparison> {
    let ratios = ratios(own, reference, |trial| trial.round, figure);
    Some(compare(estimate(&ratios)?, twins))
}

/// Whoever ran twice in a round, over itself.
fn twins_of(
    trials: &[&Trial],
    strategies: &[&str],
    figure: Figure,
) -> Option<Twins> {
    let (second, first): (Vec<&Trial>, Vec<&Trial>) =
        trials.iter().partition(|trial| trial.aa_twin);
    let who = |trial: &Trial| (trial.round, trial.spec.strategy.clone());
    let ratios = ratios(&second, &first, who, figure);
    Some(twins(&in_order(&second, strategies), estimate(&ratios)?))
}
