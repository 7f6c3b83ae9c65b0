//! `harness peers`, with ours alone, and with scripts in the place of other
//! people's clients: no test needs one of those.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use measurement::environment::Ended;
use measurement::peers::{Peers, PeersSummary};
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

use crate::common::{
    Done, HARNESS, finish, harness, only_folder, run, text, until,
};
use crate::processes::Running;

/// A place for scripts, which stand in for clients, and for reports.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        Place(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// A client of that name. `"$url"` is the last of its arguments.
    fn script(&self, name: &str, body: &str) {
        let file = self.path(name);
        let text = format!("#!/bin/sh\nfor url; do :; done\n{body}\n");
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn args<'a>(&'a self, reports: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
        let mut args = vec!["peers", "--rounds", "1", "-c", "4", "-n", "40"];
        args.extend(["--reports", text(reports)]);
        args.extend(more);
        args
    }

    /// One round in which nobody is installed but the scripts.
    fn peers(&self, more: &[&str]) -> Done {
        let reports = self.path("reports");
        let mut command = harness(&self.args(&reports, more));
        command.env("PATH", format!("{}:/bin", text(self.0.path())));
        finish(command)
    }

    fn records(&self) -> Peers {
        let folder = only_folder(&self.path("reports"));
        let text = fs::read_to_string(folder.join("peers.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

#[test]
fn who_is_not_installed_is_skipped_with_a_line() {
    let place = Place::new();
    let only = "event-loop,wrk,autocannon";
    let mut command =
        harness(&place.args(&place.path("reports"), &["--only", only]));
    // Not even a shell.
    command.env("PATH", text(&place.path("nothing")));
    let done = finish(command);
    assert_eq!(done.code, Some(0), "{done:?}");
    for line in [
        "skipped: wrk is not installed; get it by: apt-get install wrk\n",
        "skipped: autocannon is not installed; get it by: npm install",
    ] {
        assert!(done.err.contains(line), "{}", done.err);
    }
    let said = "As asked and as said, every time: event loop\n";
    assert!(done.out.contains(said), "{}", done.out);

    let records = place.records();
    assert_eq!(records.missing.len(), 2);
    assert_eq!(records.reference, "event-loop");
    assert_eq!(records.end, Some(Ended::Finished));
    // It runs twice, to be held against itself.
    assert_eq!(records.trials.len(), 2);
    for trial in &records.trials {
        let (check, load) = trial.measured().expect("it works");
        for (batch, requests) in [(check, 7), (load, 40)] {
            assert_eq!(
                (batch.asked, batch.said),
                (Some(requests), batch.asked)
            );
            assert_eq!((batch.sent, batch.answered), (requests, requests));
        }
        assert_eq!(check.peak_in_flight, 4);
        if cfg!(target_os = "linux") {
            assert!(check.cpu_ns() > Some(0) && check.threads >= Some(1));
            // The server holds two turns of 200 ms: there is time to look.
            assert!(check.peak_rss_bytes > Some(1 << 20), "{check:?}");
        }
    }
    // The command is one that people can type.
    let command = &records.clients[0].command;
    assert_eq!(command[..4], ["harness", "ping", "-n", "40"]);
    let folder = only_folder(&place.path("reports"));
    assert!(folder.join("charts/peers-narrow-dark.svg").exists());
}

#[test]
fn a_cheat_is_found_out() {
    let place = Place::new();
    let cheat = format!(
        "'{HARNESS}' ping -n 5 -c 2 --output-format json --no-pings \"$url\" \
         > /dev/null\nprintf '  [200]\\t999 responses\\n'"
    );
    place.script("hey", &cheat);
    let done = place.peers(&["--only", "hey,event-loop", "--no-color"]);
    // What somebody else does wrong is no failure of ours.
    assert_eq!(done.code, Some(0), "{done:?}");
    for line in [
        "hey was asked for 7 requests, sent 5 (1 trial)\n",
        "hey says 999, sent 5 (1 trial)\n",
        "hey had 2 in flight, 4 asked for (1 trial)\n",
    ] {
        assert!(done.out.contains(line), "{line} in {}", done.out);
    }
}

#[test]
fn who_does_not_work_is_told_and_the_others_go_on() {
    let place = Place::new();
    place.script("ab", "echo no such thing >&2; exit 3");
    place.script("oha", "echo '{}'");
    let done = place.peers(&[
        "--only",
        "ab,oha,event-loop",
        "--output-format",
        "json",
    ]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let summary: PeersSummary = serde_json::from_str(&done.out).unwrap();
    assert_eq!(summary.schema_version, 1);
    let why = |name| summary.row(name).unwrap().failure.clone();
    let status = "exit status: 3: no such thing";
    assert_eq!(why("ab").as_deref(), Some(status));
    let nothing = "the server saw no request of it";
    assert_eq!(why("oha").as_deref(), Some(nothing));
    assert_eq!(summary.row("event-loop").unwrap().valid, 1);
    assert_eq!(why("event-loop"), None);
}

#[test]
fn what_a_client_leaves_behind_does_not_hold_it_up() {
    let place = Place::new();
    place.script("hey", "sleep 600 & printf '  [200]\\t0 responses\\n'");
    let done = place.peers(&["--only", "hey"]);
    assert_eq!(done.code, Some(1), "nobody was measured: {done:?}");
    assert!(done.out.contains("hey failed: "), "{}", done.out);
}

#[test]
fn ctrl_c_keeps_what_is_measured() {
    let place = Place::new();
    let reports = place.path("reports");
    let args = place.args(&reports, &["--only", "event-loop"]);
    let args: Vec<&str> = args
        .into_iter()
        .map(|word| if word == "1" { "500" } else { word })
        .collect();
    let run = Running::start(&args);
    until("a round is done", || {
        let folder = fs::read_dir(&reports).ok()?.next()?.ok()?.path();
        let text = fs::read_to_string(folder.join("peers.json")).ok()?;
        text.contains("measured").then_some(())
    });
    run.signal(Signal::SIGINT);
    let done = run.end();
    assert_eq!(done.code, Some(130), "{done:?}");
    assert!(done.out.contains("event loop"), "{}", done.out);
    let records = place.records();
    assert_eq!(records.end, Some(Ended::Stopped));
    let trials = records.trials.len();
    assert!((2..1000).contains(&trials), "{trials} trials");
}

#[test]
fn ctrl_c_ends_a_client_that_hangs() {
    let place = Place::new();
    let file = place.path("pid");
    let hang = format!(
        "echo $$ > '{0}.part'; mv '{0}.part' '{0}'; sleep 600",
        text(&file)
    );
    place.script("hey", &hang);
    let reports = place.path("reports");
    // Found out how fast it is, before the first round.
    let args = ["peers", "--only", "hey", "--reports", text(&reports)];
    let mut command = harness(&args);
    command.env("PATH", format!("{}:/bin:/usr/bin", text(place.0.path())));
    let run = Running::of(command);
    let pid = until("it runs", || fs::read_to_string(&file).ok());
    run.signal(Signal::SIGINT);
    let done = run.end();
    assert_eq!(done.code, Some(130), "{done:?}");
    assert_eq!(fs::read_dir(&reports).unwrap().count(), 0, "no empty folder");
    let pid = Pid::from_raw(pid.trim().parse().unwrap());
    until("it has ended", || {
        (kill(pid, None) == Err(Errno::ESRCH)).then_some(())
    });
}

#[test]
fn the_real_ones_that_are_here_can_be_read() {
    let reports = TempDir::new().unwrap();
    for name in ["wrk", "ab", "hey", "oha", "h2load", "autocannon"] {
        if which::which(name).is_err() {
            harness::terminal::note(format!("skipped: there is no {name}"));
            continue;
        }
        let place = reports.path().join(name);
        let done = run(&[
            "peers",
            "--only",
            name,
            "-c",
            "4",
            "-n",
            "40",
            "--rounds",
            "1",
            "--output-format",
            "json",
            "--reports",
            text(&place),
        ]);
        assert_eq!(done.code, Some(0), "{done:?}");
        let file = only_folder(&place).join("peers.json");
        let records: Peers =
            serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        for trial in &records.trials {
            let (check, _) = trial.measured().expect("it works");
            let said = check.said.expect("it says a number");
            assert!(said > 0 && said <= check.sent, "{name}: {check:?}");
            assert_eq!(check.peak_in_flight, 4, "{name}");
        }
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    for args in [
        &["peers", "-c", "0"][..],
        &["peers", "--only", "nobody"],
        &["peers", "--seconds", "0"],
        &["peers", "--delay", "5"],
        &["peers", "-n", "0"],
    ] {
        assert_eq!(run(args).code, Some(2), "{args:?}");
    }
}
