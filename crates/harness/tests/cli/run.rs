use std::collections::BTreeSet;
use std::fs;

use harness::strategies::{STRATEGIES, Strategy};
use tempfile::TempDir;

use crate::common::{
    BY_HAND, NAMES, finish, harness, measured, only_folder, run, text, trials,
};

#[test]
fn the_server_sees_as_many_at_once_as_were_asked_for() {
    let reports = TempDir::new().unwrap();
    let names = [&NAMES[..], &BY_HAND].concat();
    let only = names.join(",");
    // With waits this long no machine is too slow to let four overlap.
    let done = run(&[
        "run",
        "-c",
        "4",
        "-n",
        "4",
        "--delay",
        "400ms",
        "--rounds",
        "1",
        "--only",
        &only,
        "--reports",
        text(reports.path()),
    ]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let trials = trials(&only_folder(reports.path()));
    // The twin of the pool, and the baseline first and last.
    assert_eq!(trials.len(), names.len() + 2);
    for trial in trials {
        assert!(trial.valid().is_some(), "{:?}", measured(&trial).checks);
        let strategy = trial.spec.strategy.as_str();
        let at_once = if strategy == "sequential" { 1 } else { 4 };
        let peak = measured(&trial).server.peak_in_flight;
        assert_eq!((strategy, peak), (strategy, at_once));
    }
}

#[test]
fn a_question_of_ones_own_runs_what_was_named() {
    let reports = TempDir::new().unwrap();
    let done = run(&[
        "run",
        "-c",
        "4",
        "--delay",
        "5ms",
        "-n",
        "16",
        "--rounds",
        "2",
        "--only",
        "worker-pool,threads",
        "--reports",
        text(reports.path()),
    ]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.contains("16 pings, 4 at a time"), "{}", done.out);
    let folder = only_folder(reports.path());
    let trials = trials(&folder);
    let count = |name| {
        trials.iter().filter(|trial| trial.spec.strategy == name).count()
    };
    // In each round another one runs twice, under two names.
    assert_eq!((count("threads"), count("worker-pool")), (3, 3));
    assert_eq!(trials.len(), 6);
    assert_eq!(trials.iter().filter(|trial| trial.aa_twin).count(), 2);
    for trial in &trials {
        assert_eq!((trial.spec.requests, trial.spec.concurrency), (16, 4));
    }
    let page = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(page.contains("run --only worker-pool,threads -c 4"));
}

#[test]
fn a_seed_repeats_the_order() {
    let order = |seed: &str| -> Vec<(u32, String)> {
        let reports = TempDir::new().unwrap();
        let done = run(&[
            "run",
            "-c",
            "2",
            "-n",
            "2",
            "--delay",
            "0ms",
            "--rounds",
            "3",
            "--seed",
            seed,
            "--reports",
            text(reports.path()),
        ]);
        assert_eq!(done.code, Some(0), "{done:?}");
        let trials = trials(&only_folder(reports.path()));
        let mut order: Vec<_> =
            trials.iter().map(|t| (t.round, t.order)).collect();
        assert!(order.is_sorted(), "{order:?}");
        order.dedup();
        // The four, the twin of one, and the baseline first and last.
        assert_eq!(order.len(), 3 * 7, "every cell once in every round");
        trials.into_iter().map(|t| (t.round, t.spec.strategy)).collect()
    };
    let first = order("7");
    assert_eq!(order("7"), first);
    assert_ne!(order("8"), first);
    for round in 0..3 {
        let in_round: BTreeSet<&str> = first
            .iter()
            .filter(|(of, _)| *of == round)
            .map(|(_, name)| name.as_str())
            .collect();
        assert_eq!(in_round.len(), 5, "{in_round:?}");
        let names: Vec<&str> = first
            .iter()
            .filter(|(of, _)| *of == round)
            .map(|(_, name)| name.as_str())
            .collect();
        assert_eq!((names[0], names[6]), ("sequential", "sequential"));
    }
}

#[test]
fn two_runs_of_one_second_have_a_folder_each() {
    let reports = TempDir::new().unwrap();
    let args = [
        "run",
        "-c",
        "1",
        "-n",
        "1",
        "--delay",
        "0ms",
        "--rounds",
        "1",
        "--only",
        "threads",
        "--seed",
        "7",
        "--reports",
        text(reports.path()),
    ];
    let running: Vec<_> = (0..3)
        .map(|_| harness(&args).stdout(std::process::Stdio::null()).spawn())
        .collect();
    for child in running {
        assert!(child.unwrap().wait().unwrap().success());
    }
    let folders = fs::read_dir(reports.path()).unwrap();
    let folders: Vec<_> = folders
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.is_symlink())
        .collect();
    assert_eq!(folders.len(), 3);
    for folder in folders {
        let trials = trials(&folder);
        assert_eq!(trials.len(), 1);
        let name = folder.file_name().unwrap().to_str().unwrap();
        assert_eq!(trials[0].run_id, name);
    }
}

#[test]
fn a_pipe_gets_no_escape_codes() {
    let reports = TempDir::new().unwrap();
    let args = [
        "run",
        "-c",
        "2",
        "-n",
        "2",
        "--delay",
        "0ms",
        "--rounds",
        "1",
        "--reports",
        text(reports.path()),
    ];
    let colored = |name: &str, value: &str| {
        let mut command = harness(&args);
        command.env(name, value);
        let done = finish(command);
        assert_eq!(done.code, Some(0), "{done:?}");
        done.out.contains('\u{1b}') || done.err.contains('\u{1b}')
    };
    assert!(!colored("TERM", "xterm-256color"));
    assert!(!colored("NO_COLOR", "1"));
    // Else this test would hold for a program that knows no colours.
    assert!(colored("CLICOLOR_FORCE", "1"));
}

#[test]
fn list_names_every_strategy_and_its_lesson() {
    let done = run(&["list"]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    let (lessons, by_hand) = done.out.split_once("\n\n").unwrap();
    for (line, Strategy { way, .. }) in lessons.lines().zip(STRATEGIES) {
        assert!(line.starts_with(way.id), "{line}");
        let number = STRATEGIES.iter().find(|s| s.way == *way);
        let number = number.and_then(|strategy| strategy.lesson).unwrap();
        assert!(line.ends_with(&format!("  lesson {number}")), "{line}");
    }
    assert_eq!(lessons.lines().count(), STRATEGIES.len());
    for name in BY_HAND {
        assert!(by_hand.contains(&format!("\n{name:<14} by hand")), "{name}");
    }
}
