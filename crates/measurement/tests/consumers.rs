//! A batch whose results somebody takes slowly: what its checks allow, and what
//! they do not; what a summary makes of it; and its schema.

#[expect(dead_code, reason = "nothing fails or is flagged here")]
mod example;
mod healthy;

use example::{measured, trial};
use healthy::{Known, healthy};
use jsonschema::{Registry, Validator};
use measurement::MILLISECOND;
use measurement::check::checks;
use measurement::consumer::Consumer;
use measurement::record::{Act, Trial};
use measurement::summary::summarise;
use serde_json::{Value, json};

const SLOW: Consumer =
    Consumer { handling_ns: 60 * MILLISECOND, timeout_ns: 100 * MILLISECOND };

/// Six pings whose results are handled for 60 ms each. The second was given up,
/// though the server answered it.
fn slow() -> Known {
    let mut known = healthy();
    known.spec.consumer = Some(SLOW);
    known.samples.status[1] = None;
    known.samples.end_ns[1] = known.samples.start_ns[1] + 101 * MILLISECOND;
    known.makespan_ns = 6 * SLOW.handling_ns;
    known
}

fn failed(known: &Known) -> Vec<String> {
    let checks = checks(&known.evidence());
    let failed = checks.into_iter().filter(|check| !check.ok);
    failed.map(|check| check.name).collect()
}

#[test]
fn a_ping_whose_time_was_up_may_have_no_answer() {
    assert_eq!(failed(&slow()), [""; 0]);
    let mut seen_to_go = slow();
    seen_to_go.witness.done -= 1;
    seen_to_go.witness.aborted = 1;
    assert_eq!(failed(&seen_to_go), [""; 0]);
}

#[test]
fn whoever_takes_results_at_once_may_lose_none() {
    let mut known = slow();
    known.spec.consumer = None;
    assert_eq!(failed(&known), ["answered"]);
}

#[test]
fn what_no_slow_consumer_explains_voids_the_trial() {
    let mut early = slow();
    early.samples.end_ns[1] = early.samples.start_ns[1] + 99 * MILLISECOND;
    assert_eq!(failed(&early), ["answered"]);
    let mut quick = slow();
    quick.makespan_ns -= 1;
    assert_eq!(failed(&quick), ["not-below-bound"]);
    let mut unseen = slow();
    unseen.witness.done -= 2;
    unseen.witness.aborted = 2;
    assert_eq!(failed(&unseen), ["none-left"]);
}

/// Of the six, three have no answer in the example.
fn taken_slowly() -> Trial {
    let mut slow = trial(0, "async-shapes", 400);
    slow.act = Act::Lesson;
    slow.spec.consumer = Some(SLOW);
    measured(&mut slow).samples.status[2] = Some(200);
    slow
}

#[test]
fn only_of_a_slow_consumer_a_summary_counts_the_lost() {
    let rows = |trial: &Trial| {
        let all = summarise("run", std::slice::from_ref(trial), &["tasks"]);
        all.batches[0].rows[0].lost.as_ref().map(|lost| lost.median)
    };
    assert_eq!(rows(&taken_slowly()), Some(2.0));
    assert_eq!(rows(&trial(0, "async-shapes", 400)), None);
}

fn validator(schema: &str) -> Validator {
    let parsed = |text| serde_json::from_str::<Value>(text).unwrap();
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
    let slow = taken_slowly();
    let of_trials = validator(include_str!("../schemas/trial.json"));
    let document = json!(slow);
    of_trials.validate(&document).unwrap();
    assert_eq!(serde_json::from_value::<Trial>(document).unwrap(), slow);
    let all = summarise("run", std::slice::from_ref(&slow), &["async-shapes"]);
    let of_summaries = validator(include_str!("../schemas/summary.json"));
    of_summaries.validate(&json!(all)).unwrap();
    for (name, wrong) in [("surprise", 1), ("handling_ns", -1)] {
        let mut document = json!(slow);
        document["spec"]["consumer"][name] = json!(wrong);
        assert!(!of_trials.is_valid(&document), "{name}");
    }
    // Nobody else's record has changed.
    let plain = json!(trial(1, "threads", 40));
    assert!(plain["spec"].get("consumer").is_none());
}
