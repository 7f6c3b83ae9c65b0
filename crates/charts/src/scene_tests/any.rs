//! Summaries that a run may or may not come to.

use measurement::compare::{compare, twins};
use measurement::distribution::{Distribution, FRACTIONS};
use measurement::record::Act;
use measurement::statistics::{Estimate, estimate};
use measurement::summary::{Batch, Note, Row, Step, Summary, Trust};
use measurement::waits::Waits;
use proptest::prelude::*;

use super::{fixture, name};

/// Numbers of any size, often the same.
pub(super) fn numbers() -> impl Strategy<Value = Option<Estimate>> {
    let number = prop_oneof![
        Just(1.0),
        Just(61.0),
        1.0..2.0_f64,
        (-3.0..6.0_f64).prop_map(|power| 10_f64.powf(power)),
    ];
    proptest::collection::vec(number, 0..10).prop_map(|all| estimate(&all))
}

/// Quantiles of any size, from nothing on, and often alike.
fn times() -> impl Strategy<Value = Option<Distribution>> {
    let time = prop_oneof![
        Just(0.0),
        Just(2e7),
        2e7..2.2e7_f64,
        (0.0..16.0_f64).prop_map(|power| 10_f64.powf(power)),
    ];
    let times = proptest::collection::vec(time, 0..45);
    (times, 0..200_000_u64).prop_map(|(mut times, n)| {
        times.sort_by(f64::total_cmp);
        // As many on one side of the median as on the other.
        let first = (FRACTIONS.len() - times.len()) / 2;
        let fractions = FRACTIONS[first..].iter().copied();
        let quantiles: Vec<(f64, f64)> = fractions.zip(times).collect();
        (!quantiles.is_empty()).then_some(Distribution { n, quantiles })
    })
}

fn any_course() -> impl Strategy<Value = Vec<Step>> {
    let ratio = prop_oneof![Just(1.0), 0.9..1.1_f64, 0.0..1e6_f64];
    let step = (ratio, any::<bool>());
    let first = prop_oneof![Just(0_u32), any::<u32>()];
    (proptest::collection::vec(step, 0..60), first).prop_map(
        |(steps, first)| {
            let numbered = (0_u32..).zip(steps);
            let step = |(number, (ratio, disturbed))| {
                let trial = first.saturating_add(number);
                Step { trial, ratio, disturbed }
            };
            numbered.map(step).collect()
        },
    )
}

fn any_row() -> impl Strategy<Value = Row> {
    let estimates = (numbers(), numbers(), times(), times());
    (name(), estimates, any::<bool>()).prop_map(
        |(strategy, estimates, disturbed)| {
            let (speed_up, efficiency, service, sojourn) = estimates;
            let (batch, _) = fixture::batch(
                Act::Sweep,
                &["threads"],
                Waits::None,
                (1, 1),
                1,
            );
            let row = batch.rows[0].clone();
            let ratio = speed_up.clone().map(|ratio| compare(ratio, None));
            Row {
                strategy,
                speed_up,
                efficiency,
                service,
                sojourn,
                ratio,
                notes: disturbed
                    .then_some(Note::Disturbed)
                    .into_iter()
                    .collect(),
                ..row
            }
        },
    )
}

fn any_batch() -> impl Strategy<Value = Batch> {
    let act = prop_oneof![
        3 => Just(Act::Sweep),
        1 => Just(Act::Uneven),
        1 => Just(Act::NoWaits),
        1 => Just(Act::Memory),
    ];
    let level = prop_oneof![Just(1_usize), Just(8), Just(64), 0..100_000_usize];
    let rows = proptest::collection::vec(any_row(), 0..5);
    let pair = proptest::option::of(numbers());
    let waits = prop_oneof![Just(Waits::None), Just(Waits::Fixed(20_000_000))];
    let asked = (waits, any::<Option<bool>>());
    let all = (act, level, rows, pair, asked);
    all.prop_map(|(act, level, rows, pair, (waits, kept_awake))| {
        let (batch, _) = fixture::batch(act, &["threads"], waits, (1, 1), 1);
        let reference = rows.first().map(|row| row.strategy.clone());
        Batch {
            act,
            concurrency: level,
            requests: 8 * level,
            kept_awake,
            reference,
            twins: pair.flatten().map(|ratio| twins(&["threads"], ratio)),
            rows,
            ..batch
        }
    })
}

pub(super) fn any_summary() -> impl Strategy<Value = Summary> {
    let batches = proptest::collection::vec(any_batch(), 0..5);
    (batches, any_course()).prop_map(|(mut batches, course)| {
        batches.sort_by_key(|batch| (batch.act, batch.concurrency));
        Summary {
            schema_version: measurement::SCHEMA_VERSION,
            run_id: "any".to_owned(),
            batches,
            memory: Vec::new(),
            capacity: Vec::new(),
            trust: Trust { course, ..Trust::default() },
        }
    })
}
