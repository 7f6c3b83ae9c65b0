//! The schema describes what `witness --output-format json` prints: every
//! field, every word, every null, and nothing else.

#[allow(dead_code, reason = "not every test needs all of it")]
mod example;
mod places;

use std::num::NonZeroUsize;

use example::testimony;
use jsonschema::{Registry, Validator};
use measurement::claim::{Claim, Undecided};
use measurement::expectation::{Expectation, Outcome, Unseen};
use measurement::judgement::{Judgement, VERSION};
use measurement::shape::{Doubt, Shape};
use measurement::waits::Waits;
use places::{numbers, objects};
use serde_json::{Value, json};

const JUDGEMENT: &str = include_str!("../schemas/judgement.json");
const TESTIMONY: &str = include_str!("../schemas/testimony.json");
const WITNESS: &str = include_str!("../schemas/witness.json");

fn validator() -> Validator {
    let parsed = |text| serde_json::from_str::<Value>(text).unwrap();
    let neighbours = Registry::new()
        .add("json-schema:///witness.json", parsed(WITNESS))
        .unwrap()
        .add("json-schema:///testimony.json", parsed(TESTIMONY))
        .unwrap()
        .prepare()
        .unwrap();
    let options = jsonschema::options().with_registry(&neighbours);
    options.build(&parsed(JUDGEMENT)).unwrap()
}

fn assert_described(judgement: &Judgement) {
    let document = json!(judgement);
    if let Err(error) = validator().validate(&document) {
        panic!("{}: {error}", error.instance_path());
    }
    let read: Judgement = serde_json::from_value(document).unwrap();
    assert_eq!(&read, judgement);
}

/// Of a program of which everything is known.
fn judgement() -> Judgement {
    let testimony = testimony(Waits::Fixed(5));
    let asked = NonZeroUsize::new(2).unwrap();
    let expected = [
        Expectation::Requests(24),
        Expectation::Peak(8),
        Expectation::AtMost(8),
        Expectation::Connections(8),
        Expectation::EachOnce,
        Expectation::Within(5),
    ];
    let judge = |expected: Expectation| expected.judge(&testimony.witness);
    Judgement {
        schema_version: VERSION,
        exit_code: 99,
        succeeded: true,
        asked: Some(2),
        claim: Some(Claim::judge(&testimony.witness, asked)),
        makespan_ns: Some(7),
        earliest_end_ns: Some(5),
        efficiency: Some(0.75),
        shape: Shape::Waves,
        expectations: expected.map(judge).to_vec(),
        folder: "reports/witness-1".to_owned(),
        testimony,
    }
}

#[test]
fn judgements_are_described() {
    assert_described(&judgement());
    assert_described(&Judgement {
        asked: None,
        claim: None,
        makespan_ns: None,
        earliest_end_ns: None,
        efficiency: None,
        expectations: Vec::new(),
        ..judgement()
    });
}

#[test]
fn every_word_is_described() {
    for shape in [
        Shape::OneByOne,
        Shape::AllAtOnce,
        Shape::Waves,
        Shape::Shares,
        Shape::Queue,
        Shape::CannotTell(Doubt::TooFew),
        Shape::CannotTell(Doubt::TooMany),
        Shape::CannotTell(Doubt::SentBehindOthers),
        Shape::CannotTell(Doubt::Unanswered),
        Shape::CannotTell(Doubt::AnsweredAtOnce),
        Shape::CannotTell(Doubt::Alike),
        Shape::CannotTell(Doubt::NoPattern),
    ] {
        assert_described(&Judgement { shape, ..judgement() });
    }
    let low = [Undecided::SentBehindOthers(3), Undecided::AnsweredWithin(5)];
    let claims = [
        Claim::Kept,
        Claim::MoreThanAsked,
        Claim::TooFewRequests,
        Claim::Fewer,
        Claim::NothingSeen,
    ];
    for claim in claims.into_iter().chain(low.map(Claim::Undecided)) {
        assert_described(&Judgement { claim: Some(claim), ..judgement() });
    }
    let unseen =
        [Unseen::NoRequest, Unseen::NotNumbered(3), Unseen::Unanswered(1)];
    for unseen in unseen.into_iter().chain(low.map(Unseen::LowPeak)) {
        let expected = Expectation::EachOnce;
        let unseen = Some(unseen);
        let outcome = Outcome { expected, seen: None, met: false, unseen };
        let expectations = vec![outcome];
        assert_described(&Judgement { expectations, ..judgement() });
    }
    for exit_code in [0, 1, 99, 130] {
        assert_described(&Judgement { exit_code, ..judgement() });
    }
}

#[test]
fn no_field_may_be_added_or_left_out() {
    let (validator, document) = (validator(), json!(judgement()));
    for place in objects(&document, "") {
        let mut more = document.clone();
        more.pointer_mut(&place).unwrap()["surprise"] = json!(1);
        assert!(!validator.is_valid(&more), "one more in {place:?}");
    }
    for name in document.as_object().unwrap().keys() {
        let mut less = document.clone();
        less.as_object_mut().unwrap().remove(name);
        assert!(!validator.is_valid(&less), "without {name}");
    }
}

#[test]
fn no_number_may_be_negative() {
    let (validator, document) = (validator(), json!(judgement()));
    for place in numbers(&document, "") {
        let mut changed = document.clone();
        *changed.pointer_mut(&place).unwrap() = json!(-1);
        assert!(!validator.is_valid(&changed), "-1 at {place}");
    }
}

#[test]
fn another_version_is_not_described() {
    let schema_version = VERSION + 1;
    let other = json!(Judgement { schema_version, ..judgement() });
    assert!(!validator().is_valid(&other));
}
