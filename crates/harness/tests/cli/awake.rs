//! What keeps the processors awake: there while a trial runs that asks for it,
//! and gone with it, however that ends.

use std::fs;
use std::path::Path;

use measurement::record::Outcome;
use nix::sys::signal::Signal;
use nix::unistd::Pid;
use tempfile::TempDir;

use crate::common::{
    Done, code_of, measured, only_folder, text, the_page_is_there, trials,
    until, written,
};
use crate::processes::{Running, send};

const SUBCOMMAND: &str = "keep-awake";

/// Three trials, of which each holds two requests for long enough to be found
/// in its middle on a busy machine.
fn start(reports: &Path, more: &[&str]) -> Running {
    let words = "run -c 2 -n 2 --delay 1s --only threads,worker-pool";
    let words = words.split(' ').chain(["--rounds", "1", "--reports"]);
    let words = words.chain([text(reports)]).chain(more.iter().copied());
    Running::start(&words.collect::<Vec<_>>())
}

/// Waits until this many trials are recorded, and the next one is in its
/// middle. What keeps the processors awake meanwhile.
fn at_trial(run: &Running, reports: &Path, trial: usize) -> Pid {
    until("so many trials are recorded", || {
        (written(reports)? >= trial).then_some(())
    });
    run.in_flight(2);
    run.child(SUBCOMMAND).expect("the processors are kept awake")
}

/// Whether a process has ended, and does not spin any more.
fn ended(process: Pid) -> bool {
    let about = fs::read_to_string(format!("/proc/{process}/stat"));
    about.map_or(true, |about| about.contains(") Z "))
}

fn assert_ended(process: Pid) {
    until("it has ended", || ended(process).then_some(()));
}

fn start_and_send(signal: Signal) -> (TempDir, Done) {
    let reports = TempDir::new().unwrap();
    let run = start(reports.path(), &["--keep-awake"]);
    let awake = at_trial(&run, reports.path(), 1);
    run.signal(signal);
    let done = run.end();
    assert_ended(awake);
    (reports, done)
}

#[test]
fn it_is_there_in_a_trial_and_gone_with_it() {
    let reports = TempDir::new().unwrap();
    let run = start(reports.path(), &["--keep-awake"]);
    let first = at_trial(&run, reports.path(), 0);
    let second = at_trial(&run, reports.path(), 1);
    assert_ne!(first, second);
    assert!(ended(first));
    let done = run.end();
    assert_ended(second);
    let folder = the_page_is_there(reports.path());
    let trials = trials(&folder);
    assert_eq!(done.code, code_of(&trials), "{done:?}");
    assert_eq!(trials.len(), 3);
    for trial in &trials {
        assert_eq!(trial.spec.kept_awake, Some(true));
        let measured = measured(trial);
        let [awake, others] = [measured.host.awake_ns, measured.host.others_ns]
            .map(Option::unwrap);
        assert!(awake > 0);
        // No time of a processor is counted twice. The kernel counts in
        // hundredths of a second.
        let processors = measured.host.processors.unwrap();
        let whole = (measured.makespan_ns + 30_000_000) * processors;
        assert!(awake + others <= whole, "{awake} + {others} of {whole}");
    }
    let command = fs::read_to_string(folder.join("run.json")).unwrap();
    assert!(command.contains("--keep-awake"), "{command}");
}

#[test]
fn nobody_keeps_them_awake_unasked() {
    let reports = TempDir::new().unwrap();
    let run = start(reports.path(), &[]);
    run.in_flight(2);
    assert_eq!(run.child(SUBCOMMAND), None);
    run.end();
    for trial in trials(&only_folder(reports.path())) {
        assert_eq!(trial.spec.kept_awake, Some(false));
        assert_eq!(measured(&trial).host.awake_ns, None);
    }
}

#[test]
fn it_is_gone_after_ctrl_c() {
    let (reports, done) = start_and_send(Signal::SIGINT);
    assert_eq!(done.code, Some(130), "{done:?}");
    assert_eq!(trials(&the_page_is_there(reports.path())).len(), 1);
}

#[test]
fn it_is_gone_when_the_run_is_killed() {
    let (_, done) = start_and_send(Signal::SIGKILL);
    assert_eq!(done.code, None);
}

/// A trial whose processors slept is none of those that it is compared with.
#[test]
fn a_trial_that_lost_it_does_not_count() {
    let reports = TempDir::new().unwrap();
    let run = start(reports.path(), &["--keep-awake"]);
    send(at_trial(&run, reports.path(), 1), Signal::SIGKILL);
    let done = run.end();
    assert_eq!(done.code, Some(1), "{done:?}");
    let trials = trials(&the_page_is_there(reports.path()));
    let failed: Vec<&str> = (trials.iter())
        .filter_map(|trial| match &trial.outcome {
            Outcome::Failed { reason } => Some(reason.as_str()),
            Outcome::Measured(_) => None,
        })
        .collect();
    let [reason] = failed[..] else { panic!("{failed:?}") };
    assert!(reason.contains("ended too early"), "{reason}");
}
