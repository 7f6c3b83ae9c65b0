//! The schemas describe what only trials that try again have.

#[allow(dead_code, reason = "not every test needs all of it")]
mod example;

use example::{measured, trial};
use jsonschema::{Registry, Validator};
use measurement::fault::Fault;
use measurement::manners::Manners;
use measurement::record::Act;
use measurement::summary::summarise;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const TRIAL: &str = include_str!("../schemas/trial.json");
const SUMMARY: &str = include_str!("../schemas/summary.json");
const WITNESS: &str = include_str!("../schemas/witness.json");

fn validator(schema: &str) -> Validator {
    let parsed = |text| serde_json::from_str::<Value>(text).unwrap();
    let neighbours = Registry::new()
        .add("json-schema:///witness.json", parsed(WITNESS))
        .unwrap()
        .prepare()
        .unwrap();
    let options = jsonschema::options().with_registry(&neighbours);
    options.build(&parsed(schema)).unwrap()
}

/// The document is valid, and read again it is equal.
fn assert_described<T>(schema: &str, value: &T)
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let document = json!(value);
    if let Err(error) = validator(schema).validate(&document) {
        panic!("{}: {error}", error.instance_path());
    }
    assert_eq!(&serde_json::from_value::<T>(document).unwrap(), value);
}

/// What only trials that try again have, and nobody else may.
#[test]
fn a_trial_that_tries_again_is_described() {
    let mut again = trial(5, "good-manners", 40);
    again.act = Act::Lesson;
    again.spec.faults = vec![None, Some(Fault::Overloaded)];
    again.spec.manners = Manners {
        retries: 3,
        budget_percent: Some(20),
        per_second: Some(200),
        per_host: Some(6),
    };
    measured(&mut again).arrivals = vec![6, 0, 3];
    assert_described(TRIAL, &again);
    let summary = summarise("run", &[again.clone()], &["good-manners"]);
    let row = &summary.batches[0].rows[0];
    assert_eq!(row.most_arrivals.as_ref().map(|most| most.median), Some(6.0));
    assert!(row.requests_seen.is_some());
    assert_described(SUMMARY, &summary);
    let mut document = json!(again);
    document["spec"]["manners"]["surprise"] = json!(1);
    assert!(!validator(TRIAL).is_valid(&document));
    document = json!(again);
    document["outcome"]["measured"]["arrivals"] = json!([-1]);
    assert!(!validator(TRIAL).is_valid(&document));
    // Nobody else's record has changed.
    let plain = json!(trial(6, "threads", 40));
    assert!(plain["spec"].get("manners").is_none());
    assert!(plain["outcome"]["measured"].get("arrivals").is_none());
}
