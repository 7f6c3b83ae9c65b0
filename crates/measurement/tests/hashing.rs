//! Trials whose pings compute: what their records and summaries say of it.

#[expect(dead_code, reason = "nothing fails or is flagged here")]
mod example;

use example::{measured, trial};
use jsonschema::{Registry, Validator};
use measurement::bounds;
use measurement::hashing::Hashing;
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Summary, summarise};
use serde_json::{Value, json};

const HALF: Hashing = Hashing { share_percent: 50, hashes: 200_000 };

/// Trials alike in all but the share, on so many processors each.
fn computing(shares: &[(Option<u32>, u64)]) -> Vec<Trial> {
    let one = |(number, (share, processors)): (u32, &(Option<u32>, u64))| {
        let mut made = trial(number, "cpu-work", 40);
        made.act = Act::Lesson;
        made.spec.hashing =
            share.map(|share_percent| Hashing { share_percent, ..HALF });
        measured(&mut made).host.processors = Some(*processors);
        made
    };
    (0..).zip(shares).map(one).collect()
}

fn summary(trials: &[Trial]) -> Summary {
    summarise("run", trials, &["cpu-work"])
}

/// What is told of each batch: the share, the processors, how many trials.
fn told(summary: &Summary) -> Vec<(Option<u32>, Option<u64>, u32)> {
    let of = |batch: &Batch| {
        let trials = batch.rows.iter().map(|row| row.trials as u32).sum();
        (batch.share_percent, batch.processors, trials)
    };
    summary.of_act(Act::Lesson).map(of).collect()
}

#[test]
fn jobs_that_compute_more_are_another_batch() {
    let trials =
        computing(&[(Some(90), 2), (Some(10), 4), (Some(90), 2), (None, 2)]);
    let mut told = told(&summary(&trials));
    told.sort_unstable();
    let all = [(None, None, 1), (Some(10), Some(4), 1), (Some(90), Some(2), 2)];
    assert_eq!(told, all);
}

#[test]
fn the_fewest_processors_count() {
    let trials = computing(&[(Some(50), 4), (Some(50), 1), (Some(50), 2)]);
    assert_eq!(told(&summary(&trials)), [(Some(50), Some(1), 3)]);
}

#[test]
fn more_than_a_whole_job_is_refused() {
    for (share, good) in [(0, true), (100, true), (101, false)] {
        let trials = computing(&[(Some(share), 2)]);
        let found = bounds::of_trial(&trials[0]);
        assert_eq!(found.is_ok(), good, "{share}: {found:?}");
        if let Err(why) = found {
            assert!(why.contains("`spec.hashing.share_percent` is 101"));
        }
    }
}

fn validator(schema: &str) -> Validator {
    let parsed = |text| -> Value { serde_json::from_str(text).unwrap() };
    let witness = parsed(include_str!("../schemas/witness.json"));
    let neighbours = Registry::new()
        .add("json-schema:///witness.json", witness)
        .unwrap()
        .prepare()
        .unwrap();
    let options = jsonschema::options().with_registry(&neighbours);
    options.build(&parsed(schema)).unwrap()
}

#[test]
fn the_schemas_describe_it() {
    let trials = computing(&[(Some(50), 2)]);
    let of_trials = validator(include_str!("../schemas/trial.json"));
    let document = json!(trials[0]);
    of_trials.validate(&document).unwrap();
    assert_eq!(serde_json::from_value::<Trial>(document).unwrap(), trials[0]);
    let of_summaries = validator(include_str!("../schemas/summary.json"));
    let known = json!(summary(&trials));
    of_summaries.validate(&known).unwrap();
    assert_eq!(known["batches"][0]["share_percent"], 50);
    assert_eq!(known["batches"][0]["processors"], 2);
    for (name, wrong) in [
        ("surprise", json!(1)),
        ("hashes", json!(-1)),
        ("share_percent", json!(101)),
    ] {
        let mut document = json!(trials[0]);
        document["spec"]["hashing"][name] = wrong;
        assert!(!of_trials.is_valid(&document), "{name}");
    }
    // Nobody else's record has changed.
    let plain = json!(trial(1, "threads", 40));
    assert!(plain["spec"].get("hashing").is_none());
    let plain = json!(summary(&computing(&[(None, 2)])));
    let batch = &plain["batches"][0];
    assert!(batch.get("share_percent").is_none());
    assert!(batch.get("processors").is_none());
}
