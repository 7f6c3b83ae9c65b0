//! The charts of what pings cost.

use measurement::record::Act;
use measurement::statistics::{Estimate, estimate};
use measurement::summary::{Memory, Row, Summary};
use proptest::prelude::*;

use super::any::{any_summary, numbers};
use super::levels::{diamonds, points};
use super::{area_of, assert_readable, complaint, fixture, footer, name};
use crate::curve::sweep;
use crate::palette::Paint;
use crate::scale::Steps;
use crate::scene::{Area, Scene, Shape};
use crate::{cpu_cost, finding_cpu_cost, finding_memory, memory};

fn cpu_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let content = cpu_cost::content(summary).ok()?;
    let title = finding_cpu_cost(summary);
    Some(cpu_cost::layout::layout(&content, &title, &footer()))
}

fn memory_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let lines = memory::content(summary).ok()?;
    let title = finding_memory(summary);
    Some(memory::layout::layout(&lines, &title, &footer()))
}

fn all_scenes(summary: &Summary) -> Vec<[Scene; 2]> {
    let both = [cpu_scenes(summary), memory_scenes(summary)];
    both.into_iter().flatten().collect()
}

/// Runs of machines of all kinds, and parts of them.
pub(super) fn runs() -> Vec<Summary> {
    use fixture::sweep::*;
    let machines =
        [&QUIET, &NOISY, &TOO_NOISY, &FEW_ROUNDS, &DISTURBED, &PAST_THE_KNEE];
    let mut runs: Vec<Summary> =
        machines.iter().map(|machine| sweep(machine).0).collect();
    runs.push(own_question(&OWN_QUESTION).0);
    for act in [Act::Sweep, Act::NoWaits] {
        let mut part = sweep(&QUIET).0;
        part.batches.retain(|batch| batch.act == act);
        runs.push(part);
    }
    let mut rounds = sweep(&QUIET).0;
    for memory in &mut rounds.memory {
        let slope = memory.slope_bytes.median;
        memory.slope_bytes = around(slope);
    }
    runs.push(rounds);
    runs
}

/// Six rounds around this.
fn around(middle: f64) -> Estimate {
    let rounds = [0.94, 0.97, 0.99, 1.01, 1.04, 1.07];
    estimate(&rounds.map(|factor| factor * middle)).unwrap()
}

#[test]
fn the_runs_can_be_read() {
    for summary in runs() {
        let scenes = all_scenes(&summary);
        assert!(!scenes.is_empty());
        scenes.iter().for_each(assert_readable);
    }
}

#[test]
fn a_title_is_never_cut_off() {
    for scene in runs().iter().flat_map(all_scenes).flatten() {
        for label in scene.labels.iter().filter(|label| label.bold) {
            assert!(!label.text.ends_with('…'), "{}", label.text);
        }
    }
}

/// Positions go back to the numbers they were made from.
#[test]
fn points_and_columns_are_where_the_summary_says() {
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::NOISY);
    let cost = |batch: &measurement::summary::Batch, name: &str| {
        let mut rows = batch.rows.iter();
        let row = rows.find(|row| row.strategy == name)?;
        Some(row.cpu_per_request_ns.as_ref()?.median / 1000.0)
    };
    let pool = |batch| cost(batch, "worker-pool");
    let over_levels: Vec<f64> =
        sweep(&summary).into_iter().filter_map(pool).collect();
    assert_eq!(over_levels.len(), 4);
    let none = cpu_cost::no_waits(&summary).unwrap();
    // The pool by hand is a diamond, too: one among the lines, at one level.
    let by_hand = sweep(&summary)
        .into_iter()
        .find_map(|batch| cost(batch, "pool-by-hand"));
    let columns = pool(none).into_iter().chain(cost(none, "pool-by-hand"));
    let wanted = over_levels.into_iter().chain(by_hand).chain(columns);
    let wanted: Vec<f64> = wanted.collect();
    assert_eq!(wanted.len(), 7);
    for (scene, narrow) in
        cpu_scenes(&summary).unwrap().iter().zip([false, true])
    {
        let y = points(scene, Steps::Linear, " µs");
        // The key has symbols before those of the data: the one that has no
        // line, and on a telephone both. Between the lines and the columns are
        // labels.
        let found = diamonds(scene);
        let data = &found[1 + usize::from(narrow)..];
        let read = |area: &Area| y.value_at((area.top + area.bottom) / 2.0);
        for (number, wanted) in wanted[..5].iter().enumerate() {
            let read = read(&data[number]);
            assert!((read / wanted - 1.0).abs() < 1e-3, "{read} {wanted}");
        }
        let columns: Vec<f64> = data[5..].iter().map(read).collect();
        for wanted in &wanted[5..] {
            let near = |read: &&f64| (*read / wanted - 1.0).abs() < 1e-3;
            let found = columns.iter().filter(near).count();
            assert_eq!(found, 1, "{columns:?} {wanted}");
        }
        // A column begins at nothing and ends at its cost.
        let columns: Vec<Area> = scene
            .marks
            .iter()
            .filter(|mark| mark.paint == Paint::Idle)
            .map(area_of)
            .collect();
        assert_eq!(columns.len(), 6);
        let rows = none.rows.iter();
        for (row, column) in rows.zip(columns) {
            let cost = row.cpu_per_request_ns.as_ref().unwrap().median;
            let read = y.value_at(column.top);
            assert!((read - cost / 1000.0).abs() < 0.05, "{read} {cost}");
            assert!(y.value_at(column.bottom).abs() < 1e-6);
        }
    }
}

#[test]
fn lines_of_memory_are_where_the_summary_says() {
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    for scene in memory_scenes(&summary).unwrap() {
        let y = points(&scene, Steps::Linear, " MiB");
        let line = scene.marks.iter().find_map(|mark| match mark.shape {
            Shape::Line { from, to, .. } if mark.paint == Paint::WorkerPool => {
                Some((from, to))
            }
            _ => None,
        });
        let (from, to) = line.unwrap();
        let mut rows = summary.memory.iter();
        let row = rows.find(|row| row.strategy == "worker-pool").unwrap();
        let mib = 1024.0 * 1024.0;
        let base = row.base_bytes / mib;
        let end = base + row.slope_bytes.median * 512.0 / mib;
        assert!((y.value_at(from.1) / base - 1.0).abs() < 1e-3);
        assert!((y.value_at(to.1) / end - 1.0).abs() < 1e-3);
    }
}

#[test]
fn the_interval_of_a_slope_is_drawn_where_there_is_one() {
    let caps = |summary: &Summary| {
        let [wide, _] = memory_scenes(summary).unwrap();
        let key = |label: &&crate::scene::Label| {
            label.text == "interval of the slope"
        };
        wide.labels.iter().filter(key).count()
    };
    let runs = runs();
    assert_eq!(caps(&runs[0]), 0);
    assert_eq!(caps(&runs[runs.len() - 1]), 1);
}

fn any_memory() -> impl Strategy<Value = Memory> {
    let level = prop_oneof![Just(1_u64), Just(512), 0..600_u64, any::<u64>()];
    let bytes = prop_oneof![Just(5_u64 << 20), 0..1_u64 << 40, any::<u64>()];
    let points = proptest::collection::vec((level, bytes), 0..30);
    let slope = (-2e3..1e5_f64).prop_map(around);
    let few = (-2e3..1e5_f64).prop_map(|slope| estimate(&[slope]).unwrap());
    let slope = prop_oneof![slope, few];
    (name(), name(), points, slope, -1e6..1e8_f64).prop_map(
        |(strategy, client, points, slope_bytes, base_bytes)| Memory {
            strategy,
            client,
            slope_bytes,
            base_bytes,
            points,
        },
    )
}

/// Any run, with costs of any size.
fn any_run() -> impl Strategy<Value = Summary> {
    let factor = prop_oneof![Just(1.0), Just(1e3), Just(1e6)];
    let client = (numbers(), factor).prop_map(|(cost, factor)| {
        let values = cost?.values;
        let values = values.iter().map(|cost| cost * factor);
        estimate(&values.collect::<Vec<_>>())
    });
    let costs = (client, proptest::option::of(numbers()), name());
    let costs = proptest::collection::vec(costs, 1..9);
    let memory = proptest::collection::vec(any_memory(), 0..8);
    let more = 0..4_usize;
    let all = (any_summary(), costs, memory, more);
    all.prop_map(|(mut summary, costs, memory, more)| {
        for batch in &mut summary.batches {
            let Some(first) = batch.rows.first().cloned() else { continue };
            batch.rows.extend((0..more).map(|number| Row {
                strategy: format!("mine-{number}"),
                ..first.clone()
            }));
        }
        let rows = summary.batches.iter_mut().flat_map(|b| &mut b.rows);
        for (row, (client, server, name)) in rows.zip(costs.iter().cycle()) {
            row.cpu_per_request_ns = client.clone();
            row.server_cpu_per_request_ns = server.clone().flatten();
            row.cpu_ratio = row.ratio.clone();
            row.client.clone_from(name);
        }
        summary.memory = memory;
        summary
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_cost_can_be_read(summary in any_run()) {
        for scenes in all_scenes(&summary) {
            for scene in &scenes {
                prop_assert_eq!(complaint(scene), None);
            }
        }
    }
}
