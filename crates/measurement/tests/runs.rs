//! Several runs beside each other.

mod arbitrary;
#[expect(dead_code, reason = "only whole trials are needed here")]
mod example;
mod several;

use example::{failed, flag, measured};
use measurement::record::{Act, Trial};
use measurement::runs::{
    Agreement, Cell, Figure, RunComparison, RunRead, Said, compare_runs,
};
use measurement::waits::Waits;
use proptest::collection::vec;
use proptest::prelude::*;
use several::{memory, pool_and, read};

/// The cell of this strategy in the first batch.
fn cell<'a>(compared: &'a RunComparison, strategy: &str) -> &'a Cell {
    let cells = &compared.batches[0].cells;
    cells.iter().find(|cell| cell.strategy == strategy).unwrap()
}

/// Runs in which threads take these times, ms, and the pool 40.
fn runs(threads_ms: &[u64]) -> Vec<RunRead> {
    let run = |ms: &u64| read("run", &pool_and(&[("threads", *ms)]));
    threads_ms.iter().map(run).collect()
}

fn said(threads_ms: &[u64]) -> (Vec<Said>, Agreement) {
    let compared = compare_runs(&runs(threads_ms));
    let versus = cell(&compared, "threads").ratio.clone().unwrap();
    (versus.said.into_iter().flatten().collect(), versus.agreement)
}

#[test]
fn two_runs_have_a_ratio_and_no_interval() {
    let compared = compare_runs(&runs(&[50, 60]));
    let threads = cell(&compared, "threads");
    let makespan = threads.makespan_ns.as_ref().unwrap();
    assert_eq!((makespan.n, makespan.interval), (2, None));
    let ratio = threads.second_over_first.unwrap();
    assert!((ratio - 60.025 / 50.025).abs() < 1e-9, "{ratio}");
    assert!(threads.spread_in_run.iter().all(|s| s.unwrap() < 0.001));
}

#[test]
fn three_runs_have_a_range_and_six_an_interval() {
    for (n, has_interval) in [(3, false), (5, false), (6, true), (9, true)] {
        let ms: Vec<u64> = (0..n).map(|i| 50 + i).collect();
        let compared = compare_runs(&runs(&ms));
        let threads = cell(&compared, "threads");
        let figure = threads.makespan_ns.as_ref().unwrap();
        assert_eq!(figure.n, ms.len());
        assert_eq!(figure.interval.is_some(), has_interval, "{n}");
        assert_eq!(threads.second_over_first, None);
        let (low, high) = figure.ends();
        assert!(figure.min <= low && low <= figure.median);
        assert!(figure.median <= high && high <= figure.max);
        // Of nine the second from either end.
        assert_eq!(figure.min < low && high < figure.max, n == 9);
    }
}

#[test]
fn verdicts_that_cannot_both_be_right_contradict_each_other() {
    use Said::{Less, More, NoDifference};
    let cases: &[(&[u64], &[Said], Agreement)] = &[
        (&[50, 51], &[More, More], Agreement::Agree),
        (&[30, 31], &[Less, Less], Agreement::Agree),
        (&[40, 40], &[NoDifference; 2], Agreement::Agree),
        (&[30, 50], &[Less, More], Agreement::Contradict),
        (&[40, 50], &[NoDifference, More], Agreement::Partly),
        (&[40, 30, 31], &[NoDifference, Less, Less], Agreement::Partly),
        (&[30, 40, 50], &[Less, NoDifference, More], Agreement::Contradict),
    ];
    for (ms, expected, agreement) in cases {
        assert_eq!(said(ms), (expected.to_vec(), *agreement), "{ms:?}");
    }
}

#[test]
fn who_cannot_tell_contradicts_nobody() {
    let sure = read("a", &pool_and(&[("threads", 50)]));
    let mut few = pool_and(&[("threads", 30)]);
    few.retain(|trial| trial.round < 3);
    let compared = compare_runs(&[sure, read("b", &few)]);
    let versus = cell(&compared, "threads").ratio.as_ref().unwrap();
    assert_eq!(versus.said, [Some(Said::More), Some(Said::TooFewRounds)]);
    assert_eq!(versus.agreement, Agreement::Open);
}

#[test]
fn only_what_differs_is_told() {
    let mut both = runs(&[50, 50]);
    assert_eq!(compare_runs(&both).differences, []);
    both[1].run.seed = 8;
    both[1].run.environment.commit = Some("0123abc-dirty".to_owned());
    both[1].run.command = "cargo run -p harness -- run --seed 8".to_owned();
    both[1].run.environment.load = None;
    let told = compare_runs(&both).differences;
    let told: Vec<(&str, &str, &str)> = told
        .iter()
        .map(|d| (d.what.as_str(), d.values[0].as_str(), d.values[1].as_str()))
        .collect();
    let changed = "source changed since the commit";
    assert_eq!(
        told,
        [
            (changed, "no", "yes"),
            ("seed", "7", "8"),
            ("load before", "0.25", "not known"),
        ]
    );
}

#[test]
fn a_run_is_quiet_that_is_whole_and_was_left_alone() {
    let quiet = |change: &dyn Fn(&mut Vec<Trial>)| {
        let mut trials = pool_and(&[("threads", 50)]);
        change(&mut trials);
        let run = read("run", &trials);
        compare_runs(&[run.clone(), run]).runs[0].quiet
    };
    let busy = |trials: &mut [Trial], n: usize| {
        for trial in &mut trials[..n] {
            measured(trial).flags.push(flag("busy"));
        }
    };
    assert!(quiet(&|_| {}));
    assert!(quiet(&|trials| busy(trials, 3)), "3 of 18 are below a fifth");
    assert!(!quiet(&|trials| busy(trials, 4)));
    assert!(!quiet(&|trials| trials[0] = failed(trials[0].clone(), "hung")));
    assert!(!quiet(&Vec::clear));
    let mut stopped = runs(&[50, 50]);
    stopped[0].run.end = None;
    assert!(!compare_runs(&stopped).runs[0].quiet);
}

#[test]
fn a_cell_of_one_run_is_there_and_says_of_which() {
    let wider = read("a", &pool_and(&[("threads", 50), ("scoped-threads", 9)]));
    let mut own = pool_and(&[("threads", 50)]);
    own.iter_mut().for_each(|trial| trial.level = 3);
    let compared = compare_runs(&[wider.clone(), read("b", &own)]);
    assert!(!compared.has_common_cells());
    assert_eq!(compared.batches.len(), 2);
    assert_eq!(cell(&compared, "threads").valid, [Some(6), None]);

    let fewer = read("b", &pool_and(&[("threads", 50)]));
    let compared = compare_runs(&[wider, fewer]);
    assert!(compared.has_common_cells());
    let scoped = cell(&compared, "scoped-threads");
    assert_eq!(scoped.valid, [Some(6), None]);
    assert_eq!(scoped.makespan_ns.as_ref().unwrap().values[1], None);
    assert_eq!(scoped.second_over_first, None);
    let names: Vec<&str> = compared.batches[0]
        .cells
        .iter()
        .map(|cell| cell.strategy.as_str())
        .collect();
    assert_eq!(names, ["threads", "scoped-threads", "worker-pool"]);
}

#[test]
fn ratios_to_different_strategies_are_not_put_together() {
    let beside_pool = read("a", &pool_and(&[("threads", 50)]));
    let mut trials = pool_and(&[("threads", 50)]);
    for trial in &mut trials {
        if trial.spec.strategy == "worker-pool" {
            trial.spec.strategy = "async-tasks".to_owned();
        }
    }
    let compared = compare_runs(&[beside_pool, read("b", &trials)]);
    let batch = &compared.batches[0];
    assert!(batch.references_differ && batch.reference.is_none());
    assert!(batch.cells.iter().all(|cell| cell.ratio.is_none()));
}

#[test]
fn nothing_is_efficient_where_nothing_waits() {
    let mut trials = pool_and(&[("threads", 50)]);
    for trial in &mut trials {
        (trial.act, trial.spec.waits) = (Act::NoWaits, Waits::None);
    }
    let compared = compare_runs(&[read("a", &trials), read("b", &trials)]);
    assert_eq!(cell(&compared, "threads").efficiency, None);
}

#[test]
fn memory_is_compared_by_its_slope() {
    let of = |kib| {
        let mut trials = pool_and(&[("threads", 50)]);
        memory(&mut trials, kib);
        read("run", &trials)
    };
    let compared = compare_runs(&[of(28), of(30), of(49)]);
    let slope = &compared.memory[0].slope_bytes;
    let kib = [slope.min, slope.median, slope.max].map(|b| b / 1024.0);
    assert_eq!(kib, [28.0, 30.0, 49.0]);
}

fn summed_up(figure: &Figure) -> (usize, [f64; 3]) {
    (figure.n, [figure.median, figure.min, figure.max])
}

/// What does not depend on which run was named first.
fn unordered(compared: &RunComparison) -> Vec<String> {
    let cells = compared.cells().map(|(batch, cell)| {
        let figures = [
            &cell.makespan_ns,
            &cell.speed_up,
            &cell.efficiency,
            &cell.cpu_per_request_ns,
        ];
        let figures = figures.map(|f| f.as_ref().map(summed_up));
        let versus = [&cell.ratio, &cell.cpu_ratio]
            .map(|v| v.as_ref().map(|v| (summed_up(&v.ratio), v.agreement)));
        let key = (batch.act, batch.concurrency, &cell.strategy);
        format!("{key:?} {figures:?} {versus:?}")
    });
    cells.collect()
}

/// Of any trials a run, as `plot` would read it.
fn any_run() -> impl Strategy<Value = Vec<Trial>> {
    vec(arbitrary::trial(), 0..4)
}

proptest! {
    #[test]
    fn a_run_beside_itself_is_the_same(ms in 1..200_u64) {
        let compared = compare_runs(&runs(&[ms, ms]));
        prop_assert_eq!(&compared.differences, &[]);
        for (_, cell) in compared.cells() {
            prop_assert_eq!(cell.second_over_first, Some(1.0));
            for versus in [&cell.ratio, &cell.cpu_ratio].into_iter().flatten() {
                prop_assert_ne!(versus.agreement, Agreement::Contradict);
            }
        }
    }

    #[test]
    fn the_order_of_runs_does_not_matter(
        ms in vec(20..80_u64, 2..8),
        turn in 0..8_usize,
    ) {
        let mut turned = runs(&ms);
        turned.rotate_left(turn % ms.len());
        let (one, other) = (compare_runs(&runs(&ms)), compare_runs(&turned));
        prop_assert_eq!(unordered(&one), unordered(&other));
    }

    #[test]
    fn two_runs_the_other_way_round_are_the_inverse(
        first in 20..80_u64,
        second in 20..80_u64,
    ) {
        let ratio = |a, b| {
            let compared = compare_runs(&runs(&[a, b]));
            cell(&compared, "threads").second_over_first.unwrap()
        };
        let product = ratio(first, second) * ratio(second, first);
        prop_assert!((product - 1.0).abs() < 1e-9);
    }

    /// A number that is infinite or none would come out as null, and not be
    /// read.
    #[test]
    fn any_runs_have_a_comparison_that_can_be_read_again(
        several in vec(any_run(), 2..5),
    ) {
        let several: Vec<RunRead> =
            several.iter().map(|trials| read("run", trials)).collect();
        let compared = compare_runs(&several);
        let text = serde_json::to_string(&compared).unwrap();
        let again: RunComparison = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(again, compared);
    }
}
