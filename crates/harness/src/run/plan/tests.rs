use measurement::makespan;

use super::*;
use crate::cli::Preset;
use crate::strategies::Strategy;

fn options(preset: Preset) -> RunOptions {
    RunOptions {
        preset,
        rounds: None,
        strategies: preset.strategies(),
        named: false,
        question: None,
        can_keep_awake: true,
        seed: None,
        repeat: None,
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
    let promised = [
        (Preset::Smoke, 10),
        (Preset::Quick, 75),
        (Preset::Full, 20 * 60),
        (Preset::Clients, 90),
        (Preset::Capacity, 20 * 60),
    ];
    for (preset, seconds) in promised {
        let predicted = plan(preset).predicted();
        assert!(predicted <= Duration::from_secs(seconds), "{predicted:?}");
    }
}

/// The strategies of a round, at that level, and whether as a twin.
fn in_round(
    rounds: &Rounds,
    round: u32,
    level: usize,
) -> Vec<(&'static str, bool)> {
    let cells = rounds.between(round);
    let of_level = cells.iter().filter(|cell| cell.level == level);
    of_level.map(|cell| (cell.strategy.way.id, cell.aa_twin)).collect()
}

#[test]
fn every_strategy_is_in_each_round_once_and_at_two_levels_one_has_a_twin() {
    let sweep = plan(Preset::Quick).sweep;
    let names = ["threads", "scoped-threads", "worker-pool", "async-tasks"];
    let own = names.map(|name| (name, false));
    for level in [2, 8, 64, 256] {
        for round in 0..sweep.rounds {
            let mut all = in_round(&sweep, round, level);
            assert_eq!(all.drain(..4).as_slice(), own, "{level}");
            // The pair by hand comes after the lessons.
            if level == 64 {
                let pair = ["pool-by-hand", "tasks-by-hand"];
                let pair = pair.map(|name| (name, false));
                assert_eq!(all.drain(..2).as_slice(), pair);
            }
            let twins = usize::from([8, 64].contains(&level));
            assert_eq!(all.len(), twins, "{level}");
            assert!(all.iter().all(|(_, twin)| *twin));
        }
    }
    assert_eq!(sweep.baseline.unwrap().strategy.way.id, "sequential");
}

/// Where anything is compared, the pair by hand too; nobody without a twin
/// would have a part in the floor.
#[test]
fn each_that_is_compared_has_a_twin_in_some_round_and_the_pool_in_every_third()
{
    let plan = plan(Preset::Quick);
    let batches = [(&plan.uneven, 8, 4), (&plan.no_waits, 64, 6)];
    let levels = [(8, 4), (64, 6)]
        .map(|(level, strategies)| (&plan.sweep, level, strategies));
    for (rounds, level, strategies) in batches.into_iter().chain(levels) {
        let twins: Vec<&str> = (0..rounds.rounds)
            .flat_map(|round| in_round(rounds, round, level))
            .filter_map(|(name, twin)| twin.then_some(name))
            .collect();
        assert_eq!(twins.len(), rounds.rounds as usize);
        let mut who = twins.clone();
        who.sort_unstable();
        who.dedup();
        assert_eq!(who.len(), strategies, "{who:?}");
        assert!(twins.iter().step_by(3).all(|name| *name == "worker-pool"));
    }
}

/// Each level that is compared, with its act: of which there are twins.
fn compared(plan: &Plan) -> Vec<(Act, usize)> {
    let twins = plan.acts().into_iter().flat_map(|act| &act.twins);
    let all = twins.map(|twins| (twins.reference.act, twins.reference.level));
    let mut all: Vec<(Act, usize)> = all.collect();
    all.dedup();
    all
}

/// How many of a run's verdicts are wrong depends on how many there are.
#[test]
fn nothing_is_compared_but_what_was_named_beforehand() {
    let named = [
        (Act::Uneven, 8),
        (Act::NoWaits, 64),
        (Act::Sweep, 8),
        (Act::Sweep, 64),
    ];
    for preset in [Preset::Quick, Preset::Full] {
        assert_eq!(compared(&plan(preset)), named, "{preset:?}");
    }
}

/// Of a curve over levels, every lesson: in the first rounds, without gaps,
/// without twins, and without the pair by hand.
#[test]
fn the_levels_of_the_curves_have_few_rounds_and_no_twins() {
    let plan = plan(Preset::Quick);
    let names = ["threads", "scoped-threads", "worker-pool", "async-tasks"];
    let own = names.map(|name| (name, false));
    for (rounds, levels) in
        [(&plan.uneven, &[16, 48][..]), (&plan.no_waits, &[2, 8, 256])]
    {
        assert!(rounds.described_rounds < rounds.rounds);
        for round in 0..rounds.rounds {
            let there = round < rounds.described_rounds;
            let expected = if there { &own[..] } else { &[] };
            for level in levels {
                assert_eq!(in_round(rounds, round, *level), expected);
            }
            let trials = rounds.between(round).len();
            assert_eq!(rounds.in_round(round), trials);
        }
        let all = rounds.described.iter().map(|cell| cell.level);
        assert!(all.clone().all(|level| levels.contains(&level)));
        assert_eq!(all.count(), levels.len() * names.len());
    }
}

/// Every round has pings one by one to compare with, as kept awake as they.
#[test]
fn without_waits_each_level_has_its_baseline_in_the_same_round() {
    for preset in [Preset::Smoke, Preset::Quick, Preset::Full] {
        let no_waits = plan(preset).no_waits;
        for cell in &no_waits.described {
            let mut cells = no_waits.cells.iter();
            let baseline = cells
                .any(|one| one.level == 1 && one.kept_awake == cell.kept_awake);
            assert!(baseline && no_waits.described_rounds <= no_waits.rounds);
        }
    }
}

#[test]
fn asked_for_rounds_every_level_has_so_many() {
    let options = RunOptions { rounds: Some(7), ..options(Preset::Quick) };
    let Plan { uneven, no_waits, .. } = Plan::of(&options, usize::MAX);
    for rounds in [uneven, no_waits] {
        assert_eq!((rounds.rounds, rounds.described_rounds), (7, 7));
    }
}

/// Six rounds give an interval; fewer give figures and no more.
#[test]
fn whatever_may_be_called_a_difference_has_the_rounds_for_it() {
    for preset in [Preset::Quick, Preset::Full] {
        let Plan { uneven, no_waits, sweep, memory, .. } = plan(preset);
        for rounds in [uneven, no_waits, sweep, memory] {
            assert!(rounds.rounds >= 6, "{preset:?}");
        }
    }
}

#[test]
fn every_cell_of_the_sweep_takes_as_long() {
    let sweep = plan(Preset::Full).sweep;
    for cell in sweep.between(0).iter().chain(&sweep.baseline) {
        let limit = NonZeroUsize::new(cell.concurrency()).unwrap();
        let waits = cell.waits.of(cell.requests);
        let ideal = makespan::bound(&waits, limit);
        assert_eq!(ideal, 160 * MILLISECOND, "{}", cell.level);
    }
}

#[test]
fn the_pair_by_hand_is_where_cost_is_compared_and_nowhere_else() {
    let plan = plan(Preset::Quick);
    let by_hand = |rounds: &Rounds| -> Vec<usize> {
        let cells = rounds.cells.iter();
        let pair = cells.filter(|cell| cell.strategy.lesson.is_none());
        pair.map(|cell| cell.level).collect()
    };
    assert_eq!(by_hand(&plan.no_waits), [64, 64]);
    let described = &plan.no_waits.described;
    assert!(described.iter().all(|cell| cell.strategy.lesson.is_some()));
    assert_eq!(by_hand(&plan.sweep), [64, 64]);
    assert_eq!(by_hand(&plan.memory), [1, 1, 512, 512]);
    for others in [&plan.book, &plan.uneven] {
        assert_eq!(by_hand(others), [0; 0]);
    }
}

#[test]
fn levels_without_open_files_for_them_are_left_out() {
    let plan = Plan::of(&options(Preset::Quick), 100);
    assert!(plan.sweep.cells.iter().all(|cell| cell.level <= 100));
    assert_eq!(plan.left_out, [256, 512]);
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
    assert_eq!((plan.sweep.twins.len(), plan.sweep.in_round(0)), (1, 7));
    assert!(plan.sweep.between(0).iter().all(|cell| cell.kept_awake));
}

#[test]
fn a_question_without_waits_has_pings_enough_to_be_timed() {
    let question = Some(Question {
        levels: vec![NonZeroUsize::new(8).unwrap()],
        delay: Duration::ZERO,
        requests: None,
        keep_awake: false,
    });
    let options = RunOptions { question, ..options(Preset::Quick) };
    let sweep = Plan::of(&options, usize::MAX).sweep;
    assert!(sweep.between(0).iter().all(|cell| cell.requests == 2048));
    assert_eq!(sweep.baseline.unwrap().requests, 2048);
}

/// Whether the processors are kept awake in each cell of the acts.
fn awake(options: &RunOptions) -> [Vec<bool>; 2] {
    let plan = Plan::of(options, usize::MAX);
    let (no_waits, others): (Vec<Cell>, Vec<Cell>) = plan
        .acts()
        .into_iter()
        .flat_map(|act| act.between(0))
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
    assert_eq!(cells(true), 2 * cells(false));
}

/// The levels of these cells, as a page lists them.
fn levels<'a>(cells: impl Iterator<Item = &'a Cell>) -> String {
    let mut levels: Vec<usize> = cells.map(|cell| cell.level).collect();
    levels.sort_unstable();
    levels.dedup();
    let levels: Vec<String> = levels.iter().map(ToString::to_string).collect();
    levels.join(", ")
}

#[test]
fn the_methodology_says_what_a_run_consists_of() {
    let page =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/methodology.md");
    let page = std::fs::read_to_string(page).unwrap();
    let Plan { book, uneven, no_waits, sweep, memory, .. } =
        plan(Preset::Quick);
    for (what, act) in [
        ("the book's six URLs", book),
        ("uneven waits", uneven),
        ("no waits", no_waits),
        ("equal waits", sweep),
        ("memory", memory),
    ] {
        let described = levels(act.described.iter());
        let described = match described.as_str() {
            "" => String::new(),
            levels => {
                assert_eq!(act.described_rounds, 2);
                format!("{levels} ")
            }
        };
        let row = format!(
            "| {what} | {} | {} | {described}|",
            levels(act.cells.iter().chain(&act.baseline)),
            act.rounds,
        );
        assert!(page.contains(&row), "{row}");
    }
}

/// The ladder's rungs differ by nothing but their client only where all are in
/// every round, and no other preset grows by them.
#[test]
fn the_clients_are_measured_together_and_where_they_are_asked_for() {
    let Plan { book, uneven, no_waits, sweep, memory, .. } =
        plan(Preset::Clients);
    for other in [book, uneven, sweep, memory] {
        assert_eq!(other.in_round(0), 0);
    }
    for round in 0..no_waits.rounds {
        let all = in_round(&no_waits, round, NO_WAITS_AT_ONCE.get());
        for (_, ways) in ways::BY_CLIENT {
            for way in ways {
                let own = all.iter().filter(|own| **own == (way.id, false));
                assert_eq!(own.count(), 1, "{}", way.id);
            }
        }
        assert_eq!(all.iter().filter(|(_, twin)| *twin).count(), 1);
    }
    for preset in [Preset::Smoke, Preset::Quick, Preset::Full] {
        let clients =
            |strategy: &&Strategy| ways::CLIENTS.contains(&strategy.way);
        assert_eq!(
            preset.strategies().iter().filter(|s| clients(s)).count(),
            0
        );
    }
}
