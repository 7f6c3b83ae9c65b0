//! Two signals at once are one wish: what was measured is kept.

use harness::interrupt::ONE_WISH;
use nix::sys::signal::Signal::{self, SIGHUP, SIGINT, SIGTERM};
use std::fs;
use std::time::Instant;
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{only_folder, text, until};
use crate::processes::Running;

/// Every order of two, the same one twice, and a volley.
const VOLLEYS: [&[Signal]; 8] = [
    &[SIGINT, SIGINT],
    &[SIGTERM, SIGTERM],
    &[SIGHUP, SIGHUP],
    &[SIGINT, SIGTERM],
    &[SIGTERM, SIGINT],
    &[SIGHUP, SIGTERM],
    &[SIGTERM, SIGHUP, SIGINT],
    &[SIGHUP, SIGINT, SIGHUP, SIGTERM, SIGINT, SIGTERM],
];

#[test]
fn pings_are_told_whatever_comes_at_once() {
    for volley in VOLLEYS.iter().cycle().take(24) {
        let server = TestServer::start().unwrap();
        let url = server.url("/200?sleep=20");
        let ping = Running::start(&["ping", "-n", "100000", "-c", "1", &url]);
        until("some are done", || (server.witness().done >= 2).then_some(()));
        for signal in *volley {
            ping.signal(*signal);
        }
        let done = ping.end();
        assert_eq!(done.code, Some(130), "{volley:?}: {done:?}");
        assert!(done.out.contains(" were never sent"), "{volley:?}");
        // The signal may come between two pings.
        assert!(done.out.lines().count() >= 4, "{volley:?}: {}", done.out);
        assert_eq!(done.err.matches("stopping").count(), 1, "{}", done.err);
    }
}

#[test]
fn a_run_is_kept_whatever_comes_at_once() {
    for volley in [&VOLLEYS[0], &VOLLEYS[4], &VOLLEYS[7]] {
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
        until("something is measured", || {
            let folder = fs::read_dir(reports.path()).ok()?.last()?.ok()?;
            let trials = fs::read_dir(folder.path().join("raw")).ok()?;
            (trials.count() >= 2).then_some(())
        });
        for signal in volley.iter() {
            run.signal(*signal);
        }
        assert_eq!(run.end().code, Some(130), "{volley:?}");
        let folder = only_folder(reports.path());
        assert!(folder.join("index.html").exists(), "{volley:?}");
    }
}

/// A second wish that comes later ends it, though the answer is still far.
#[test]
fn a_second_signal_that_comes_later_ends_it_at_once() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200?sleep=30000");
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    let ping =
        Running::start(&["ping", "--timeout", "90s", "-o", text(&file), &url]);
    until("it is waited for", || {
        (server.witness().in_flight == 1).then_some(())
    });
    ping.signal(SIGTERM);
    ping.signal(SIGTERM);
    let told_apart = Instant::now() + 2 * ONE_WISH;
    until("it is another wish", || (Instant::now() > told_apart).then_some(()));
    assert_eq!(server.witness().in_flight, 1, "the first two were one");
    ping.signal(SIGTERM);
    let done = ping.end();
    assert_eq!((done.code, done.out.as_str()), (Some(130), ""));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a part");
}
