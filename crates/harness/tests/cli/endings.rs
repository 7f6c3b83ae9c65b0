//! Kills, stops and hang-ups of everybody who takes part in a run, in its
//! middle: page, `latest` and records are as they should be. A round of each;
//! `ROUNDS=20` makes twenty.

use std::env;
use std::fs;
use std::path::Path;

use measurement::record::{Outcome, Trial};
use nix::sys::signal::Signal;
use tempfile::TempDir;

use crate::common::{
    code_of, parts, run, text, the_page_is_there, trials, until, written,
};
use crate::processes::{Running, send};
use crate::terminal::Terminal;

fn rounds() -> u32 {
    let rounds = env::var("ROUNDS").ok();
    rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}

/// Three trials a round, of which each holds two requests for long enough to
/// be found in its middle on a busy machine.
fn start(reports: &Path, rounds: &str) -> Running {
    let words = "run -c 2 -n 2 --delay 1s --only threads,worker-pool --rounds";
    let words = words.split(' ').chain([rounds, "--reports", text(reports)]);
    Running::start(&words.collect::<Vec<_>>())
}

/// How far a run gets before it happens: something else in each round.
fn at_trial(run: &Running, reports: &Path, trial: u32) {
    until("so many trials are recorded", || {
        (written(reports)? >= trial as usize).then_some(())
    });
    run.in_flight(2);
}

/// The trials that failed.
fn failed(trials: &[Trial]) -> usize {
    let failed = |t: &&Trial| matches!(t.outcome, Outcome::Failed { .. });
    trials.iter().filter(failed).count()
}

/// One trial is lost, the others count.
fn one_is_lost(who: &str, signal: Signal) {
    for round in 0..rounds() {
        let reports = TempDir::new().unwrap();
        let run = start(reports.path(), "1");
        at_trial(&run, reports.path(), round % 3);
        send(run.child(who).unwrap(), signal);
        let done = run.end();
        assert_eq!(done.code, Some(1), "{who}, {signal}: {done:?}");
        let trials = trials(&the_page_is_there(reports.path()));
        assert_eq!((trials.len(), failed(&trials)), (3, 1), "{done:?}");
    }
}

#[test]
fn a_trial_is_killed() {
    one_is_lost("trial", Signal::SIGKILL);
}

#[test]
fn a_trial_is_hung_up() {
    one_is_lost("trial", Signal::SIGHUP);
}

#[test]
fn a_trial_is_stopped() {
    one_is_lost("trial", Signal::SIGSTOP);
}

#[test]
fn a_server_is_killed() {
    one_is_lost("server-process", Signal::SIGKILL);
}

#[test]
fn a_server_is_hung_up() {
    one_is_lost("server-process", Signal::SIGHUP);
}

#[test]
fn a_server_is_stopped() {
    one_is_lost("server-process", Signal::SIGSTOP);
}

/// What there is can be drawn, and nobody is left.
#[test]
fn the_run_is_killed() {
    for round in 0..rounds() {
        let reports = TempDir::new().unwrap();
        let running = start(reports.path(), "99");
        at_trial(&running, reports.path(), 1 + round % 2);
        running.signal(Signal::SIGKILL);
        assert_eq!(running.end().code, None);
        assert!(!fs::exists(reports.path().join("latest")).unwrap());
        assert!(parts(reports.path()).is_empty());
        let folder = crate::common::only_folder(reports.path());
        assert_eq!(failed(&trials(&folder)), 0);
        let done = run(&["plot", text(&folder)]);
        assert_eq!(done.code, Some(0), "{done:?}");
    }
}

#[test]
fn the_run_is_hung_up() {
    for round in 0..rounds() {
        let reports = TempDir::new().unwrap();
        let running = start(reports.path(), "99");
        at_trial(&running, reports.path(), 1 + round % 2);
        running.signal(Signal::SIGHUP);
        let done = running.end();
        assert_eq!(done.code, Some(130), "{done:?}");
        let trials = trials(&the_page_is_there(reports.path()));
        assert_eq!(failed(&trials), 0);
        assert!(!trials.is_empty());
    }
}

/// Stopped and continued: its trial goes on meanwhile.
#[test]
fn the_run_is_stopped() {
    for round in 0..rounds() {
        let reports = TempDir::new().unwrap();
        let running = start(reports.path(), "1");
        at_trial(&running, reports.path(), round % 3);
        running.signal(Signal::SIGSTOP);
        running.signal(Signal::SIGCONT);
        let done = running.end();
        let trials = trials(&the_page_is_there(reports.path()));
        assert_eq!((trials.len(), failed(&trials)), (3, 0));
        assert_eq!(done.code, code_of(&trials), "{done:?}");
    }
}

#[test]
fn its_reader_leaves() {
    for _ in 0..rounds() {
        let reports = TempDir::new().unwrap();
        let mut running = start(reports.path(), "1");
        running.reader_leaves();
        let done = running.end();
        let trials = trials(&the_page_is_there(reports.path()));
        assert_eq!(trials.len(), 3);
        assert_eq!(done.code, code_of(&trials), "{done:?}");
    }
}

#[test]
fn its_terminal_is_closed() {
    for round in 0..rounds() {
        let reports = TempDir::new().unwrap();
        let folder = text(reports.path());
        let args = ["run", "--preset", "full", "--reports", folder];
        let mut terminal = Terminal::start(&args);
        for _ in 0..=round % 3 {
            terminal.shows("server saw ");
        }
        terminal.hang_up();
        let trials = trials(&the_page_is_there(reports.path()));
        assert_eq!(failed(&trials), 0);
        assert!(!trials.is_empty());
    }
}
