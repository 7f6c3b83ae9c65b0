//! Of our own strategies, as they were recorded.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use measurement::record::{Act, Outcome, Trial};
use measurement::shape::{Doubt, Shape};
use measurement::ways::{self, Sharing};

/// From when to when each ping of a record was in flight at the server; none
/// where that is not recorded.
fn flights(trial: &Trial) -> Option<Vec<(u64, u64)>> {
    let Outcome::Measured(measured) = &trial.outcome else { return None };
    let samples = &measured.samples;
    // The server's clock may be a little behind the start of the batch.
    let time = |ns: &Option<i64>| u64::try_from((*ns)? + 1_000_000_000).ok();
    let ends = samples.received_ns.iter().zip(&samples.sent_ns);
    let flights = ends.map(|(from, to)| Some((time(from)?, time(to)?)));
    flights.collect::<Option<_>>().filter(|all: &Vec<_>| !all.is_empty())
}

/// Every record of the committed run that has the times, and what they tell.
fn told() -> Vec<(Trial, Shape)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../reports/sample/trials.jsonl");
    let text = fs::read_to_string(file).expect("the sample");
    let trial = |line| serde_json::from_str::<Trial>(line).expect("a record");
    let told = |trial: Trial| {
        let shape = Shape::of_flights(&flights(&trial)?);
        Some((trial, shape))
    };
    text.lines().map(trial).filter_map(told).collect()
}

/// What a strategy is known to do with more URLs than it has slots.
fn meant(trial: &Trial) -> Option<Shape> {
    let (slots, requests) = (trial.spec.concurrency, trial.spec.requests);
    Some(match ways::find(&trial.spec.strategy)?.sharing {
        _ if slots == 1 => Shape::OneByOne,
        _ if slots >= requests => Shape::AllAtOnce,
        Sharing::OneByOne => Shape::OneByOne,
        Sharing::Waves => Shape::Waves,
        Sharing::Shares => Shape::Shares,
        _ => Shape::Queue,
    })
}

#[test]
fn no_strategy_is_called_by_a_wrong_word() {
    let told = told();
    assert!(told.len() > 200, "{} records", told.len());
    for (trial, shape) in &told {
        let Some(meant) = meant(trial) else { continue };
        let said = matches!(shape, Shape::CannotTell(_)) || *shape == meant;
        let spec = &trial.spec;
        assert!(said, "{shape:?} is said of {} {spec:?}", spec.strategy);
    }
}

#[test]
fn uneven_waits_show_the_shape_of_each_strategy() {
    let mut right: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (trial, shape) in told() {
        if trial.act == Act::Uneven && meant(&trial).is_some() {
            let (of, all) =
                right.entry(trial.spec.strategy.clone()).or_default();
            *of += usize::from(meant(&trial) == Some(shape));
            *all += 1;
        }
    }
    assert_eq!(right.len(), 4, "{right:?}");
    for (strategy, (right, all)) in right {
        assert!(right * 10 >= all * 9, "{strategy}: {right} of {all}");
    }
}

#[test]
fn even_waits_show_one_by_one_and_nothing_else() {
    let sweep = |(trial, _): &(Trial, Shape)| trial.act == Act::Sweep;
    let alike = Shape::CannotTell(Doubt::Alike);
    let (mut doubted, mut all) = (0, 0);
    for (trial, shape) in told().into_iter().filter(sweep) {
        match meant(&trial) {
            Some(Shape::OneByOne) => assert_eq!(shape, Shape::OneByOne),
            _ => {
                doubted += usize::from(shape == alike);
                all += 1;
            }
        }
    }
    assert!(all > 50 && doubted * 10 >= all * 9, "{doubted} of {all} doubted");
}
