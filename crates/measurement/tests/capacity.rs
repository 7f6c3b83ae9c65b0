//! How many in flight a way goes to, from records made by hand.

#[expect(dead_code, reason = "no other record is needed here")]
mod example;

use std::collections::BTreeMap;

use example::{check, failed, measured, trial};
use measurement::capacity::{ENOUGH, HOLD, Limit, is_hit, is_worth, met};
use measurement::record::{Act, Trial};
use measurement::summary::{Reach, Summary, summarise};
use measurement::waits::Waits;
use proptest::prelude::*;

/// A trial that had so many of its pings in flight at once.
fn made(act: Act, round: u32, level: usize, peak: usize) -> Trial {
    let mut trial = trial(round, "event-loop", 2100);
    (trial.act, trial.level) = (act, level);
    (trial.spec.concurrency, trial.spec.requests) = (level, level);
    trial.spec.waits = Waits::Fixed(HOLD);
    let own = measured(&mut trial);
    own.server.peak_in_flight = peak as u64;
    own.cost.peak_rss_bytes = Some(1_000_000 + 1000 * level as u64);
    trial
}

fn hit(round: u32, level: usize) -> Trial {
    made(Act::Capacity, round, level, level)
}

fn summary(trials: &[Trial]) -> Summary {
    summarise("run", trials, &["event-loop"])
}

fn reach(trials: &[Trial]) -> Reach {
    let mut rows = summary(trials).capacity;
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

#[test]
fn a_level_is_reached_when_all_were_in_flight_at_once() {
    let some = made(Act::Capacity, 0, 1000, 999);
    assert!(is_hit(&hit(0, 1000)) && !is_hit(&some));
    let all = [hit(0, 1), hit(1, 1), hit(0, 100), hit(1, 100), some];
    let reach = reach(&all);
    let levels: Vec<usize> =
        reach.levels.iter().map(|level| level.in_flight).collect();
    assert_eq!(levels, [1, 100]);
    let end = reach.end.unwrap();
    assert_eq!((end.level, end.limit), (1000, Limit::Time));
    assert_eq!(end.detail, "999 of 1000 were in flight at once");
}

#[test]
fn figures_are_of_hits_and_cold_ones_stand_apart() {
    let mut cold = made(Act::CapacityCold, 0, 100, 100);
    measured(&mut cold).makespan_ns = 3 * HOLD;
    let missed = made(Act::Capacity, 1, 100, 90);
    let reach = reach(&[hit(0, 1), hit(1, 1), hit(0, 100), missed, cold]);
    let level = &reach.levels[1];
    assert_eq!((level.hits, level.trials), (1, 2));
    assert_eq!(level.over.median, 1.05);
    assert_eq!(level.cold.as_ref().unwrap().median, 3.0);
    // 99 more in flight than the one alone, in the same round.
    assert_eq!(level.bytes.as_ref().unwrap().values, [1000.0]);
    assert_eq!(reach.end, None);
}

#[test]
fn what_ended_it_is_named_and_is_no_problem() {
    let mut lost = hit(0, 64);
    measured(&mut lost).checks = vec![check("answered", false)];
    measured(&mut lost).checks[0].detail = "63 of 64, timed out".to_owned();
    for (trial, limit) in [
        (failed(hit(0, 64), "open files: too few"), Limit::OpenFiles),
        (failed(hit(0, 64), "7 passed: too many open files"), Limit::OpenFiles),
        (failed(hit(0, 64), "x: no thread for it: why"), Limit::Threads),
        (failed(hit(0, 64), "ended: killed by signal 9"), Limit::Memory),
        (lost, Limit::Time),
        (failed(hit(0, 64), "printed rubbish"), Limit::Other),
    ] {
        assert_eq!(met(&trial).unwrap().0, limit, "{trial:?}");
        let found = summary(&[hit(0, 1), trial.clone()]);
        let expected = usize::from(limit != Limit::Other);
        assert_eq!(found.trust.at_limits, expected, "{trial:?}");
        assert_eq!(found.trust.problems.len(), 1 - expected, "{trial:?}");
        assert_eq!((found.trust.lost, found.trust.trials), (0, 2));
        // Elsewhere nothing looks for a limit.
        let sweep = Trial { act: Act::Sweep, ..trial };
        assert_eq!(met(&sweep), None);
        assert_eq!(summary(&[sweep]).trust.at_limits, 0);
    }
    assert_eq!(met(&hit(0, 64)), None);
}

const LEVELS: [usize; 4] = [1, 10, 100, 1000];

/// A whole climb: which trials are made, where `hits` says what comes of each.
fn climb(rounds: u32, mut hits: impl FnMut() -> bool) -> Vec<Trial> {
    let mut done: Vec<Trial> = Vec::new();
    for round in 0..rounds {
        for level in LEVELS {
            for act in [Act::Capacity, Act::CapacityCold] {
                if is_worth(&done, (act, "event-loop", level), round) {
                    let peak = if hits() { level } else { 0 };
                    done.push(made(act, round, level, peak));
                }
            }
        }
    }
    done
}

#[test]
fn who_ended_at_a_level_is_not_asked_for_more() {
    let hits = |trial: &Trial| trial.level < 100;
    let mut count = 0;
    // Two levels of two acts, and then nothing but misses.
    let made = climb(3, || {
        count += 1;
        count <= 4
    });
    assert!(made.iter().filter(|t| t.round == 0).all(|t| t.level <= 100));
    assert!(made.iter().filter(|t| is_hit(t)).all(hits));
    let at_100 = made.iter().filter(|t| t.level == 100).count();
    assert_eq!(at_100, ENOUGH);
}

proptest! {
    /// Whatever comes of the trials, each cell has one in every round from
    /// the first to its last, a level is tried only above one that was hit,
    /// and one that is never hit costs no more than so many trials.
    #[test]
    fn a_climb_has_no_gaps_and_ends(
        came in proptest::collection::vec(any::<bool>(), 64),
        rounds in 1..7_u32,
    ) {
        let mut came = came.into_iter().cycle();
        let done = climb(rounds, || came.next().unwrap());
        let mut cells: BTreeMap<(Act, usize), Vec<&Trial>> = BTreeMap::new();
        for trial in &done {
            cells.entry((trial.act, trial.level)).or_default().push(trial);
        }
        for ((_, level), trials) in &cells {
            let in_turn: Vec<u32> = trials.iter().map(|t| t.round).collect();
            let all: Vec<u32> = (0..trials.len() as u32).collect();
            prop_assert_eq!(in_turn, all);
            let hit = trials.iter().any(|trial| is_hit(trial));
            prop_assert!(hit || trials.len() <= ENOUGH);
            let lower = LEVELS.into_iter().filter(|lower| lower < level);
            for lower in lower {
                let first = cells[&(Act::Capacity, lower)][0];
                prop_assert!(is_hit(first));
            }
        }
        let row = &summary(&done).capacity[0];
        for level in &row.levels {
            prop_assert!(level.over.median.is_finite() && level.hits > 0);
        }
        let end = row.end.as_ref().map_or(usize::MAX, |end| end.level);
        prop_assert!(row.levels.iter().all(|level| level.in_flight != end));
    }
}
