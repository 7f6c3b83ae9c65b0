//! The schema of a comparison describes what the type writes: every field,
//! every variant, every null, and nothing else.

#[expect(dead_code, reason = "only whole trials are needed here")]
mod example;
mod places;
mod several;

use jsonschema::Validator;
use measurement::runs::{Agreement, RunComparison, Said, compare_runs};
use measurement::{MILLISECOND, SCHEMA_VERSION};
use places::{numbers, objects};
use serde_json::{Value, json};
use several::{memory, pool_and, read};

fn validator() -> Validator {
    let schema = include_str!("../schemas/comparison.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// Six runs, so that there are intervals; the last one lacks a cell.
fn several() -> RunComparison {
    let run = |i: u64| {
        let mut trials = pool_and(&[
            ("threads", 40 + i),
            ("pool-by-hand", 30),
            ("tasks-by-hand", 30),
        ]);
        memory(&mut trials, 30 + i);
        let mut read = read(&format!("run {i}"), &trials);
        read.run.seed = i;
        read
    };
    let mut runs: Vec<_> = (0..6).map(run).collect();
    runs.push(read("last", &pool_and(&[("async-tasks", 44)])));
    compare_runs(&runs)
}

fn two() -> RunComparison {
    let mut late = pool_and(&[("threads", 50)]);
    let limit = Some(100 * MILLISECOND);
    late.iter_mut().for_each(|trial| trial.spec.limit_ns = limit);
    compare_runs(&[read("a", &late), read("b", &late)])
}

#[test]
fn comparisons_are_described() {
    let compared = several();
    let (_, threads) = compared.cells().next().unwrap();
    let ratio = threads.ratio.as_ref().unwrap();
    assert!(ratio.ratio.interval.is_some() && !compared.memory.is_empty());
    assert!(!compared.differences.is_empty());
    assert!(compared.batches[0].by_hand_cpu.is_some());
    assert!(two().batches[0].limit_ns.is_some());
    let nothing = compare_runs(&[read("a", &[]), read("b", &[])]);
    for compared in [compared, two(), nothing] {
        let document = json!(compared);
        if let Err(error) = validator().validate(&document) {
            panic!("{}: {error}", error.instance_path());
        }
        let again: RunComparison = serde_json::from_value(document).unwrap();
        assert_eq!(again, compared);
    }
}

#[test]
fn every_verdict_is_described() {
    for said in [
        Said::More,
        Said::Less,
        Said::NoDifference,
        Said::TooNoisy,
        Said::TooFewRounds,
    ] {
        for agreement in [
            Agreement::Agree,
            Agreement::Contradict,
            Agreement::Partly,
            Agreement::Open,
        ] {
            let mut document = json!(two());
            let versus = versus_of(&mut document);
            versus["said"] = json!([said, null]);
            versus["agreement"] = json!(agreement);
            assert!(validator().is_valid(&document), "{said:?} {agreement:?}");
        }
    }
}

/// The verdict on threads.
fn versus_of(document: &mut Value) -> &mut Value {
    let versus = document.pointer_mut("/batches/0/cells/0/ratio").unwrap();
    assert!(versus.is_object());
    versus
}

#[test]
fn no_field_may_be_added_or_left_out() {
    let (validator, document) = (validator(), json!(several()));
    for place in objects(&document, "") {
        let fields = document.pointer(&place).unwrap().as_object().unwrap();
        let mut more = document.clone();
        more.pointer_mut(&place).unwrap()["surprise"] = json!(1);
        assert!(!validator.is_valid(&more), "one more in {place:?}");
        let may_be_absent = ["limit_ns", "kept_awake"];
        let must_be = fields
            .keys()
            .filter(|name| !may_be_absent.contains(&name.as_str()));
        for name in must_be {
            let mut less = document.clone();
            let object = less.pointer_mut(&place).unwrap();
            object.as_object_mut().unwrap().remove(name);
            assert!(!validator.is_valid(&less), "{place:?} without {name}");
        }
    }
}

#[test]
fn no_time_and_no_count_may_be_negative() {
    let (validator, document) = (validator(), json!(several()));
    for place in numbers(&document, "") {
        let slope = place.contains("/slope_bytes/");
        if slope && !place.ends_with("/n") && !place.ends_with("/coverage") {
            continue;
        }
        let mut changed = document.clone();
        *changed.pointer_mut(&place).unwrap() = json!(-1);
        assert!(!validator.is_valid(&changed), "-1 at {place}");
    }
}

#[test]
fn null_is_valid_just_where_the_type_reads_it() {
    let (validator, document) = (validator(), json!(several()));
    let everything = numbers(&document, "").into_iter();
    for place in everything.chain(objects(&document, "")) {
        let mut changed = document.clone();
        *changed.pointer_mut(&place).unwrap() = Value::Null;
        assert_eq!(
            validator.is_valid(&changed),
            serde_json::from_value::<RunComparison>(changed).is_ok(),
            "null at {place:?}"
        );
    }
}

#[test]
fn another_version_is_not_described() {
    let mut document = json!(two());
    document["schema_version"] = json!(SCHEMA_VERSION + 1);
    assert!(!validator().is_valid(&document));
}
