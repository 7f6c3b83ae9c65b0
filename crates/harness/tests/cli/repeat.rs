//! `run --repeat`: several runs, one after another, and their comparison.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use measurement::environment::Run;
use tempfile::TempDir;

use crate::common::{run, text};
use crate::terminal::Terminal;

/// The report folders, in the order of their names.
fn folders(reports: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(reports).unwrap();
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && !path.is_symlink())
        .collect();
    folders.sort();
    folders
}

/// The pages of comparisons beside them.
fn pages(reports: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(reports).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|p| p.extension().is_some_and(|e| e == "html")).collect()
}

fn seed(folder: &Path) -> u64 {
    let text = fs::read_to_string(folder.join("run.json")).unwrap();
    serde_json::from_str::<Run>(&text).unwrap().seed
}

/// Two trials a run, each of which takes the server so long.
fn args<'a>(runs: &'a str, delay: &'a str, reports: &'a Path) -> Vec<&'a str> {
    let of_one = ["run", "-c", "2", "-n", "2", "--delay", delay];
    let rest = ["--rounds", "2", "--only", "threads", "--seed", "7"];
    let repeat = ["--repeat", runs, "--reports", text(reports)];
    [&of_one[..], &rest, &repeat].concat()
}

#[test]
fn each_run_has_a_folder_and_a_seed_and_then_they_are_compared() {
    let place = TempDir::new().unwrap();
    let reports = place.path();
    let done = run(&args("3", "0ms", reports));
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.starts_with("3 runs of about "), "{}", done.out);
    for words in ["Run 1 of 3", "Run 3 of 3", "3 runs, cell by cell"] {
        assert!(done.out.contains(words), "{words}: {}", done.out);
    }
    let folders = folders(reports);
    let seeds: BTreeSet<u64> = folders.iter().map(|f| seed(f)).collect();
    assert_eq!((folders.len(), seeds.len()), (3, 3));
    assert!(seeds.contains(&7));
    let [page] = &pages(reports)[..] else { panic!("{done:?}") };
    assert!(done.out.contains(text(page)), "{}", done.out);
    let latest = fs::read_link(reports.join("latest")).unwrap();
    let name = page.file_name().unwrap().to_str().unwrap();
    assert_eq!(name, format!("{}-compare.html", latest.display()));
    assert!(fs::read_to_string(page).unwrap().ends_with("</html>\n"));

    // The same from their folders.
    let folders = folders.iter().map(|folder| text(folder));
    let args: Vec<&str> = ["compare"].into_iter().chain(folders).collect();
    let again = run(&args);
    let cells = |out: &str| {
        let at = out.find("Equal waits").or(out.find("No waits"));
        let (_, table) = out.split_at(at.expect("a table"));
        table.lines().next().map(str::to_owned)
    };
    let (_, compared) = done.out.split_once("cell by cell").unwrap();
    assert_eq!(cells(compared), cells(&again.out));
}

#[test]
fn ctrl_c_in_a_run_compares_those_before_it() {
    let place = TempDir::new().unwrap();
    let reports = place.path();
    let mut terminal = Terminal::start(&args("9", "400ms", reports));
    terminal.shows("Run 3 of 9");
    terminal.ctrl_c();
    terminal.shows("stopping; what was measured is kept");
    terminal.shows("2 runs, cell by cell");
    terminal.shows("The comparison:");
    assert_eq!(terminal.end(), 130);
    assert_eq!(pages(reports).len(), 1);
    assert!(folders(reports).len() < 4);
}

#[test]
fn ctrl_c_in_the_first_run_leaves_nothing_to_compare() {
    let place = TempDir::new().unwrap();
    let reports = place.path();
    let mut terminal = Terminal::start(&args("2", "400ms", reports));
    terminal.shows("Run 1 of 2");
    terminal.ctrl_c();
    terminal.shows("fewer than two runs are whole");
    assert_eq!(terminal.end(), 130);
    assert_eq!(pages(reports), Vec::<PathBuf>::new());
}

#[test]
fn once_or_a_hundred_times_is_refused() {
    for runs in ["1", "0", "100", "many"] {
        let done = run(&["run", "--repeat", runs]);
        assert_eq!((done.code, done.out.as_str()), (Some(2), ""), "{done:?}");
        assert!(done.err.contains("from 2 to 99"), "{}", done.err);
    }
}
