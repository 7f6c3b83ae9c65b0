//! What must hold of every picture of what the queue of many machines costs.

use measurement::queue_cost::{
    Act, Cell, CellRow, MACHINES_VERSION, MachinesSummary, Memory,
};
use measurement::statistics::{Estimate, estimate};
use proptest::prelude::*;

use super::any::numbers;
use super::{area_of, assert_readable, complaint, scenes_of};
use crate::chart::machines::{caption_machines, plot};
use crate::finding::LONGEST;
use crate::palette::Paint;
use crate::scene::{Mark, Shape};

fn known(number: f64) -> Option<Estimate> {
    estimate(&[0.98 * number, number, 1.02 * number])
}

fn row(act: Act, copies: usize, workers: usize) -> CellRow {
    let concurrency = if act == Act::Scaling { 10 * workers } else { 200 };
    let wait_ns = if act == Act::Scaling { 20_000_000 } else { 0 };
    CellRow {
        cell: Cell { act, copies, workers, concurrency, wait_ns, jobs: 1000 },
        valid: 3,
        failure: None,
        jobs_per_second: None,
        times_as_fast: None,
        workers_cpu_ns: None,
        brokers_cpu_ns: None,
        producing_cpu_ns: None,
        collector_cpu_ns: None,
        produced_per_second: None,
        producer: Memory::default(),
        worker: Memory::default(),
        collector: Memory::default(),
        broker: Memory::default(),
        found: Vec::new(),
    }
}

/// A job of so many microseconds: of the workers, of the servers, around it.
fn cost(
    copies: usize,
    workers: usize,
    [own, broker, around]: [f64; 3],
) -> CellRow {
    let queue = copies > 0;
    CellRow {
        jobs_per_second: known(2e6 / (own + broker + around)),
        workers_cpu_ns: known(1e3 * own),
        brokers_cpu_ns: known(1e3 * broker).filter(|_| queue),
        producing_cpu_ns: known(1e3 * around).filter(|_| queue),
        ..row(Act::Saturation, copies, workers)
    }
}

fn times(copies: usize, workers: usize, times: f64) -> CellRow {
    CellRow {
        times_as_fast: known(times),
        ..row(Act::Scaling, copies, workers)
    }
}

fn summary(rows: Vec<CellRow>) -> MachinesSummary {
    MachinesSummary {
        schema_version: MACHINES_VERSION,
        run_id: "machines-2026-01-02T03-04-05Z".to_owned(),
        rows,
    }
}

/// As a quiet machine measures it.
fn quiet() -> MachinesSummary {
    let mut rows = vec![cost(0, 1, [12.0, 0.0, 0.0])];
    for workers in [1, 2, 4] {
        rows.push(cost(1, workers, [22.0, 25.0, 10.0]));
    }
    for workers in [1, 2, 4] {
        rows.push(cost(3, workers, [27.0, 80.0, 25.0]));
    }
    for (copies, loss) in [(1, 0.99), (3, 0.96)] {
        for workers in [1, 2, 4, 8] {
            let ideal = workers as f64;
            let lost = f64::powf(loss, ideal.log2() * 2.0);
            rows.push(times(copies, workers, ideal * lost));
        }
    }
    summary(rows)
}

#[test]
fn the_title_says_what_a_job_takes() {
    let title = |summary: &MachinesSummary| caption_machines(summary).title;
    assert_eq!(
        title(&quiet()),
        "CPU of a job: 12 µs in one process, 57 µs by one server, 132 µs by \
         three"
    );
    let scaling = summary(vec![times(1, 1, 1.0), times(1, 8, 7.6)]);
    assert_eq!(
        title(&scaling),
        "With one server eight workers are 7.6× as fast as one"
    );
    let none = "Nothing could be measured of the queue";
    assert_eq!(title(&summary(Vec::new())), none);
}

#[test]
fn the_pieces_of_a_bar_are_as_long_as_they_say() {
    let summary = quiet();
    let title = caption_machines(&summary).title;
    let scenes = scenes_of(plot(&summary), &title).unwrap();
    assert_readable(&scenes);
    for scene in &scenes {
        let told = |mark: &&Mark| {
            mark.hover.contains("3 servers, 2 workers, CPU time of a job")
        };
        let bars = scene.marks.iter().filter(told).map(area_of);
        let bars: Vec<_> = bars.collect();
        let [own, broker, around] = &bars[..] else { panic!("{bars:?}") };
        let long = |bar: &crate::scene::Area| bar.right - bar.left;
        assert!((long(broker) / long(own) - 80.0 / 27.0).abs() < 0.01);
        assert!((long(around) / long(own) - 25.0 / 27.0).abs() < 0.01);
        // One begins where the one before it ends.
        assert!((own.right - broker.left).abs() < 0.01, "{bars:?}");
        assert!((broker.right - around.left).abs() < 0.01, "{bars:?}");
        let said = |text| scene.labels.iter().any(|l| l.text == text);
        assert!(said("132 µs") && said("12 µs"), "{:?}", scene.labels);
    }
}

#[test]
fn as_fast_as_there_are_workers_is_on_the_dashed_line() {
    let ideal = [1, 2, 4, 8].map(|workers| times(1, workers, workers as f64));
    let summary = summary(ideal.to_vec());
    let title = caption_machines(&summary).title;
    for scene in scenes_of(plot(&summary), &title).unwrap() {
        let lines: Vec<&Mark> = scene
            .marks
            .iter()
            .filter(|mark| {
                let dashed = matches!(mark.shape, Shape::Line { .. });
                dashed && mark.paint == Paint::Ink
            })
            .collect();
        assert!(!lines.is_empty(), "no dashed line");
    }
}

#[test]
fn nothing_is_no_picture() {
    assert!(plot(&summary(Vec::new())).is_err());
    assert!(plot(&summary(vec![row(Act::Backlog, 1, 2)])).is_err());
}

fn any_row() -> impl Strategy<Value = CellRow> {
    let act = prop_oneof![
        Just(Act::Saturation),
        Just(Act::Scaling),
        Just(Act::Backlog)
    ];
    let copies = prop_oneof![0..4_usize, any::<usize>()];
    let workers = prop_oneof![0..9_usize, any::<usize>()];
    (act, copies, workers, numbers(), numbers(), numbers(), numbers()).prop_map(
        |(act, copies, workers, speed, own, broker, times)| {
            let mut row = row(act, copies, 1);
            row.cell.workers = workers;
            CellRow {
                jobs_per_second: speed,
                workers_cpu_ns: own,
                brokers_cpu_ns: broker.clone(),
                producing_cpu_ns: broker,
                times_as_fast: times,
                ..row
            }
        },
    )
}

proptest! {
    #[test]
    fn any_cells_can_be_read(
        rows in proptest::collection::vec(any_row(), 0..21),
    ) {
        let summary = summary(rows);
        let title = caption_machines(&summary).title;
        prop_assert!(title.chars().count() <= LONGEST, "{title}");
        if let Some(scenes) = scenes_of(plot(&summary), &title) {
            for scene in &scenes {
                prop_assert_eq!(complaint(scene), None);
            }
        }
    }
}
