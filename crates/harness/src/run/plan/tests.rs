use measurement::makespan;

use super::*;
use crate::run::Preset;
use crate::strategies;

fn options(preset: Preset) -> RunOptions {
    RunOptions {
        preset,
        rounds: None,
        strategies: strategies::usual().collect(),
        named: false,
        question: None,
        can_keep_awake: true,
        seed: None,
        reports: "reports".into(),
        open: false,
        command: String::new(),
    }
}

fn plan(preset: Preset) -> Plan {
    Plan::of(&options(preset), usize::MAX)
}

#[test]
fn nobody_waits_longer_than_promised() {
    let promised =
        [(Preset::Smoke, 10), (Preset::Quick, 75), (Preset::Full, 20 * 60)];
    for (preset, seconds) in promised {
        let predicted = plan(preset).predicted();
        assert!(predicted <= Duration::from_secs(seconds), "{predicted:?}");
    }
}

#[test]
fn every_strategy_is_in_each_round_once_and_the_pool_twice_at_two_levels() {
    let sweep = plan(Preset::Quick).sweep;
    for level in [2, 8, 64, 256] {
        let names: Vec<(&str, bool)> = sweep
            .cells
            .iter()
            .filter(|cell| cell.level == level)
            .map(|cell| (cell.strategy.way.id, cell.aa_twin))
            .collect();
        let twin = [("worker-pool", true)];
        let expected = ["threads", "scoped-threads", "worker-pool"]
            .into_iter()
            .chain(["async-tasks"])
            .map(|name| (name, false))
            .chain(twin.into_iter().filter(|_| [8, 64].contains(&level)));
        assert_eq!(names, expected.collect::<Vec<_>>(), "{level}");
    }
    let around: Vec<&str> =
        sweep.in_a_round().map(|cell| cell.strategy.way.id).collect();
    assert_eq!(around.first(), Some(&"sequential"));
    assert_eq!(around.last(), Some(&"sequential"));
}

#[test]
fn every_cell_of_the_sweep_takes_as_long() {
    for cell in plan(Preset::Full).sweep.in_a_round() {
        let limit = NonZeroUsize::new(cell.concurrency()).unwrap();
        let waits = cell.waits.of(cell.requests);
        let ideal = makespan::bound(&waits, limit);
        assert_eq!(ideal, 160 * MILLISECOND, "{}", cell.level);
    }
}

#[test]
fn the_pair_by_hand_is_where_cost_is_compared_and_nowhere_else() {
    let plan = plan(Preset::Quick);
    let by_hand = |rounds: &Rounds| {
        let cells = rounds.cells.iter();
        cells.filter(|cell| cell.strategy.lesson.is_none()).count()
    };
    assert_eq!([&plan.no_waits, &plan.memory].map(by_hand), [2, 6]);
    let others = [&plan.book, &plan.uneven, &plan.sweep];
    assert_eq!(others.map(by_hand), [0, 0, 0]);
}

#[test]
fn levels_without_open_files_for_them_are_left_out() {
    let plan = Plan::of(&options(Preset::Quick), 100);
    assert!(plan.sweep.cells.iter().all(|cell| cell.level <= 100));
    assert_eq!(plan.left_out, [128, 256, 512]);
}

#[test]
fn a_question_of_ones_own_has_no_other_acts() {
    let question = Some(Question {
        levels: vec![NonZeroUsize::new(16).unwrap()],
        delay: Duration::from_millis(5),
        requests: None,
        keep_awake: true,
    });
    let plan = Plan::of(
        &RunOptions { question, ..options(Preset::Quick) },
        usize::MAX,
    );
    assert!(plan.book.cells.is_empty() && plan.memory.cells.is_empty());
    let cells = &plan.sweep.cells;
    assert!(cells.iter().all(|cell| cell.requests == 128));
    assert_eq!(cells.iter().filter(|cell| cell.aa_twin).count(), 1);
    assert!(plan.sweep.in_a_round().all(|cell| cell.kept_awake));
}

/// Whether the processors are kept awake in each cell of the acts.
fn awake(options: &RunOptions) -> [Vec<bool>; 2] {
    let plan = Plan::of(options, usize::MAX);
    let (no_waits, others): (Vec<&Cell>, Vec<&Cell>) = plan
        .acts()
        .into_iter()
        .flat_map(Rounds::in_a_round)
        .partition(|cell| cell.act == Act::NoWaits);
    [no_waits, others].map(|cells| {
        let mut each: Vec<bool> =
            cells.iter().map(|cell| cell.kept_awake).collect();
        each.sort_unstable();
        each.dedup();
        each
    })
}

#[test]
fn processors_are_kept_awake_where_nothing_waits_and_nowhere_else() {
    let of = |preset, can_keep_awake| {
        awake(&RunOptions { can_keep_awake, ..options(preset) })
    };
    for preset in [Preset::Smoke, Preset::Quick] {
        assert_eq!(of(preset, true), [vec![true], vec![false]]);
    }
    // Side by side.
    assert_eq!(of(Preset::Full, true), [vec![false, true], vec![false]]);
    assert_eq!(of(Preset::Full, false), [vec![false], vec![false]]);
    let cells = |can_keep_awake| {
        let options = RunOptions { can_keep_awake, ..options(Preset::Full) };
        Plan::of(&options, usize::MAX).no_waits.cells.len()
    };
    // The calibration is there once.
    assert_eq!(cells(true) - 1, 2 * (cells(false) - 1));
}
