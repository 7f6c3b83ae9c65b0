//! Whatever the harness waits for, it hears Ctrl-C; and programs of others
//! that hang cost a run no more than what they would have told.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use tempfile::TempDir;

use crate::common::{harness, text, until};
use crate::processes::{Running, send};

/// A folder with a program of this name that touches `begun` and hangs.
fn hangs(name: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let begun = folder.path().join("begun");
    let file = folder.path().join(name);
    let script = format!("#!/bin/sh\ntouch {}\nsleep 600\n", text(&begun));
    fs::write(&file, script).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// A run in which that program is found before the real one.
fn run_with(bin: &Path, reports: &Path) -> Running {
    let args = ["run", "--preset", "smoke", "--reports", text(reports)];
    let mut command = harness(&args);
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", bin.display()));
    Running::of(command)
}

#[test]
fn ctrl_c_is_heard_while_git_or_python_hangs() {
    for name in ["git", "python3"] {
        let (bin, reports) = (hangs(name), TempDir::new().unwrap());
        let run = run_with(bin.path(), reports.path());
        until("it hangs", || {
            fs::exists(bin.path().join("begun")).ok()?.then_some(())
        });
        run.signal(Signal::SIGINT);
        // And whatever it had started has ended, too.
        assert_eq!(run.end().code, Some(130), "{name}");
    }
}

#[test]
fn ctrl_c_is_heard_while_the_server_does_not_answer() {
    let reports = TempDir::new().unwrap();
    let run = Running::start(&[
        "run",
        "-c",
        "2",
        "-n",
        "2",
        "--delay",
        "1s",
        "--only",
        "threads",
        "--reports",
        text(reports.path()),
    ]);
    run.in_flight(2);
    let server = run.child("server-process").unwrap();
    // The trial is done, and the question of what was seen hangs.
    send(server, Signal::SIGSTOP);
    let asked = Instant::now();
    run.signal(Signal::SIGINT);
    assert_eq!(run.end().code, Some(130));
    // What the control port would take until it gives up.
    assert!(asked.elapsed() < Duration::from_secs(9), "not heard");
}
