//! The exam as a user meets it: its card, its records, and what it leaves.

use std::fs;
use std::path::Path;

use measurement::exam::{Exam, Scored, Word};
use nix::sys::signal::Signal;
use tempfile::TempDir;

use crate::common::{HARNESS, only_folder, run, text, until};
use crate::processes::Running;

/// The record of an exam with these options, of this program.
pub(crate) fn exam(options: &[&str], program: &[&str]) -> Exam {
    let reports = TempDir::new().unwrap();
    let fixed = ["exam", "--reports", text(reports.path())];
    let json = ["--output-format", "json"];
    let done = run(&[&fixed[..], &json, options, &["--"], program].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    let exam: Exam = serde_json::from_str(&done.out).unwrap();
    let folder = only_folder(reports.path());
    let kept = fs::read_to_string(folder.join("exam.json")).unwrap();
    assert_eq!(serde_json::from_str::<Exam>(&kept).unwrap(), exam);
    for file in ["exam.svg", "exam-narrow.svg"] {
        let svg = fs::read_to_string(folder.join(file)).unwrap();
        roxmltree::Document::parse(&svg).expect("a well-formed picture");
    }
    // No list of URLs is left.
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
    exam
}

pub(crate) fn words(exam: &Exam) -> Vec<(&str, Word)> {
    let scenes = exam.scenes.iter();
    let word = |one: &Scored| one.verdict.word;
    scenes.map(|one| (one.performance.scene.as_str(), word(one))).collect()
}

pub(crate) fn plain(exam: &Exam) -> &Scored {
    exam.scenes.iter().find(|one| one.performance.scene == "plain").unwrap()
}

pub(crate) fn accused_of_nothing(exam: &Exam, who: &str) {
    for one in &exam.scenes {
        let word = one.verdict.word;
        let fine = [Word::CarriesOn, Word::Waits, Word::CannotTell];
        let scene = &one.performance.scene;
        assert!(fine.contains(&word), "{who} in {scene}: {:?}", one);
    }
}

/// In every scene, those that last too long for an impatient client included.
#[test]
fn our_own_ping_is_accused_of_nothing() {
    for strategy in ["worker-pool", "event-loop"] {
        let program = [
            HARNESS,
            "ping",
            "-f",
            "{urls}",
            "-c",
            "8",
            "--timeout",
            "2s",
            "--strategy",
            strategy,
        ];
        let exam = exam(&["-c", "8"], &program);
        assert_eq!(exam.scenes.len(), measurement::exam::SCENES.len());
        accused_of_nothing(&exam, strategy);
        let plain = plain(&exam);
        assert!(plain.remarks.is_empty(), "{:?}", plain.remarks);
        let seen = &plain.performance.seen;
        assert_eq!((seen.requests, seen.peak_in_flight), (24, 8));
        assert_eq!((seen.answered, seen.again), (24, 0));
    }
}

/// A program of one URL is called for each.
#[test]
fn a_program_of_one_url_is_called_as_often_as_said() {
    let program = [HARNESS, "ping", "{url}"];
    let options = ["--times", "4", "--scene", "plain,reset,errors"];
    let exam = exam(&options, &program);
    let wanted = [
        ("plain", Word::CarriesOn),
        ("errors", Word::CarriesOn),
        ("reset", Word::GivesUp),
    ];
    assert_eq!(words(&exam), wanted);
    let reset = &exam.scenes[2].performance;
    assert_eq!(reset.did.exits, [0, 1, 0, 0]);
    assert!(reset.did.last_line.contains("reset"), "{:?}", reset.did);
}

#[test]
fn an_expectation_is_a_test() {
    let reports = TempDir::new().unwrap();
    let command = ["--", HARNESS, "ping", "-f", "{urls}"];
    let start = |expect: &str| {
        let fixed = ["exam", "--reports", text(reports.path())];
        run(&[&fixed[..], &["--expect", expect], &command].concat())
    };
    let done = start("carries-on:reset,carries-on:errors");
    assert_eq!(done.code, Some(0), "{done:?}");
    // Only those are told.
    assert!(!done.out.contains("garbage"), "{}", done.out);
    let done = start("waits:reset");
    assert_eq!(done.code, Some(99), "{done:?}");
    let told = "not as expected: waits as told in `reset`, but carries on";
    assert!(done.err.contains(told), "{}", done.err);
    // One scene is told in full.
    for name in ["judgement", "asked again", "left behind", "last line"] {
        assert!(done.out.contains(&format!("  {name} ")), "{}", done.out);
    }
}

#[test]
fn the_card_has_eighty_columns() {
    let reports = TempDir::new().unwrap();
    let args = [
        "exam",
        "--reports",
        text(reports.path()),
        "--scene",
        "plain,retry-after-date,reset,errors",
        "--",
        HARNESS,
        "ping",
        "{url}",
    ];
    let done = run(&args);
    assert_eq!(done.code, Some(0), "{done:?}");
    let lines = done.out.lines().filter(|line| !line.contains(".svg"));
    for line in lines.filter(|line| !line.contains("exam.json")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(!done.out.contains('\u{1b}'), "{}", done.out);
    // A row is a line: the name, two words, seven figures and a unit.
    for scene in ["retry-after-date", "reset", "errors", "plain"] {
        let row = |line: &&str| {
            line.starts_with(&format!("  {scene} ")) && line.contains("s ")
        };
        let row = done.out.lines().find(row).unwrap();
        assert_eq!(row.split_whitespace().count(), 11, "{row}");
    }
    let why = "  reset            gives up: it did not ask again\n";
    assert!(done.out.contains(why), "{}", done.out);
}

/// What it says is shown, and obeyed by nobody; its secrets stay its own.
#[test]
fn the_last_line_is_safe() {
    let script = "\"$0\" ping \"$1\" >&2; \
                  printf 'with %s \\033[2J\\n' \"$2\"";
    let program = ["sh", "-c", script, HARNESS, "{url}", "--password=s3cret"];
    let exam = exam(&["--scene", "plain"], &program);
    let line = &plain(&exam).performance.did.last_line;
    assert_eq!(line, "with --password=*** \u{fffd}[2J");
    assert_eq!(exam.command[5], "--password=***");
}

fn nothing_is_left(reports: &Path) {
    let left = fs::read_dir(reports).map_or(0, Iterator::count);
    assert_eq!(left, 0, "in {}", reports.display());
}

#[test]
fn what_cannot_be_examined_is_refused_and_leaves_nothing() {
    let reports = TempDir::new().unwrap();
    let cases: &[(&[&str], i32, &str)] = &[
        (&[], 2, "write it after `--`"),
        (&["--", "ls"], 2, "has no {url} and no {urls}"),
        (&["--", "ls", "{url}", "{urls}"], 2, "write one of them"),
        (&["--", "no-such-thing", "{url}"], 2, "is it installed"),
        (&["--times", "2", "--", "ls", "{urls}"], 2, "write --urls"),
        (&["--urls", "2", "--", "ls", "{url}"], 2, "write --times"),
        (&["--times", "0", "--", "ls", "{url}"], 2, "1..=100"),
        (&["--scene", "rest", "--", "ls", "{url}"], 2, "there are plain"),
        (&["--expect", "reset", "--", "ls", "{url}"], 2, "`carries-on:reset`"),
        (&["--patience", "5", "--", "ls", "{url}"], 2, "needs a unit"),
        (&["--patience", "0s", "--", "ls", "{url}"], 2, "longer than"),
        // It runs, and sends nothing.
        (&["--", "echo", "no such {url}"], 1, "when you run it yourself?"),
    ];
    for (args, code, words) in cases {
        let fixed = ["exam", "--reports", text(reports.path())];
        let done = run(&[&fixed[..], args].concat());
        assert_eq!(done.code, Some(*code), "{args:?}: {done:?}");
        assert!(done.err.contains(words), "{args:?}: {}", done.err);
        assert_eq!(done.out, "", "{args:?}");
        nothing_is_left(reports.path());
    }
}

/// All that hold the standard error of the harness have ended, and what was
/// done is kept.
#[test]
fn ctrl_c_keeps_the_scenes_that_are_done_and_leaves_nobody() {
    let reports = TempDir::new().unwrap();
    // In the second scene it has a family that is not easily ended.
    let script = "case $1 in \
                  *hang*) (setsid sleep 600 &); exec sleep 600;; \
                  *) \"$0\" ping -f \"$1\";; \
                  esac";
    let running = Running::start(&[
        "exam",
        "--reports",
        text(reports.path()),
        "--at-once",
        "1",
        "--patience",
        "300s",
        "--scene",
        "errors,hang",
        "--",
        "sh",
        "-c",
        script,
        HARNESS,
        "{urls}",
    ]);
    until("the second scene is played", || {
        let folder = fs::read_dir(reports.path()).ok()?.next()?.ok()?.path();
        fs::exists(folder.join("urls-hang.txt")).ok()?.then_some(())
    });
    running.signal(Signal::SIGINT);
    let done = running.end();
    assert_eq!(done.code, Some(130), "{done:?}");
    let folder = only_folder(reports.path());
    let kept = fs::read_to_string(folder.join("exam.json")).unwrap();
    let exam: Exam = serde_json::from_str(&kept).unwrap();
    assert_eq!(words(&exam), [("errors", Word::CarriesOn)]);
    assert!(!folder.join("urls-hang.txt").exists());
}

/// Who is killed takes the whole family along.
#[test]
fn an_exam_that_is_killed_leaves_nobody() {
    let reports = TempDir::new().unwrap();
    let there = reports.path().join("there");
    let script =
        format!("(setsid sleep 600 &); touch {}; sleep 600", text(&there));
    let running = Running::start(&[
        "exam",
        "--reports",
        text(reports.path()),
        "--patience",
        "300s",
        "--",
        "sh",
        "-c",
        &script,
        "{url}",
    ]);
    until("it is there", || fs::exists(&there).ok()?.then_some(()));
    running.signal(Signal::SIGKILL);
    assert_eq!(running.end().code, None);
}
