//! `run --preset capacity`: how many in flight each way goes to.

use std::fs;

use measurement::capacity::is_hit;
use measurement::record::{Act, Trial};
use measurement::summary::Summary;
use tempfile::TempDir;

use crate::columns::{assert_fits, words};
use crate::common::{
    Done, finish, measured, only_folder, run, shell, text, trials,
};

/// Long enough to have a few hundred in flight at once on a busy machine.
const HOLD: &str = "500ms";

const WAYS: [&str; 3] = ["worker-pool", "event-loop", "tasks-by-hand"];

fn args<'a>(levels: &'a str, reports: &'a TempDir) -> Vec<&'a str> {
    let reports = text(reports.path());
    let mut args = vec!["run", "--preset", "capacity", "-c", levels];
    args.extend(["--delay", HOLD, "--rounds", "1", "--reports", reports]);
    args.extend(["--only", "worker-pool,event-loop,tasks-by-hand"]);
    args
}

fn summary_of(reports: &TempDir) -> Summary {
    let folder = only_folder(reports.path());
    let json = fs::read_to_string(folder.join("summary.json")).unwrap();
    serde_json::from_str(&json).unwrap()
}

#[test]
fn all_are_in_flight_at_once_by_the_server_with_and_without_connections() {
    let reports = TempDir::new().unwrap();
    let done = run(&args("1,200", &reports));
    assert_eq!(done.code, Some(0), "{done:?}");
    let folder = only_folder(reports.path());
    let all = trials(&folder);
    assert_eq!(all.len(), 2 * 2 * WAYS.len());
    for trial in &all {
        let seen = &measured(trial).server;
        assert!(is_hit(trial), "{trial:?}");
        assert_eq!(seen.peak_in_flight, trial.level as u64);
        // A connection each, opened before the clock or inside it.
        let cold = trial.act == Act::CapacityCold;
        let dialled = if cold { trial.level as u64 } else { 0 };
        assert_eq!(seen.connections, dialled, "{:?}", trial.spec);
    }
    let summary = summary_of(&reports);
    let names: Vec<&str> =
        summary.capacity.iter().map(|row| row.strategy.as_str()).collect();
    assert_eq!(names, WAYS);
    for row in &summary.capacity {
        assert_eq!(row.end, None);
        let [_, many] = &row.levels[..] else { panic!("{row:?}") };
        assert!(many.over.median >= 1.0 && many.cold.is_some());
    }
    let page = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(page.contains("How many can be in flight?"));
    assert!(folder.join("charts/capacity.svg").is_file());
    assert_fits(&done.out);
    for line in ["worker-pool", "event-loop"] {
        let own = |trial: &&Trial| trial.spec.strategy == line;
        assert_eq!(all.iter().filter(own).count(), 4);
    }
}

#[cfg(unix)]
#[test]
fn a_limit_is_named_and_nobody_goes_beyond_it() {
    let reports = TempDir::new().unwrap();
    let few = "ulimit -n 150; exec \"$@\"";
    let done: Done = finish(shell(few, &args("1,100,120,400", &reports)));
    assert_eq!(done.code, Some(0), "{done:?}");
    let said = words(&done.out);
    let named = "below 120, by open files: 120 in flight need 152, and this \
                 system allows 150";
    assert!(said.contains(named), "{said}");
    assert!(said.contains("found a limit, all others count"), "{said}");
    let summary = summary_of(&reports);
    for row in &summary.capacity {
        let end = row.end.as_ref().unwrap();
        assert_eq!((end.level, end.limit.name()), (120, "open files"));
        assert_eq!(row.levels.last().unwrap().in_flight, 100);
    }
    assert_eq!(summary.trust.at_limits, WAYS.len());
    assert!(summary.trust.problems.is_empty());
    let all = trials(&only_folder(reports.path()));
    assert!(all.iter().all(|trial| trial.level <= 120));
}

#[test]
fn what_many_in_flight_take_is_said_beforehand() {
    let reports = TempDir::new().unwrap();
    let reports = text(reports.path());
    let mut asked = vec!["run", "-c", "1000", "--delay", "1s", "-n", "1000"];
    asked.extend(["--only", "event-loop", "--rounds", "1"]);
    let done = run(&[&asked[..], &["--reports", reports]].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    let said = words(&done.out);
    let (beforehand, _) = said.split_once("The sweep").unwrap();
    for part in [
        "This takes about",
        "1,000 in flight take as many connections, a port each",
        "1,032 open files",
        "MiB of memory",
    ] {
        assert!(beforehand.contains(part), "{part}: {beforehand}");
    }
}

#[test]
fn each_ping_is_in_flight_once() {
    for extra in [&["-n", "7"][..], &["--keep-awake"]] {
        let args = [&["run", "--preset", "capacity", "-c", "8"], extra];
        let done = run(&args.concat());
        assert_eq!(done.code, Some(2), "{done:?}");
        assert!(words(&done.err).contains("leave -n and --keep-awake out"));
    }
}
