//! Which batch of an act is told of, where there are several levels.

#[expect(dead_code, reason = "nothing fails or is flagged here")]
mod example;

use example::trial;
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Summary, summarise};
use measurement::waits::Waits;

fn at(act: Act, level: usize, kept_awake: bool) -> Trial {
    let strategy = if level == 1 { "sequential" } else { "worker-pool" };
    let mut trial = Trial { act, level, ..trial(0, strategy, 40) };
    trial.spec.concurrency = level;
    trial.spec.kept_awake = Some(kept_awake);
    trial.spec.waits = match act {
        Act::NoWaits => Waits::None,
        _ => Waits::Uneven,
    };
    trial
}

fn run(act: Act, levels: &[usize]) -> Summary {
    let trials = levels.iter().map(|level| at(act, *level, true));
    summarise("run", &trials.collect::<Vec<_>>(), &["worker-pool"])
}

fn level(batch: Option<&Batch>) -> Option<usize> {
    batch.map(|batch| batch.concurrency)
}

#[test]
fn of_the_uneven_waits_it_is_the_one_at_8_wherever_it_stands() {
    for (levels, named) in [
        (&[8][..], Some(8)),
        (&[2, 8, 16, 48], Some(8)),
        (&[48, 16, 8], Some(8)),
        (&[16, 48], Some(16)),
        (&[], None),
    ] {
        let summary = run(Act::Uneven, levels);
        assert_eq!(level(summary.uneven()), named, "{levels:?}");
        assert_eq!(level(summary.no_waits()), None, "{levels:?}");
    }
}

#[test]
fn without_waits_it_is_the_one_at_64_and_never_one_by_one() {
    for (levels, named) in [
        (&[1, 64][..], Some(64)),
        (&[1, 2, 8, 64, 256], Some(64)),
        (&[1, 8, 256], Some(8)),
        (&[1], None),
        (&[], None),
    ] {
        let summary = run(Act::NoWaits, levels);
        assert_eq!(level(summary.no_waits()), named, "{levels:?}");
        assert_eq!(level(summary.uneven()), None, "{levels:?}");
    }
}

/// And those whose processors may sleep are the second, at the same level.
#[test]
fn without_waits_the_first_condition_is_that_of_processors_kept_awake() {
    let asleep = [1, 64].map(|level| at(Act::NoWaits, level, false));
    let awake = [1, 8, 64, 256].map(|level| at(Act::NoWaits, level, true));
    let trials = [asleep.to_vec(), awake.to_vec()].concat();
    let summary = summarise("run", &trials, &["worker-pool"]);
    let named: Vec<(usize, Option<bool>)> = summary
        .no_waits_in_each_condition()
        .map(|batch| (batch.concurrency, batch.kept_awake))
        .collect();
    assert_eq!(named, [(64, Some(true)), (64, Some(false))]);
    assert_eq!(summary.no_waits().unwrap().kept_awake, Some(true));
}
