//! A wrong program beside the right one, as a reader runs them.

use std::process::Output;

use measurement::course;

use crate::harness;

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The numbers of a row of the table: right and wrong, or wrong alone.
fn row(told: &str, what: &str) -> Vec<u64> {
    let lines = told.lines().map(str::trim);
    let mut rows = lines.filter_map(|line| line.strip_prefix(what));
    let numbers = rows.next().unwrap_or_else(|| panic!("no {what}:\n{told}"));
    numbers.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

#[test]
fn the_same_answers_and_another_picture() {
    let done = harness(&["lesson", "2", "--trap", "join-in-loop"]);
    let told = out(&done);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    for side in ["right", "wrong"] {
        let answers = format!("{side}: 12 URLs, 12 results: 12 × 200 OK");
        assert!(told.contains(&answers), "{answers} is not in:\n{told}");
    }
    assert_eq!(row(&told, "requests"), [12, 12]);
    assert_eq!(row(&told, "peak in flight"), [6, 1]);
    // One lane, and twelve pings in it.
    let lanes = told.split("wrong_join_in_loop\n").nth(1).unwrap();
    let lane = lanes.lines().next().unwrap();
    assert_eq!(lane.matches('▊').count(), 12, "{lane}");
    for part in ["Symptom. ", "Why. ", "Fix. ", "In the lesson. "] {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
}

#[test]
fn one_that_hangs_is_ended_and_told_of() {
    let done = harness(&["lesson", "4", "--trap", "sender_kept"]);
    let told = out(&done);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert!(told.contains("hung until the watchdog ended it"), "{told}");
    assert_eq!(row(&told, "requests"), [12, 12]);
}

#[test]
fn without_a_name_they_are_listed() {
    let done = harness(&["lesson", "2", "--trap"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let told = out(&done);
    let commands = told.matches("lesson 2 --trap ").count();
    assert!(commands >= 4 && told.contains("--trap join_in_loop\n"), "{told}");
}

#[test]
fn an_unknown_name_is_refused_with_those_there_are() {
    let there_are = format!("they are {}", course::numbers());
    let cases: &[(&[&str], &str)] = &[
        (&["lesson", "2", "--trap", "nonsense"], "join_in_loop, lock_held"),
        (&["lesson", "2", "--trap", "x", "--skip"], "cannot be used with"),
        (&["check", "2", "nonsense"], "in_waves"),
        (&["check", "99"], &there_are),
        (&["check", "2", "--hint"], "<NAME>"),
    ];
    for (args, words) in cases {
        let done = harness(args);
        assert_eq!(done.status.code(), Some(2), "{args:?}: {done:?}");
        let error = String::from_utf8(done.stderr).unwrap();
        assert!(error.contains(words), "{args:?}: {error}");
    }
}

#[test]
fn a_hint_is_given_on_demand() {
    let done = harness(&["check", "2", "in_waves", "--hint"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert!(out(&done).contains("Slices have a method"), "{done:?}");
}
