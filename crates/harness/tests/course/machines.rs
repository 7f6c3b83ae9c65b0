//! Lesson 12 as a reader goes through it: its workers are processes, one is
//! killed, and the server counts.

use std::fs;

use measurement::record::{Act, Trial};
use measurement::summary::{Row, Summary};

use crate::exercises::can_be_checked;
use crate::harness;

#[test]
fn lesson_12_kills_a_worker_and_loses_nothing() {
    if !can_be_checked(12) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().to_str().unwrap();
    let done = harness(&["lesson", "12", "--skip", "--reports", reports]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let latest = folder.path().join("latest");
    let read = |name| fs::read_to_string(latest.join(name)).unwrap();
    let summary: Summary = serde_json::from_str(&read("summary.json")).unwrap();
    assert_eq!(summary.trust.valid, 9, "{:?}", summary.trust.problems);
    let rows = &summary.of_act(Act::Lesson).next().unwrap().rows;
    let of = |name: &str| rows.iter().find(|row| row.strategy == name).unwrap();
    let requests = |row: &Row| row.requests_seen.clone().unwrap();
    let lost = |row: &Row| row.lost.clone().unwrap();
    let alive = of("machines-nobody-dies");
    assert_eq!((requests(alive).max, lost(alive).max), (60.0, 0.0));
    let own = of("many-machines");
    assert!(requests(own).min >= 60.0 && requests(own).max <= 64.0);
    assert_eq!(lost(own).max, 0.0);
    let first = of("machines-ack-first");
    assert!(requests(first).max <= 60.0 && lost(first).max <= 4.0);
    // The moment of the death is one at which its hands are full.
    for line in read("trials.jsonl").lines() {
        let trial: Trial = serde_json::from_str(line).unwrap();
        let shared = trial.valid().unwrap().shared.clone().unwrap();
        let dead = trial.spec.machines.unwrap().killed_at.is_some();
        let workers = shared.worker.iter().flatten();
        let by_first = workers.filter(|worker| **worker == 0).count();
        assert!(!dead || by_first < 20, "{line}");
    }
    assert!(latest.join("charts/lesson.svg").is_file());
    let told = String::from_utf8(done.stdout).unwrap();
    for part in ["of 60", "N ≤ requests ≤ N + h", "check 12 poison_job"] {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
}

#[test]
fn lesson_12_has_traps_beside_the_right_program() {
    if !can_be_checked(12) {
        return;
    }
    let done = harness(&["lesson", "12", "--trap", "ack-first"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let told = String::from_utf8(done.stdout).unwrap();
    let right = "right: 12 URLs, 12 results: 12 × 200 OK";
    assert!(
        told.contains(right) && !told.contains("wrong: 12 URLs, 12"),
        "{told}"
    );
}
