//! Nobody reads the words any more: what is not for the terminal is done all
//! the same. What nobody reads is no error, but what cannot be written is one.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::signal::Signal;
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{
    Done, code_of, finish, harness, sample, shell, text, the_page_is_there,
    trials, until, written,
};
use crate::processes::Running;
use crate::terminal::Terminal;

/// A run of six short trials.
fn short_run(reports: &Path) -> [&str; 13] {
    [
        "run",
        "-c",
        "2",
        "-n",
        "2",
        "--delay",
        "100ms",
        "--rounds",
        "2",
        "--only",
        "threads,worker-pool",
        "--reports",
        text(reports),
    ]
}

const TRIALS: usize = 6;

/// The run has ended by itself, and left all that it should.
fn all_there(done: &Done, reports: &Path) {
    let trials = trials(&the_page_is_there(reports));
    assert_eq!(trials.len(), TRIALS, "{done:?}");
    assert_eq!(done.code, code_of(&trials), "{done:?}");
}

#[test]
fn a_reader_that_leaves_does_not_end_the_run() {
    let reports = TempDir::new().unwrap();
    let mut run = Running::start(&short_run(reports.path()));
    run.reader_leaves();
    let done = run.end();
    assert!(done.err.matches("nobody reads the results").count() <= 1);
    all_there(&done, reports.path());
}

#[test]
fn a_reader_of_both_streams_that_leaves_does_not_end_the_run() {
    let reports = TempDir::new().unwrap();
    let args = short_run(reports.path());
    let mut run = Running::of(shell("exec \"$@\" 2>&1", &args));
    run.reader_leaves();
    all_there(&run.end(), reports.path());
}

#[test]
fn a_reader_that_leaves_a_lesson_does_not_end_it() {
    let reports = TempDir::new().unwrap();
    let args = ["lesson", "3", "--skip", "--reports", text(reports.path())];
    let mut lesson = Running::start(&args);
    lesson.reader_leaves();
    let done = lesson.end();
    let trials = trials(&the_page_is_there(reports.path()));
    assert_eq!(done.code, code_of(&trials), "{done:?}");
    // It is told once that it goes on.
    assert_eq!(done.err.matches("nobody reads the results").count(), 1);
}

/// Every other command that prints.
fn others(reports: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["list"],
        vec!["--help"],
        vec!["doctor"],
        vec!["predict", "3", "--reports", reports],
        vec!["witness", "--reports", reports, "--", "true", "{url}"],
    ]
}

/// No panic, no complaint, and success.
#[test]
fn every_other_command_takes_a_reader_that_leaves_quietly() {
    let reports = TempDir::new().unwrap();
    for args in others(text(reports.path())) {
        // `true` reads nothing at all.
        let script = "exec 3>&1; { \"$@\" 3>&-; echo $? >&3; } | true";
        let done = finish(shell(script, &args));
        assert_eq!((&*done.out, &*done.err), ("0\n", ""), "{args:?}");
    }
}

#[test]
fn a_terminal_that_is_closed_leaves_a_page() {
    let reports = TempDir::new().unwrap();
    let args = ["run", "--preset", "full", "--reports", text(reports.path())];
    let mut terminal = Terminal::start(&args);
    terminal.shows("server saw 1 at once");
    terminal.hang_up();
    let folder = the_page_is_there(reports.path());
    assert!(trials(&folder).iter().all(|trial| trial.valid().is_some()));
}

/// As `nohup` arranges it.
#[test]
fn a_hang_up_that_is_to_be_ignored_is_ignored() {
    let reports = TempDir::new().unwrap();
    let mut args = short_run(reports.path());
    // Long enough to be found in its middle on a busy machine.
    args[6] = "1s";
    let run = Running::of(shell("trap '' HUP; exec \"$@\"", &args));
    run.in_flight(2);
    run.signal(Signal::SIGHUP);
    all_there(&run.end(), reports.path());
}

fn full() -> Stdio {
    File::options().write(true).open("/dev/full").unwrap().into()
}

/// What is open to be read only, as a shell's `1<file` has it.
fn unwritable() -> Stdio {
    File::open("/dev/null").unwrap().into()
}

/// Its words meet a full disk, or the like.
fn results_lost(mut command: Command, out: Stdio) -> Done {
    command.stdout(out).stderr(Stdio::piped());
    command.spawn().unwrap().wait_with_output().unwrap().into()
}

#[test]
fn results_that_cannot_be_written_are_an_error_and_the_page_is_there() {
    let reports = TempDir::new().unwrap();
    let done = results_lost(harness(&short_run(reports.path())), full());
    assert_eq!(done.code, Some(1), "{done:?}");
    let told = "error: cannot write the results: No space left on device";
    assert_eq!(done.err.matches(told).count(), 1, "{}", done.err);
    assert_eq!(trials(&the_page_is_there(reports.path())).len(), TRIALS);
}

#[test]
fn notes_that_cannot_be_written_are_an_error_and_the_page_is_there() {
    let reports = TempDir::new().unwrap();
    let run = Running::of(shell(
        "exec \"$@\" 2>/dev/full",
        &["run", "--preset", "full", "--reports", text(reports.path())],
    ));
    until("a trial is recorded", || {
        written(reports.path()).filter(|records| *records > 0).map(drop)
    });
    run.signal(Signal::SIGINT);
    // Ctrl-C is told of there; that it was pressed comes first.
    assert_eq!(run.end().code, Some(130));
    the_page_is_there(reports.path());
    let wrong = finish(shell("exec \"$@\" 2>/dev/full", &["nonsense"]));
    assert_eq!(wrong.code, Some(2));
}

#[test]
fn results_that_cannot_be_written_are_an_error_for_everybody() {
    let reports = TempDir::new().unwrap();
    let server = TestServer::start().unwrap();
    let (_place, folder) = sample();
    let url = server.url("/200");
    let mut all = others(text(reports.path()));
    all.push(vec!["plot", text(&folder)]);
    all.push(vec!["serve"]);
    for format in ["text", "json", "csv"] {
        all.push(vec!["ping", "--output-format", format, &url]);
    }
    for args in all {
        for (out, why) in [
            (full(), "No space left on device"),
            (unwritable(), "Bad file descriptor"),
        ] {
            let done = results_lost(harness(&args), out);
            assert_eq!(done.code, Some(1), "{args:?}: {done:?}");
            let told = format!("error: cannot write the results: {why}");
            assert_eq!(
                done.err.matches(&told).count(),
                1,
                "{args:?}: {done:?}"
            );
        }
    }
}

/// No file of the run gets the number of a stream that was closed, and with
/// it what is said.
#[test]
fn streams_that_are_closed_from_the_start() {
    for closed in [">&-", "2>&-", "<&-", "<&- >&- 2>&-"] {
        let reports = TempDir::new().unwrap();
        let script = format!("exec \"$@\" {closed}");
        let done = finish(shell(&script, &short_run(reports.path())));
        all_there(&done, reports.path());
    }
}

/// Terminals of any size and kind.
#[test]
fn the_size_of_the_terminal_is_no_danger() {
    for setup in [
        "stty cols 0 rows 0",
        "stty cols 1 rows 1",
        "stty cols 65535; export TERM=dumb",
        "export NO_COLOR=1; unset TERM",
    ] {
        let reports = TempDir::new().unwrap();
        let mut terminal = Terminal::set_up(setup, &short_run(reports.path()));
        terminal.shows("The page:");
        let code = terminal.end();
        let trials = trials(&the_page_is_there(reports.path()));
        assert_eq!(Some(code), code_of(&trials), "{setup}");
    }
}
