//! The charts of what pings cost.

use measurement::record::Act;
use measurement::statistics::{Estimate, estimate};
use measurement::summary::{Batch, Memory, Row, Summary};
use measurement::ways;
use proptest::prelude::*;

use super::any::{any_summary, numbers};
use super::{area_of, assert_readable, complaint, fixture, name, scenes_of};
use crate::scale::{Scale, Steps};
use crate::scene::{Anchor, Area, Label, Scene};
use crate::{chart, finding_clients, finding_cpu_cost, finding_memory};

fn cpu_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let title = finding_cpu_cost(summary);
    scenes_of(chart::cpu_cost::plot(summary), &title)
}

fn memory_scenes(summary: &Summary) -> Option<[Scene; 2]> {
    let title = finding_memory(summary);
    scenes_of(chart::memory::drawing(summary), &title)
}

fn all_scenes(summary: &Summary) -> Vec<[Scene; 2]> {
    let title = finding_clients(summary);
    let clients = scenes_of(chart::clients::drawing(summary), &title);
    let all = [cpu_scenes(summary), memory_scenes(summary), clients];
    all.into_iter().flatten().collect()
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
    runs.push(fixture::sweep::ladder([6.1, 8.0, 9.1, 12.0]));
    runs.push(fixture::sweep::ladder([6.1, 6.1, 9.1, 4.0]));
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

/// A step without its words is a bar that explains nothing.
#[test]
fn every_step_of_the_ladder_is_named_in_both_forms() {
    let run = fixture::sweep::ladder([6.1, 8.0, 9.1, 12.0]);
    for scene in scenes_of(chart::clients::drawing(&run), "").unwrap() {
        for step in ["+1.9 µs: ", "+1.1 µs: ", "+2.9 µs: "] {
            let named = |label: &Label| label.text.starts_with(step);
            assert!(scene.labels.iter().any(named), "{step}");
        }
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

/// The scale that lies along each panel, from the first of the numbers below it
/// and the last but one: the last may be moved to the side.
fn scales(scene: &Scene, steps: Steps) -> Vec<Scale> {
    let mut panels: Vec<Vec<(f64, f64)>> = Vec::new();
    for label in scene.labels.iter().filter(|l| l.anchor == Anchor::Middle) {
        let Ok(number) = label.text.parse::<f64>() else { continue };
        match panels.last_mut() {
            Some(panel) if panel.iter().all(|tick| tick.0 < number) => {
                panel.push((number, label.x));
            }
            _ => panels.push(vec![(number, label.x)]),
        }
    }
    let scale = |ticks: &Vec<(f64, f64)>| {
        let (first, last) = (ticks[0], ticks[(ticks.len() - 2).max(1)]);
        Scale::new(steps, [first.0, last.0], (first.1, last.1))
    };
    panels.iter().map(scale).collect()
}

/// The marks that tell this.
fn telling(scene: &Scene, told: &str) -> Vec<Area> {
    let marks = scene.marks.iter();
    let found = marks.filter(|mark| mark.hover.starts_with(told));
    found.map(area_of).collect()
}

fn bold(scene: &Scene) -> Vec<&str> {
    let labels = scene.labels.iter().filter(|label| label.bold);
    labels.map(|label| &*label.text).collect()
}

/// Lengths go back to the numbers they were made from; those of the title are
/// the first and the thick ones, and the others are grey.
#[test]
fn bars_of_cpu_are_as_long_as_the_summary_says() {
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    let with_waits =
        |batch: &&Batch| batch.act == Act::Sweep && batch.concurrency == 64;
    let batch = summary.batches.iter().find(with_waits).unwrap();
    for scene in cpu_scenes(&summary).unwrap() {
        let scales = scales(&scene, Steps::Linear);
        assert_eq!((scales.len(), batch.rows.len()), (1, 6));
        let (mut last, mut thick) = (0.0, f64::INFINITY);
        let mut rows: Vec<&Row> = batch.rows.iter().collect();
        rows.sort_by_key(|row| {
            let pair = [ways::TASKS_BY_HAND.id, ways::POOL_BY_HAND.id];
            pair.iter().position(|id| *id == row.strategy).unwrap_or(2)
        });
        for (number, row) in rows.into_iter().enumerate() {
            let name = ways::name(&row.strategy);
            let told =
                format!("{name} on {}, with waits, 64 in flight", row.client);
            let areas = telling(&scene, &told);
            let [area] = areas[..] else { panic!("{told}: {areas:?}") };
            let cost = row.cpu_per_request_ns.as_ref().unwrap().median / 1e3;
            assert!(scales[0].value_at(area.left).abs() < 1e-3 * cost);
            let read = scales[0].value_at(area.right);
            assert!((read / cost - 1.0).abs() < 1e-3, "{read} {cost}");
            // Its row is below that of the one before.
            assert!(area.top > last);
            last = area.bottom;
            let high = area.bottom - area.top;
            assert!(high < thick / 2.0 || number != 2);
            thick = high;
        }
    }
}

/// The two numbers that the title compares, and by how much they differ.
#[test]
fn what_a_title_speaks_of_is_bold() {
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    for scene in cpu_scenes(&summary).unwrap() {
        let bold = bold(&scene);
        assert!(bold.contains(&"44 µs"), "{bold:?}");
        assert!(bold.contains(&"41 µs"), "{bold:?}");
    }
    for scene in memory_scenes(&summary).unwrap() {
        let bold = bold(&scene);
        for number in ["31 KiB", "22 KiB"] {
            assert!(bold.contains(&number), "{bold:?}");
        }
    }
}

#[test]
fn bars_of_memory_are_as_long_as_the_summary_says() {
    const KIB: f64 = 1024.0;
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    let of = |id: &str| {
        let mut rows = summary.memory.iter();
        rows.find(|row| row.strategy == id).unwrap()
    };
    let [whole, waiter] =
        [ways::POOL, ways::POOL_BY_HAND].map(|way| of(way.id));
    for scene in memory_scenes(&summary).unwrap() {
        let scales = scales(&scene, Steps::Linear);
        assert_eq!(scales.len(), 2);
        let bars = telling(&scene, "worker pool (queue): ");
        assert_eq!(bars.len(), 4);
        let one = |memory: &Memory| memory.slope_bytes.median / KIB;
        let many = |memory: &Memory| {
            let bytes = memory.base_bytes + 1e4 * memory.slope_bytes.median;
            bytes / KIB / KIB
        };
        let wanted = [(one(whole), one(waiter)), (many(whole), many(waiter))];
        // One that is not in parts.
        let waves = telling(&scene, "threads (waves): ");
        let row = of(ways::WAVES.id);
        assert_eq!(waves.len(), 2);
        for ((x, bar), wanted) in
            scales.iter().zip(waves).zip([one(row), many(row)])
        {
            let read = x.value_at(bar.right);
            assert!((read - wanted).abs() < 1e-2 * wanted, "{read} {wanted}");
        }
        for ((x, pair), (all, part)) in
            scales.iter().zip(bars.chunks(2)).zip(wanted)
        {
            let ends =
                [pair[0].left, pair[0].right, pair[1].left, pair[1].right];
            for (at, wanted) in ends.into_iter().zip([0.0, part, part, all]) {
                let read = x.value_at(at);
                assert!((read - wanted).abs() < 1e-3 * all, "{read} {wanted}");
            }
        }
    }
}

/// What takes more by hand than on a library is no part of that.
#[test]
fn a_waiter_that_takes_more_has_a_bar_of_its_own() {
    let (mut summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    let bars = |summary: &Summary| {
        let [wide, _] = memory_scenes(summary).unwrap();
        telling(&wide, "worker pool, GET by hand: ").len()
    };
    assert_eq!(bars(&summary), 0);
    for memory in &mut summary.memory {
        if memory.strategy == ways::POOL_BY_HAND.id {
            memory.slope_bytes = around(1e6);
        }
    }
    assert_eq!(bars(&summary), 2);
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
