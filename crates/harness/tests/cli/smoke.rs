//! One run of everything, and all that it leaves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use harness::terminal::table;
use measurement::record::{Act, Trial};
use measurement::summary::Summary;
use nix::sys::signal::Signal;
use report::{findings, trust};
use tempfile::TempDir;

use crate::columns::{assert_fits, words};
use crate::common::{
    Done, HARNESS, NAMES, measured, only_folder, run, text, trials, until,
    written,
};
use crate::figures::assert_one_figure_for_one_thing;
use crate::processes::Running;

#[test]
fn smoke_leaves_a_whole_report() {
    let reports = TempDir::new().unwrap();
    let done =
        run(&["run", "--preset", "smoke", "--reports", text(reports.path())]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(done.err, "", "progress is for terminals");
    let folder = only_folder(reports.path());
    let count = format!("all {} trials count", trials(&folder).len());
    assert!(words(&done.out).contains(&count), "{}", done.out);
    python(&done);
    assert!(done.out.contains(&format!(
        "The page:  {}",
        folder.join("index.html").display()
    )));
    let next = "Read next: crates/lesson-01-sequential/src/lib.rs";
    assert!(done.out.contains(next), "{}", done.out);
    let latest = reports.path().join("latest").canonicalize().unwrap();
    assert_eq!(latest, folder.canonicalize().unwrap());
    for file in [
        "run.json",
        "trials.jsonl",
        "summary.json",
        "tables/summary.csv",
        "tables/memory.csv",
        "tables/requests.csv",
        "index.md",
    ] {
        assert!(folder.join(file).metadata().unwrap().len() > 0, "{file}");
    }
    every_picture_is_well_formed(&folder.join("charts"));
    the_page_fetches_nothing(&folder.join("index.html"));
    assert_one_figure_for_one_thing(&folder);
    the_terminal_says_what_the_page_says(&done, &folder);
    other_levels_are_one_line_each(&done);
    assert_fits(&done.out);

    let trials = trials(&folder);
    let names: BTreeSet<&str> =
        trials.iter().map(|trial| trial.spec.strategy.as_str()).collect();
    assert!(NAMES.iter().all(|name| names.contains(name)), "{names:?}");
    for act in [Act::Book, Act::Uneven, Act::NoWaits, Act::Sweep, Act::Memory] {
        same_work_for_all(&trials, act);
    }
    sent_is_seen(&folder, &trials);
    processors_are_kept_awake_where_nothing_waits(&done, &trials);
}

/// The command that everybody types first. All of it takes a minute; what it
/// has shown after the first act is what this is about.
#[test]
fn without_a_word_it_runs_into_the_folder_reports() {
    let place = TempDir::new().unwrap();
    let mut command = Command::new(HARNESS);
    command.current_dir(place.path()).stdin(Stdio::null());
    let running = Running::of(command);
    let begun = || (written(&place.path().join("reports"))? > 0).then_some(());
    until("its first trial is kept", begun);
    running.signal(Signal::SIGINT);
    let done = running.end();
    assert_eq!(done.code, Some(130), "{done:?}");
    let names: Vec<_> = fs::read_dir(place.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["reports"]);
    assert!(place.path().join("reports/latest/index.html").is_file());
    assert!(done.out.contains("The page:  reports/"), "{}", done.out);
}

/// Where there is a way to, as the records, the words and the page say.
fn processors_are_kept_awake_where_nothing_waits(
    done: &Done,
    trials: &[Trial],
) {
    let can = trials[0].spec.kept_awake.is_some();
    for trial in trials {
        let awake = can.then_some(trial.act == Act::NoWaits);
        assert_eq!(trial.spec.kept_awake, awake, "{:?}", trial.act);
        let used = measured(trial).host.awake_ns;
        assert_eq!(used.is_some(), awake == Some(true), "{:?}", trial.act);
    }
    let said = "a process of the lowest priority keeps the processors awake";
    assert_eq!(done.out.contains(said), can, "{}", done.out);
}

/// Its findings and its tables, letter by letter.
fn the_terminal_says_what_the_page_says(done: &Done, folder: &Path) {
    let json = fs::read_to_string(folder.join("summary.json")).unwrap();
    let summary: Summary = serde_json::from_str(&json).unwrap();
    let said = words(&done.out);
    for finding in findings(&summary) {
        assert!(said.contains(&format!("{finding}.")), "{finding}");
    }
    for line in trust::lines(&summary) {
        assert!(said.contains(&line), "{line}");
    }
    let with_twins = summary.batches.iter().filter(|b| b.twins.is_some());
    for batch in with_twins.filter(|batch| batch.act != Act::NoWaits) {
        for line in table(batch).lines() {
            assert!(done.out.contains(line), "{line}");
        }
    }
}

/// Of the uneven waits, and where nothing waits; the tables are of one level.
fn other_levels_are_one_line_each(done: &Done) {
    let lines = done.out.lines().map(str::trim);
    let told = lines.filter(|line| line.starts_with("Speed-up of the pool: "));
    let told: Vec<&str> = told.collect();
    let [uneven, no_waits] = told[..] else { panic!("{told:?}") };
    for (line, levels) in [
        (uneven, [" at 8 at once, ", " at 16; at most 9.4×"]),
        (no_waits, [" at 8 at once, ", " at 64"]),
    ] {
        assert!(levels.iter().all(|level| line.contains(level)), "{line}");
    }
}

fn python(done: &Done) -> bool {
    let found = done.out.contains("Python, a thread each");
    if !found {
        harness::terminal::note("skipped: there is no python3 here");
    }
    found
}

fn every_picture_is_well_formed(charts: &Path) {
    let mut pictures = 0;
    for entry in fs::read_dir(charts).unwrap() {
        let path = entry.unwrap().path();
        let svg = fs::read_to_string(&path).unwrap();
        let document = roxmltree::Document::parse(&svg)
            .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        assert_eq!(document.root_element().tag_name().name(), "svg");
        pictures += 1;
    }
    // Eight in two forms, each of them once for the page, once light and once
    // dark.
    assert_eq!(pictures, 8 * 2 * 3);
}

fn the_page_fetches_nothing(page: &Path) {
    let html = fs::read_to_string(page).unwrap();
    assert!(html.starts_with("<!doctype html>") && html.contains("<svg"));
    for fetch in ["<script", "src=", "url(", "@import", "<link", "<iframe"] {
        assert!(!html.contains(fetch), "the page has {fetch}");
    }
    // What is left of the network is the name of a name space.
    let rest = html.replace("http://www.w3.org/2000/svg", "");
    assert!(!rest.contains("https://") && !rest.contains("http://"));
}

/// The server answered the same to every strategy, and each said so.
fn same_work_for_all(trials: &[Trial], act: Act) {
    let mut answers: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for trial in trials.iter().filter(|trial| trial.act == act) {
        let measured = measured(trial);
        assert!(trial.valid().is_some(), "{:?}", measured.checks);
        let statuses: Vec<u16> =
            measured.samples.status.iter().map(|s| s.unwrap()).collect();
        let mut counted: BTreeMap<u16, u64> = BTreeMap::new();
        for status in &statuses {
            *counted.entry(*status).or_default() += 1;
        }
        let server = &measured.server;
        // Of many pings there are histograms instead.
        assert!(counted == server.statuses || measured.histograms.is_some());
        let of_cell = answers.entry((trial.level, trial.spec.requests));
        let told = (statuses, server.body_bytes, server.requests);
        of_cell.or_default().insert(told);
    }
    assert!(!answers.is_empty(), "{act:?}");
    for (cell, told) in answers {
        assert_eq!(told.len(), 1, "{act:?} {cell:?}: {told:?}");
    }
}

fn sent_is_seen(folder: &Path, trials: &[Trial]) {
    let json = fs::read_to_string(folder.join("summary.json")).unwrap();
    let trust = serde_json::from_str::<Summary>(&json).unwrap().trust;
    let sent: usize = trials.iter().map(|trial| trial.spec.requests).sum();
    assert_eq!((trust.sent, trust.seen), (sent as u64, sent as u64));
    assert_eq!((trust.duplicates, trust.lost), (0, 0));
    assert_eq!(trust.valid, trials.len());
}
