//! What breaks in the middle: the run goes on, and says what was lost.

use std::fs;
use std::path::Path;

use measurement::record::{Outcome, Trial};
use nix::sys::signal::Signal;
use tempfile::TempDir;

use crate::common::{
    Done, finish, harness, only_folder, shell, text, the_page_is_there, trials,
    until,
};
use crate::processes::{Running, send};

/// Two strategies, and the twin of one of them; whatever is done to the first has two seconds to happen in.
fn start(reports: &Path) -> Running {
    Running::start(&[
        "run",
        "-c",
        "2",
        "-n",
        "2",
        "--delay",
        "2s",
        "--rounds",
        "1",
        "--only",
        "threads,worker-pool",
        "--reports",
        text(reports),
    ])
}

/// The first trial is lost for this reason, which stands on the terminal and
/// on the page; the others count.
fn one_lost(done: &Done, reports: &Path, because: &str) {
    assert_eq!(done.code, Some(1), "{done:?}");
    let folder = only_folder(reports);
    let trials = trials(&folder);
    let [first, others @ ..] = trials.as_slice() else {
        panic!("no trials");
    };
    assert_eq!(others.len(), 2);
    let Trial { outcome: Outcome::Failed { reason }, .. } = first else {
        panic!("it did not fail");
    };
    assert!(reason.contains(because), "{reason}");
    for other in others {
        assert!(other.valid().is_some(), "{:?}", other.outcome);
    }
    assert!(done.out.contains("1 of 3 trials do not count"), "{}", done.out);
    let page = fs::read_to_string(folder.join("index.html")).unwrap();
    for text in [&done.out, &page] {
        assert!(text.contains(because), "{text}");
    }
}

#[test]
fn a_trial_that_is_killed_is_lost_and_the_run_goes_on() {
    let reports = TempDir::new().unwrap();
    let run = start(reports.path());
    run.in_flight(2);
    send(run.child("trial").unwrap(), Signal::SIGKILL);
    let because = "ended before its result: killed by signal 9";
    one_lost(&run.end(), reports.path(), because);
}

#[test]
fn a_server_that_is_killed_is_replaced_for_the_next_trial() {
    let reports = TempDir::new().unwrap();
    let run = start(reports.path());
    run.in_flight(2);
    send(run.child("server-process").unwrap(), Signal::SIGKILL);
    let because = "the test server does not answer; was it killed?";
    one_lost(&run.end(), reports.path(), because);
}

#[test]
fn after_many_failures_in_a_row_it_gives_up_and_draws_what_there_is() {
    let reports = TempDir::new().unwrap();
    let run = Running::start(&[
        "run",
        "-c",
        "2",
        "-n",
        "2",
        "--delay",
        "1s",
        "--rounds",
        "9",
        "--only",
        "threads,worker-pool",
        "--reports",
        text(reports.path()),
    ]);
    let mut last = None;
    for _ in 0..3 {
        // Not the one that has just been killed.
        let another = || run.child("trial").filter(|pid| Some(*pid) != last);
        let trial = until("the next trial", another);
        run.in_flight(2);
        send(trial, Signal::SIGKILL);
        last = Some(trial);
    }
    let done = run.end();
    assert_eq!(done.code, Some(1), "{done:?}");
    let why = "gave up after 3 failures in a row: ended before its result: \
               killed by signal 9";
    assert!(done.err.contains(why), "{}", done.err);
    assert_eq!(trials(&the_page_is_there(reports.path())).len(), 3);
}

#[test]
fn a_trial_that_cannot_warm_up_tells_why() {
    let parent = std::process::id().to_string();
    // Nobody listens at port 1.
    let order = r#"{"spec":{"strategy":"threads","client":"ureq",
        "concurrency":2,"requests":2,"waits":"none","statuses":[200],
        "body_bytes":null,"nonce":0},"addresses":["127.0.0.1:1"]}"#;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("order");
    fs::write(&file, order.replace('\n', "") + "\n").unwrap();
    let mut command = harness(&["trial", "--parent", &parent]);
    command.stdin(fs::File::open(file).unwrap());
    let done = finish(command);
    let why = "FAILED the warm-up needs 2 pings in flight at once, and 0 of \
               them passed the gate: ";
    assert!(done.out.starts_with(why), "{done:?}");
    assert!(done.out.contains("connection refused"), "{done:?}");
}

#[test]
fn a_disk_that_is_full_is_found_before_anything_is_measured() {
    let reports = TempDir::new().unwrap();
    let full = "ulimit -f 0; exec \"$@\"";
    let args = ["run", "--preset", "smoke", "--reports", text(reports.path())];
    let done = finish(shell(full, &args));
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.err.contains("cannot write "), "{}", done.err);
    assert!(done.err.contains("run.json: File too large"), "{}", done.err);
    assert_eq!(done.out, "", "nothing was begun");
    let left = fs::read_dir(reports.path()).unwrap().count();
    assert_eq!(left, 0, "a folder was left behind");
}
