//! What learners hand in first: none of it may pass, and each is refused for
//! what is wrong with it.

use std::collections::BTreeSet;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::course::program::forget_cargo;
use harness::course::{EXERCISES, Exercise};
use measurement::course::lesson;

use crate::exercises::{can_be_checked, first_wrong};
use crate::harness;

/// Exercise, wrong answer, and the finding that refuses it. A mistake that is
/// made in two ways has two rows.
const ROWS: &[(&str, &[(&str, &str)])] = &[
    (
        "refused_in_the_list",
        &[
            ("left_out", "results"),
            ("ends_there", "requests"),
            ("another_word", "refused"),
        ],
    ),
    (
        "one_connection",
        &[
            ("reads_successes", "connections"),
            ("client_per_ping", "connections"),
        ],
    ),
    (
        "input_order",
        &[
            ("join_in_loop", "at once"),
            ("turned_round", "their order"),
            ("by_time", "their order"),
        ],
    ),
    (
        "no_thread_left",
        &[
            ("left_out", "results"),
            ("on_this_one", "requests"),
            ("another_word", "without a thread"),
        ],
    ),
    (
        "in_waves",
        &[
            ("join_in_loop", "at once"),
            ("four_waves", "at once"),
            ("one_more", "at once"),
        ],
    ),
    (
        "cursor",
        &[
            ("halves", "answered before the long one"),
            ("waves", "answered before the long one"),
            ("lock_held", "at once"),
        ],
    ),
    (
        "every_panic",
        &[
            ("passed_over", "lines with a panic's words"),
            ("as_str", "lines with a panic's words"),
            ("debug", "lines with a panic's words"),
        ],
    ),
    (
        "first_500",
        &[
            ("sender_stops", "requests"),
            ("one_stops", "requests"),
            ("loses_it", "answered 500"),
        ],
    ),
    (
        "smallest_hang",
        &[
            ("as_many_as_places", "`SMALLEST` URLs"),
            ("queues_only", "`SMALLEST` URLs"),
            ("too_many", "one less"),
            ("another_queue", "queues and workers as they were"),
        ],
    ),
    (
        "std_channel",
        &[
            ("matched", "at once"),
            ("named_guard", "at once"),
            ("takes_all", "at once"),
        ],
    ),
    (
        "input_order_tasks",
        &[
            ("awaited_in_loop", "at once"),
            ("turned_round", "their order"),
            ("by_time", "their order"),
        ],
    ),
    (
        "one_thread",
        &[
            ("one_worker", "threads"),
            ("one_by_one", "at once"),
            ("a_hundred", "at once"),
        ],
    ),
    (
        "blocked_workers",
        &[("yields_first", "at once"), ("awaited_in_loop", "at once")],
    ),
    (
        "same_peak",
        &[
            ("one_by_one", "at once, join_all"),
            ("refilled", "at once, FuturesUnordered"),
            ("in_the_loop", "at once, JoinSet"),
        ],
    ),
    (
        "slow_consumer",
        &[
            ("in_order", "answered"),
            ("task_each", "sent early"),
            ("collected", "sent early"),
        ],
    ),
    (
        "count_polls",
        &[
            ("pending_only", "polls of 30"),
            ("first_only", "polls of 30"),
            ("by_formula", "polls of 31"),
        ],
    ),
    (
        "whole_batch",
        &[
            ("looks_before", "cut short"),
            ("one_try", "requests"),
            ("around_all", "results"),
        ],
    ),
    (
        "cancel_blocking",
        &[
            ("watch_stopped", "clients that went"),
            ("client_dropped", "clients that went"),
            ("after_the_scope", "clients that went"),
        ],
    ),
    (
        "hedge",
        &[
            ("retry", "both there until one was answered"),
            ("both_at_once", "second requests too early"),
            ("second_only", "results with a status"),
            ("loser_kept", "the other dropped then"),
        ],
    ),
    (
        "fifty_a_second",
        &[
            ("semaphore", "in its busiest second"),
            ("sleeps_in_task", "in its busiest second"),
            ("smaller_burst", "in its busiest second"),
        ],
    ),
    (
        "obey_retry_after",
        &[
            ("one_second", "came back too early"),
            ("three_seconds", "asked for, s, as they came back"),
            ("longer_backoff", "came back too early"),
            ("milliseconds", "came back too early"),
        ],
    ),
    (
        "circuit_breaker",
        &[
            ("not_in_a_row", "requests"),
            ("counts_anew", "requests"),
            ("without_results", "left out"),
            ("never_looks", "requests"),
        ],
    ),
    (
        "keep_alive",
        &[("waits_for_an_event", "requests"), ("one_place", "at once")],
    ),
    ("alarms", &[("silence", "given up in time"), ("of_the_batch", "results")]),
    (
        "sleep",
        &[
            ("no_pause", "came too early"),
            ("two_tasks", "later, at once"),
            ("looks_at_the_clock", "requests"),
        ],
    ),
    (
        "timeout",
        &[("afterwards", "given up in time"), ("of_the_batch", "answered")],
    ),
    (
        "hashers",
        &[
            ("bounded", "fetched before a result"),
            ("one_fetcher", "fetched at once"),
            ("thread_each", "results too early"),
        ],
    ),
    (
        "heartbeat",
        &[
            ("yields_first", "beats while it computed"),
            ("spawned", "beats while it computed"),
            ("not_awaited", "the hash took its time"),
        ],
    ),
    (
        "each_worker_dies",
        &[("ack_in_ping", "results"), ("never_acks", "requests")],
    ),
    (
        "poison_job",
        &[
            ("two_tasks", "answered 200"),
            ("second_death", "answered 200"),
            ("one_by_one", "at once"),
        ],
    ),
];

#[test]
fn of_lessons_1_to_3() {
    for lesson in 1..=3 {
        none_passes(lesson);
    }
}

#[test]
fn of_lessons_4_and_5() {
    none_passes(4);
    none_passes(5);
}

#[test]
fn of_lessons_6_to_11() {
    let lessons = EXERCISES.iter().map(|some| some[0].lesson);
    lessons.filter(|lesson| (6..12).contains(lesson)).for_each(none_passes);
}

#[test]
fn of_lesson_12() {
    if can_be_checked(12) {
        none_passes(12);
    }
}

fn none_passes(number: u8) {
    let mut all = EXERCISES.iter();
    let exercises = all.find(|some| some[0].lesson == number).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    let package = lesson(number).unwrap().package();
    let name = format!("lesson-{number:02}-wrong-answers");
    let program = build(root.unwrap(), &package, &name);
    let folder = tempfile::tempdir().unwrap();
    let mut known = BTreeSet::new();
    for exercise in *exercises {
        let row = ROWS.iter().find(|row| row.0 == exercise.name);
        let (name, wrong) = row.expect("the wrong answers of an exercise");
        assert!(wrong.len() >= 2, "{name} has no two wrong answers");
        for (what, finding) in *wrong {
            let file = format!("{name}-{what}");
            let link = folder.path().join(&file);
            symlink(&program, &link).unwrap();
            is_refused(exercise, &link, finding);
            known.insert(file);
        }
    }
    let told = Command::new(&program).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let there: BTreeSet<String> = told.lines().map(str::to_owned).collect();
    assert_eq!(there, known, "the wrong answers of {package}; ROWS");
}

/// Builds an example, and returns where it is.
fn build(root: &Path, package: &str, name: &str) -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--locked", "--workspace"]);
    let feature = format!("{package}/exercises");
    cargo.args(["--example", name, "--features", &feature]);
    cargo.current_dir(root);
    forget_cargo(&mut cargo);
    assert!(cargo.status().unwrap().success(), "{name} is not built");
    Path::new(env!("CARGO_BIN_EXE_harness"))
        .with_file_name("examples")
        .join(name)
}

fn is_refused(exercise: &Exercise, program: &Path, finding: &str) {
    // Threads are counted on some systems only.
    if cfg!(not(target_os = "linux")) && finding == "threads" {
        return;
    }
    let lesson = exercise.lesson.to_string();
    let path = program.to_str().unwrap();
    let done = harness(&["check", &lesson, exercise.name, "--program", path]);
    let first = first_wrong(&done);
    let named = first.strip_prefix(finding);
    // The next column begins two blanks on, or the name goes on.
    let named = named.is_some_and(|rest| rest.starts_with("  "));
    let code = done.status.code();
    assert!(named && code == Some(1), "{path}: {first}, {code:?}: {done:?}");
}
