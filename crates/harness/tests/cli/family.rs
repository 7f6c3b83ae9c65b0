//! Whatever a program has started ends with `witness`, however that ends.
//! All of them hold the standard error of the harness: its end is theirs.

use std::fs;

use nix::sys::signal::Signal;
use tempfile::TempDir;

use crate::common::{run, text, until};
use crate::processes::{Running, send};
use crate::terminal::Terminal;

/// Leaves a child, a session of its own and a daemon, and then does `last`.
fn family(last: &str) -> String {
    format!(
        "sleep 600 & setsid sleep 600 & (setsid sh -c 'sleep 600 & exec \
         sleep 600' & ) ; (sh -c 'trap \"\" TERM HUP INT; sleep 600' &) ; \
         {last}"
    )
}

fn start(reports: &TempDir, script: &str) -> Running {
    let reports = text(reports.path());
    let args =
        ["witness", "--reports", reports, "--", "sh", "-c", script, "{url}"];
    Running::start(&args)
}

/// Waits until the script has said so.
fn is_there(folder: &TempDir, file: &str) {
    until("the family is there", || {
        fs::exists(folder.path().join(file)).ok()?.then_some(())
    });
}

#[test]
fn a_witness_that_is_killed_takes_the_whole_family_along() {
    for signal in [Signal::SIGKILL, Signal::SIGABRT, Signal::SIGQUIT] {
        let folder = TempDir::new().unwrap();
        let there = folder.path().join("there");
        let last = format!("touch {}; wait; sleep 600", text(&there));
        let witness = start(&folder, &family(&last));
        is_there(&folder, "there");
        witness.signal(signal);
        assert_eq!(witness.end().code, None, "{signal}");
    }
}

#[test]
fn a_keeper_that_is_killed_leaves_nobody() {
    let folder = TempDir::new().unwrap();
    let there = folder.path().join("there");
    let last = format!("touch {}; wait; sleep 600", text(&there));
    let witness = start(&folder, &family(&last));
    is_there(&folder, "there");
    send(witness.child("program").unwrap(), Signal::SIGKILL);
    let done = witness.end();
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.out.contains("signal: 9 (SIGKILL)"), "{}", done.out);
}

/// The program has ended by itself, and left the others behind.
#[test]
fn what_a_program_leaves_behind_ends_with_the_witness() {
    let folder = TempDir::new().unwrap();
    let done = start(&folder, &family("exit 3")).end();
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.out.contains("exit status: 3"), "{}", done.out);
}

#[test]
fn the_end_of_a_program_is_told_as_it_was() {
    let reports = TempDir::new().unwrap();
    for (script, told, code) in [
        ("exit 0", "exit status: 0", 0),
        ("exit 255", "exit status: 255", 1),
        ("kill -9 $$", "signal: 9 (SIGKILL)", 1),
        // Rust's programs ignore this one from their start.
        ("kill -13 $$", "signal: 13 (SIGPIPE)", 1),
        ("kill -15 $$", "signal: 15 (SIGTERM)", 1),
        // Blocked in the harness itself.
        ("kill -25 $$", "signal: 25 (SIGXFSZ)", 1),
        ("kill -11 $$", "signal: 11 (SIGSEGV)", 1),
    ] {
        let args = ["witness", "--reports", text(reports.path())];
        let program = ["--", "sh", "-c", script, "{url}"];
        let done = run(&[&args[..], &program].concat());
        assert_eq!(done.code, Some(code), "{script}: {done:?}");
        assert!(done.out.contains(told), "{script}: {}", done.out);
    }
}

/// A program hears every signal as it would without the harness.
#[test]
fn a_program_has_no_signal_blocked() {
    let reports = TempDir::new().unwrap();
    let args = ["witness", "--reports", text(reports.path())];
    let program = ["--", "grep", "-h", "SigBlk", "/proc/self/status"];
    let done = run(&[&args[..], &program, &["--label={url}"]].concat());
    assert!(done.out.starts_with("SigBlk:\t0000000000000000\n"), "{done:?}");
}

/// It is in the foreground of the terminal, as if it stood alone.
#[test]
fn a_program_reads_the_terminal() {
    let reports = TempDir::new().unwrap();
    let script = "echo ready; read x </dev/tty; echo \"<$x>\"";
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
    terminal.shows("ready");
    terminal.types("hello");
    terminal.shows("<hello>");
    assert_eq!(terminal.end(), 0);
}
