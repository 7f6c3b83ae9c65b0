//! The course: a lesson is predicted, run and explained, and nobody is asked
//! where nobody can answer.

use std::fs;

use measurement::course::prediction::Prediction;
use measurement::course::{self, lesson};
use measurement::environment::Run;
use measurement::record::Act;
use tempfile::TempDir;

use crate::columns::words;
#[cfg(target_os = "linux")]
use crate::common::until;
use crate::common::{measured, only_folder, run, text, trials, written};

fn predictions(reports: &TempDir) -> Vec<Prediction> {
    let file = reports.path().join("predictions.json");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn a_lesson_in_a_pipe_asks_nobody_and_leaves_its_chart() {
    let reports = TempDir::new().unwrap();
    let done = run(&["lesson", "2", "--reports", text(reports.path())]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(!done.out.contains("Predict first"), "{}", done.out);
    let heading = "Lesson 2: threads";
    for part in [
        heading,
        "Give each URL a thread",
        "Predicted and measured",
        "crates/lesson-02-threads/src/lib.rs:",
        "Next: cargo run -p harness -- lesson 3",
    ] {
        assert!(done.out.contains(part), "`{part}` is not in:\n{}", done.out);
    }
    let folder = only_folder(reports.path());
    let json = fs::read_to_string(folder.join("run.json")).unwrap();
    let of: Run = serde_json::from_str(&json).unwrap();
    assert_eq!(of.lesson, Some(2));
    for file in ["charts/lesson.svg", "charts/lesson-dark.svg", "index.html"] {
        assert!(folder.join(file).is_file(), "{file}");
    }
    // It leads on, and not to itself; and a full stop ends a sentence once.
    let page = fs::read_to_string(folder.join("index.md")).unwrap();
    assert!(page.contains("**What to look for.** "), "{page}");
    let next = "## Read next\n\n`crates/lesson-03-scoped-threads/src/lib.rs`";
    assert!(page.contains(next), "{page}");
    assert!(!page.lines().any(|line| line.ends_with("..")), "{page}");
    // The server saw the overlap. On a busy machine the first of 600 have their
    // answers before the last thread is made; such a trial is marked.
    let trials = trials(&folder);
    let cells = lesson(2).unwrap().cells;
    let expected: u32 = cells.iter().map(|cell| cell.rounds).sum();
    assert_eq!(trials.len(), expected as usize);
    for trial in &trials {
        assert_eq!(trial.act, Act::Lesson);
        let (measured, asked) = (measured(trial), trial.spec.concurrency);
        let peak = measured.server.peak_in_flight as usize;
        let marked = measured.flags.iter().any(|f| f.name == "client-limited");
        assert_eq!(peak < asked, marked, "{peak} of {asked}");
        assert!(peak == asked || asked > 60, "{peak} of {asked}");
    }
}

#[test]
fn a_prediction_is_kept_shown_and_scored() {
    let reports = TempDir::new().unwrap();
    let folder = text(reports.path());
    let done = run(&["predict", "3", "550ms", "0.5s", "--reports", folder]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let kept = predictions(&reports);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].answers, [Some(550e6), Some(500e6)]);

    let done = run(&["lesson", "3", "--reports", folder]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.contains("Your prediction of "), "{}", done.out);
    assert!(done.out.contains("You were off by a factor of "), "{}", done.out);
    let below = fs::read_dir(reports.path()).unwrap();
    let mut runs = below.map(|entry| entry.unwrap().path());
    let of_run = runs
        .find(|path| path.is_dir() && !path.is_symlink())
        .unwrap()
        .join("prediction.json");
    let of_run: Prediction =
        serde_json::from_str(&fs::read_to_string(of_run).unwrap()).unwrap();
    assert_eq!(of_run, kept[0]);

    // Another one takes its place; a passed question stays open.
    let done = run(&["predict", "3", "-", "1s", "--reports", folder]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let kept = predictions(&reports);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].answers, [None, Some(1e9)]);
}

#[test]
fn in_a_pipe_the_questions_are_listed() {
    let reports = TempDir::new().unwrap();
    let done = run(&["predict", "4", "--reports", text(reports.path())]);
    assert_eq!(done.code, Some(0), "{done:?}");
    for ask in lesson(4).unwrap().asks {
        assert!(words(&done.out).contains(ask.words), "{}", done.out);
    }
    assert!(!reports.path().join("predictions.json").exists());
}

#[test]
fn what_cannot_be_understood_is_refused() {
    let reports = TempDir::new().unwrap();
    let folder = text(reports.path());
    let there_are = format!("they are {}", course::numbers());
    let cases: &[(&[&str], &str)] = &[
        (&["lesson", "99"], &there_are),
        (&["lesson", "two"], "there is no lesson `two`"),
        (&["lesson"], "<N>"),
        (&["predict", "0"], &there_are),
        (&["predict", "2", "1s"], "asks 3 questions and 1 answers"),
        (&["predict", "3", "1", "1s"], "`1ms` or `1s`"),
        (&["predict", "5", "1s", "few", "1MiB"], "from 1 up"),
        (&["predict", "5", "1s", "3", "many"], "such as `100MiB`"),
    ];
    for (args, words) in cases {
        let done = run(&[*args, &["--reports", folder]].concat());
        assert_eq!(done.code, Some(2), "{args:?}: {done:?}");
        assert!(done.err.contains(words), "{args:?}: {}", done.err);
    }
}

#[test]
fn a_damaged_file_of_predictions_is_named() {
    let reports = TempDir::new().unwrap();
    let file = reports.path().join("predictions.json");
    for content in ["[{", "[1]", "\u{fffd}"] {
        fs::write(&file, content).unwrap();
        for command in ["predict", "lesson"] {
            let folder = text(reports.path());
            let done = run(&[command, "3", "--reports", folder]);
            assert_eq!(done.code, Some(1), "{done:?}");
            assert!(done.err.contains("remove it"), "{}", done.err);
            assert!(done.err.contains(text(&file)), "{}", done.err);
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn at_a_terminal_it_asks_until_it_understands() {
    use crate::terminal::Terminal;

    let reports = TempDir::new().unwrap();
    let args = ["predict", "3", "--reports", text(reports.path())];
    let mut terminal = Terminal::start(&args);
    terminal.shows("Dealt like cards");
    terminal.types("700");
    terminal.shows("a duration needs a unit");
    terminal.types("700ms");
    terminal.shows("takes the next one");
    terminal.types("");
    terminal.shows("passed");
    assert_eq!(terminal.end(), 0);
    assert_eq!(predictions(&reports)[0].answers, [Some(700e6), None]);
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_keeps_what_was_measured_of_a_lesson() {
    use crate::terminal::Terminal;

    let reports = TempDir::new().unwrap();
    let folder = text(reports.path());
    let args = ["lesson", "5", "--skip", "--reports", folder];
    let mut terminal = Terminal::start(&args);
    terminal.shows("Ctrl-C at any time");
    // The first record is there.
    until("a trial has been recorded", || {
        (written(reports.path())? > 0).then_some(())
    });
    terminal.ctrl_c();
    assert_eq!(terminal.end(), 130);
    let folder = only_folder(reports.path());
    assert!(folder.join("index.html").is_file());
    let last = measured(&trials(&folder)[0]).server.requests;
    assert!(last > 0);
}
