//! `harness cluster measure`: a small run whole, one that is stopped, and one
//! without the servers that it needs.

use std::fs;
use std::path::Path;

use local_nats::skipped;
use measurement::environment::Ended;
use measurement::queue_cost::{Act, Machines, MachinesSummary};
use nix::sys::signal::Signal;
use tempfile::TempDir;

use crate::common::{finish, harness, only_folder, run, text, until};
use crate::processes::Running;

/// Arguments of a measurement that keeps all it has in this place.
fn args<'a>(place: &'a [String; 2], more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["cluster", "measure", "-c", "6"];
    args.extend(["--folder", &place[0], "--reports", &place[1]]);
    args.extend(more);
    args
}

fn places(folder: &TempDir) -> [String; 2] {
    ["streams", "reports"]
        .map(|name| text(&folder.path().join(name)).to_owned())
}

fn records(reports: &Path) -> Machines {
    let text = fs::read_to_string(only_folder(reports).join("machines.json"));
    serde_json::from_str(&text.unwrap()).unwrap()
}

#[test]
fn every_batch_is_counted_by_the_server_that_is_pinged() {
    if skipped() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let place = places(&folder);
    let more = ["-n", "60", "--jobs", "90", "--only", "saturation"];
    let once = ["--rounds", "1", "--output-format", "json"];
    let done = run(&args(&place, &[&more[..], &once].concat()));
    assert_eq!(done.code, Some(0), "{done:?}");
    let summary: MachinesSummary = serde_json::from_str(&done.out).unwrap();
    // In one process; one and three servers with 1, 2 and 4 workers; and a
    // backlog with both.
    assert_eq!(summary.rows.len(), 1 + 6 + 2);
    let reports = Path::new(&place[1]);
    let records = records(reports);
    assert_eq!(records.end, Some(Ended::Finished));
    assert!(records.queue_version.is_some_and(|v| v.contains('.')));
    assert_eq!(records.trials.len(), 9);
    for trial in &records.trials {
        let cell = &records.cells[trial.cell];
        let parts = trial.measured().unwrap_or_else(|| panic!("{trial:?}"));
        let jobs = if cell.act == Act::Backlog { 90 } else { 60 };
        let counts = [parts.requests, parts.distinct, parts.collected];
        assert_eq!((cell.jobs, counts), (jobs, [jobs; 3]), "{cell:?}");
        assert!(parts.peak_in_flight <= 6, "{parts:?}");
        assert_eq!(parts.brokers.len(), cell.copies);
        assert_eq!(parts.workers.len(), cell.workers);
        assert_eq!(parts.producer.is_some(), cell.copies > 0);
        // Each of these did something, and has memory of its own.
        let all = parts.brokers.iter().chain(&parts.workers);
        for part in all.chain(&parts.collector) {
            assert!(part.working_cpu_ns > Some(0), "{part:?}");
            assert!(part.own_bytes() > Some(0), "{part:?}");
        }
        let producer = parts.producer.as_ref();
        assert!(producer.is_none_or(|p| p.producing_cpu_ns > Some(0)));
    }
    let drawn = only_folder(reports).join("charts/machines-narrow-dark.svg");
    assert!(drawn.exists());
    assert!(!Path::new(&place[0]).exists(), "the streams are removed");
}

#[test]
fn ctrl_c_keeps_what_is_measured_and_ends_all_servers() {
    if skipped() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let place = places(&folder);
    let more = ["--only", "scaling", "-n", "20", "--rounds", "500"];
    let running = Running::start(&args(&place, &more));
    let reports = Path::new(&place[1]).to_owned();
    until("a batch is done", || {
        let folder = fs::read_dir(&reports).ok()?.next()?.ok()?.path();
        let text = fs::read_to_string(folder.join("machines.json")).ok()?;
        text.contains("measured").then_some(())
    });
    running.signal(Signal::SIGINT);
    let done = running.end();
    assert_eq!(done.code, Some(130), "{done:?}");
    let records = records(&reports);
    assert_eq!(records.end, Some(Ended::Stopped));
    assert!(records.trials.iter().any(|trial| trial.measured().is_some()));
    assert_eq!(of(&place[0]), Vec::<String>::new(), "all have ended");
    assert!(!Path::new(&place[0]).exists(), "the streams are removed");
}

/// Processes whose arguments name that place.
fn of(place: &str) -> Vec<String> {
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let line = |entry: fs::DirEntry| {
        let line = fs::read_to_string(entry.path().join("cmdline")).ok()?;
        line.contains(place).then(|| line.replace('\0', " "))
    };
    entries.filter_map(line).collect()
}

#[test]
fn without_servers_and_without_anything_to_do_it_says_so() {
    let folder = TempDir::new().unwrap();
    let place = places(&folder);
    if !Path::new("/usr/sbin/nats-server").exists() {
        let mut command = harness(&args(&place, &[]));
        command.env("PATH", folder.path());
        let done = finish(command);
        assert_eq!(done.code, Some(2), "{done:?}");
        assert!(done.err.contains("apt install nats-server"), "{done:?}");
    }
    let refused: [&[&str]; 4] = [
        &["--jobs", "0"],
        &["--jobs", "1000001"],
        &["-n", "0"],
        &["--only", "nothing"],
    ];
    for more in refused {
        let done = run(&args(&place, more));
        assert_eq!(done.code, Some(2), "{more:?}: {done:?}");
    }
    if !skipped() {
        let done = run(&args(&place, &["--only", "backlog"]));
        assert_eq!(done.code, Some(2), "{done:?}");
        assert!(done.err.contains("say --jobs 1000000"), "{done:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
