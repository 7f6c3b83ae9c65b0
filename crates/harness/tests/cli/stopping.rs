//! Ctrl-C in a real terminal, and worse: what was measured is kept, and no
//! process is left.

use std::fs;
use std::path::Path;

use nix::sys::signal::Signal;
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{HARNESS, only_folder, run, text, trials, until};
use crate::processes::Running;
use crate::terminal::Terminal;

/// What is left of a run that was stopped is a report like any other.
fn the_page_is_whole(reports: &Path, trials_at_least: usize) {
    let folder = only_folder(reports);
    assert!(trials(&folder).len() >= trials_at_least);
    assert!(trials(&folder).iter().all(|trial| trial.valid().is_some()));
    let page = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(page.ends_with("</html>\n"));
    let done = run(&["plot", text(&folder)]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let again = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(page == again, "plot draws another page");
}

#[test]
fn ctrl_c_in_the_first_act() {
    let reports = TempDir::new().unwrap();
    let args = ["run", "--preset", "full", "--reports", text(reports.path())];
    let mut terminal = Terminal::start(&args);
    terminal.shows("server saw 1 at once");
    terminal.ctrl_c();
    terminal.shows("stopping; what was measured is kept");
    terminal.shows("The page:");
    assert_eq!(terminal.end(), 130);
    the_page_is_whole(reports.path(), 1);
}

#[test]
fn ctrl_c_in_the_second_act() {
    let reports = TempDir::new().unwrap();
    let args = [
        "run",
        "--preset",
        "full",
        "--only",
        "threads,async-tasks",
        "--reports",
        text(reports.path()),
    ];
    let mut terminal = Terminal::start(&args);
    terminal.shows("a task per URL, with permits, ");
    terminal.ctrl_c();
    terminal.shows("stopping; what was measured is kept");
    terminal.shows("The page:");
    assert_eq!(terminal.end(), 130);
    the_page_is_whole(reports.path(), 4);
}

#[test]
fn ctrl_c_in_a_row_of_trials_too_short_to_wait_for() {
    let reports = TempDir::new().unwrap();
    let run = Running::start(&[
        "run",
        "-c",
        "1",
        "-n",
        "1",
        "--delay",
        "0ms",
        "--rounds",
        "1000",
        "--only",
        "threads",
        "--reports",
        text(reports.path()),
    ]);
    until("some trials are done", || {
        let reports = fs::read_dir(reports.path()).ok()?;
        let folder = reports.last()?.ok()?.path();
        let records = fs::read_dir(folder.join("raw")).ok()?;
        (records.count() >= 3).then_some(())
    });
    run.signal(Signal::SIGINT);
    assert_eq!(run.end().code, Some(130));
    let folder = only_folder(reports.path());
    assert!(trials(&folder).len() < 1000);
}

#[test]
fn ctrl_c_before_the_first_trial_is_done_leaves_no_folder() {
    let reports = TempDir::new().unwrap();
    let run = Running::start(&long_run(reports.path()));
    run.in_flight(2);
    run.signal(Signal::SIGTERM);
    let done = run.end();
    assert_eq!(done.code, Some(130), "{done:?}");
    assert_eq!(fs::read_dir(reports.path()).unwrap().count(), 0);
}

/// One trial that takes longer than anybody waits.
fn long_run(reports: &Path) -> [&str; 13] {
    [
        "run",
        "-c",
        "2",
        "-n",
        "2",
        "--delay",
        "10m",
        "--rounds",
        "1",
        "--only",
        "threads",
        "--reports",
        text(reports),
    ]
}

#[test]
fn ctrl_c_twice_ends_at_once() {
    let reports = TempDir::new().unwrap();
    let mut terminal = Terminal::start(&long_run(reports.path()));
    until("the run has begun", || {
        let begun = fs::read_dir(reports.path()).ok()?.next();
        begun.map(|_| ())
    });
    terminal.ctrl_c();
    terminal.ctrl_c_again();
    assert_eq!(terminal.end(), 130);
}

#[test]
fn a_run_that_is_killed_leaves_no_process() {
    let reports = TempDir::new().unwrap();
    let run = Running::start(&long_run(reports.path()));
    run.in_flight(2);
    run.signal(Signal::SIGKILL);
    // The end of the pipe that all of them held.
    assert_eq!(run.end().code, None);
}

#[test]
fn a_witness_that_is_killed_takes_its_program_along() {
    let reports = TempDir::new().unwrap();
    let witness = Running::start(&[
        "witness",
        "--reports",
        text(reports.path()),
        "--",
        "sh",
        "-c",
        "exec sleep 600",
        "{url}",
    ]);
    until("the program runs", || witness.child("600"));
    witness.signal(Signal::SIGKILL);
    assert_eq!(witness.end().code, None);
}

#[test]
fn ctrl_c_while_pinging_tells_what_was_done() {
    let server = TestServer::start().unwrap();
    let (slow, quick) = (server.url("/200?sleep=4000"), server.url("/404"));
    let mut terminal = Terminal::start(&[
        "ping",
        "-c",
        "2",
        "--timeout",
        "60s",
        &quick,
        &slow,
        &slow,
        &quick,
    ]);
    until("both slow ones are waited for", || {
        let seen = server.witness();
        (seen.done == 1 && seen.in_flight == 2).then_some(())
    });
    terminal.ctrl_c();
    terminal.shows("stopping; those in flight are awaited");
    terminal.shows("/404: 404 Not Found");
    terminal.shows("3 pings in ");
    terminal.shows("1 was never sent");
    assert_eq!(terminal.end(), 130);
    assert_eq!(server.witness().requests, 3);
}

#[test]
fn ctrl_c_twice_while_pinging_waits_for_nothing() {
    let server = TestServer::start().unwrap();
    let slow = server.url("/200?sleep=30000");
    let mut terminal = Terminal::start(&["ping", "--timeout", "60s", &slow]);
    until("it is waited for", || {
        (server.witness().in_flight == 1).then_some(())
    });
    terminal.ctrl_c();
    terminal.shows("Ctrl-C again: at once");
    terminal.ctrl_c_again();
    assert_eq!(terminal.end(), 130);
    assert_eq!(server.witness().done, 0, "nobody waited for the answer");
}

#[test]
fn ctrl_c_while_witnessing_ends_the_program_and_tells_what_it_did() {
    let reports = TempDir::new().unwrap();
    let script = "echo started; exec \"$0\" ping --timeout 60s \"$1\"";
    let slow = "{url}?sleep=30000";
    let mut terminal = Terminal::start(&[
        "witness",
        "--reports",
        text(reports.path()),
        "--",
        "sh",
        "-c",
        script,
        HARNESS,
        slow,
    ]);
    terminal.shows("started");
    terminal.ctrl_c();
    terminal.shows("waiting for the program to end");
    terminal.ctrl_c_again();
    assert_eq!(terminal.end(), 130);
}

#[test]
fn ctrl_c_while_witnessing_a_program_that_heeds_it_tells_what_it_did() {
    let reports = TempDir::new().unwrap();
    let script = "echo started; exec cat /dev/zero >/dev/null";
    let mut terminal = Terminal::start(&[
        "witness",
        "--reports",
        text(reports.path()),
        "--",
        "sh",
        "-c",
        script,
        "{url}",
    ]);
    terminal.shows("started");
    terminal.ctrl_c();
    terminal.shows("What the server saw of sh");
    terminal.shows("signal: 2 (SIGINT)");
    assert_eq!(terminal.end(), 130);
    assert!(only_folder(reports.path()).join("witness.json").exists());
}
