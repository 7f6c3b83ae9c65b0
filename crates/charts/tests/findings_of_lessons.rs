//! Every title of a lesson's chart that a run can call for. In a lesson
//! nothing runs twice in a round: what the rounds do not keep apart, no title
//! may.

mod fixture;

use charts::{caption_lesson, explain_lesson, finding_lesson};
use fixture::lesson::{disturbed, run, summary, trials};
use measurement::course::{Cell, LESSONS};
use measurement::statistics::{Estimate, estimate};
use measurement::summary::{Row, Summary};

fn numbers() -> impl Iterator<Item = u8> {
    LESSONS.iter().map(|lesson| lesson.number)
}

/// A lesson's run, changed: strategy, concurrency and the row.
fn changed(number: u8, change: impl Fn(&str, usize, &mut Row)) -> Summary {
    let (mut summary, _) = run(number);
    for batch in &mut summary.batches {
        for row in &mut batch.rows {
            let name = row.strategy.clone();
            change(&name, batch.concurrency, row);
        }
    }
    summary
}

/// Three rounds around this, far apart.
fn wide(of: Option<&Estimate>) -> Option<Estimate> {
    let middle = of?.median;
    estimate(&[0.7, 1.0, 1.3].map(|factor| factor * middle))
}

fn times(by: f64, of: Option<&Estimate>) -> Option<Estimate> {
    let values = of?.values.iter().map(|x| x * by);
    estimate(&values.collect::<Vec<_>>())
}

#[test]
fn what_a_quiet_run_shows() {
    let found = numbers().map(|n| finding_lesson(n, &run(n).0));
    let expected = [
        "Six pings take 825 ms one by one, of which 660 µs (0.08 %) is work",
        "600 pings take 212 ms on 600 threads, one by one they would take 84.0 s",
        "Shares take 1.40× as long as a shared cursor with two threads",
        "A 34th worker saves 25 % of the time, the next 15 save nothing",
        "2,048 tasks at once run on 3 threads instead of 2,049",
        "FuturesUnordered loses 19 of 20 pings, worker tasks none",
        "The server works 1.45 to 1.50 s for nobody, except with dropped tasks",
        "If half fail, retries turn 100 pings into 187 requests, good manners into 120",
        "Tasks take 147 ms of CPU: the client library 65 ms of it, the runtime 49 ms",
        "2,048 in flight: the tiny executor takes 55 % less CPU than tokio",
        "50 % computing, 8 at once: rayon 3.9×, one task 1.8× as fast as one by \
         one",
        "Ack last: a dead worker's 4 jobs are done again. Ack first: 4 are lost",
    ];
    let found: Vec<String> = found.collect();
    assert_eq!(found, expected, "the sentence of each lesson");
}

#[test]
fn a_busy_machine_and_a_single_round_are_said() {
    for number in numbers() {
        let (busy, _) = disturbed(number);
        let finding = finding_lesson(number, &busy);
        // Lesson 5 counts threads, of which a busy machine makes no more.
        let is_busy = finding.ends_with(" (busy machine)");
        assert_eq!(is_busy, number != 5, "{finding}");
        let one = summary(&trials(number, 1, |_| true));
        let finding = finding_lesson(number, &one);
        assert!(finding.ends_with(" (measured once)"), "{finding}");
    }
}

#[test]
fn work_is_not_called_waiting() {
    let heavy = changed(1, |_, _, row| {
        row.client_cpu_per_request_ns = estimate(&[6e7]);
    });
    assert_eq!(
        finding_lesson(1, &heavy),
        "Six pings take 825 ms one by one, of which 360 ms (44 %) is work"
    );
    let untold = changed(1, |_, _, row| row.client_cpu_per_request_ns = None);
    assert_eq!(finding_lesson(1, &untold), "Six pings take 825 ms one by one");
    let one = summary(&trials(1, 3, |cell| cell.requests == 1));
    let finding = finding_lesson(1, &one);
    assert!(finding.starts_with("One ping takes "), "{finding}");
    assert_eq!(explain_lesson(1, &one)[0].matches("So ").count(), 0);
}

#[test]
fn what_the_rounds_do_not_keep_apart_is_no_difference() {
    let noisy = |number| {
        changed(number, |_, _, row| {
            row.makespan_ns = wide(row.makespan_ns.as_ref());
            row.peak_rss_bytes = wide(row.peak_rss_bytes.as_ref());
        })
    };
    let threads = changed(2, |_, c, row| {
        let by = if c == 600 { 400.0 } else { 1.0 };
        row.makespan_ns = times(by, row.makespan_ns.as_ref());
    });
    let finding = finding_lesson(2, &threads);
    assert!(finding.starts_with("600 threads save nothing: "), "{finding}");
    assert_eq!(
        finding_lesson(3, &noisy(3)),
        "Shares or a shared cursor: no visible difference with two threads"
    );
    let finding = finding_lesson(4, &noisy(4));
    assert_eq!(finding, "33 workers took 202 ms, 34 took 152 ms");
    let finding = finding_lesson(5, &noisy(5));
    assert_eq!(
        finding,
        "2,048 tasks at once run on 3 threads instead of 2,049"
    );
}

#[test]
fn it_may_turn_out_the_other_way() {
    let slow_cursor = changed(3, |name, _, row| {
        let by = if name == "scoped-cursor" { 2.0 } else { 1.0 };
        row.makespan_ns = times(by, row.makespan_ns.as_ref());
    });
    let finding = finding_lesson(3, &slow_cursor);
    assert!(
        finding.starts_with("A shared cursor takes 1.42× as long as shares "),
        "{finding}"
    );
    let large = |names: &'static [&str]| {
        let large = changed(5, |name, _, row| {
            let by = if names.contains(&name) { 3.0 } else { 1.0 };
            row.peak_rss_bytes = times(by, row.peak_rss_bytes.as_ref());
        });
        finding_lesson(5, &large)
    };
    let threads = "2,048 tasks at once run on 3 threads instead of 2,049";
    // By hand they take less: it is the library's.
    assert_eq!(large(&["async-tasks"]), threads);
    assert_eq!(large(&["async-tasks", "tasks-by-hand"]), threads,);
    let later = changed(4, |_, c, row| {
        let by = if c == 49 { 0.5 } else { 1.0 };
        row.makespan_ns = times(by, row.makespan_ns.as_ref());
    });
    assert_eq!(
        finding_lesson(4, &later),
        "A 34th worker saves 25 % of the time"
    );
}

/// Tasks and threads have two clients under them, too: nothing is credited to
/// tasks that may be the client's.
#[test]
fn without_the_pair_by_hand_no_memory_is_credited_to_tasks() {
    let alone =
        summary(&trials(5, 3, |cell| !cell.strategy.ends_with("-by-hand")));
    let threads = "2,048 tasks at once run on 3 threads instead of 2,049";
    assert_eq!(finding_lesson(5, &alone), threads);
    let alike = changed(5, |name, _, row| {
        if name.ends_with("-by-hand") {
            row.peak_rss_bytes = estimate(&[6e8; 3]);
        }
    });
    assert_eq!(finding_lesson(5, &alike), threads);
    let untold = changed(5, |_, _, row| row.threads = None);
    assert_eq!(
        finding_lesson(5, &untold),
        "2,048 tasks take 60 % of the memory of threads"
    );
}

/// A small machine leaves the last cells out, and Ctrl-C any.
#[test]
fn what_was_not_measured_is_not_told_of() {
    let few = summary(&trials(5, 3, |cell| cell.requests <= 600));
    let finding = finding_lesson(5, &few);
    assert!(finding.starts_with("600 tasks at once run on "), "{finding}");
    for (number, without, told) in
        [(2, 600, "600"), (4, 34, "34"), (5, 2048, "2,048")]
    {
        let left = summary(&trials(number, 3, |cell| {
            cell.concurrency != without && cell.concurrency != 60
        }));
        let words = caption_lesson(number, &left);
        for text in [&words.title, &words.description] {
            assert!(!text.contains(told), "{text}");
        }
    }
}

#[test]
fn what_a_runtime_costs_is_said_as_it_was_measured() {
    let cheap = |names: &'static [&str]| {
        let cheap = changed(9, |name, _, row| {
            let cpu = row.client_cpu_per_request_ns.as_ref();
            if names.contains(&name) {
                row.client_cpu_per_request_ns = times(0.3, cpu);
            }
        });
        finding_lesson(9, &cheap)
    };
    assert_eq!(
        cheap(&["tasks-by-hand"]),
        "2,048 in flight: the event loop takes 33 % more CPU than tasks by hand"
    );
    let noisy = changed(9, |_, _, row| {
        let cpu = row.client_cpu_per_request_ns.as_ref();
        row.client_cpu_per_request_ns =
            cpu.and_then(|_| estimate(&[1e3, 9e3, 40e3]));
    });
    let finding = finding_lesson(9, &noisy);
    assert!(
        finding.starts_with("One thread does 4,096 pings in "),
        "{finding}"
    );
    let alone = summary(&trials(9, 3, |cell| cell.strategy != "tasks-by-hand"));
    let finding = finding_lesson(9, &alone);
    assert!(finding.ends_with(" less CPU than tasks on reqwest"), "{finding}");
    // Lesson 10, without the tasks that it is compared with first.
    let alone =
        summary(&trials(10, 3, |cell| cell.strategy != "tasks-by-hand"));
    assert_eq!(
        finding_lesson(10, &alone),
        "2,048 in flight: the tiny executor takes 12 % more CPU than the event loop"
    );
}

#[test]
fn what_a_slow_consumer_loses_is_said_as_it_was_measured() {
    let without = |names: &'static [&str]| {
        let left = |cell: &Cell| !names.contains(&cell.strategy);
        finding_lesson(6, &summary(&trials(6, 3, left)))
    };
    assert_eq!(
        without(&["shapes-futures-unordered", "async-shapes"]),
        "buffer_unordered loses 15 of 20 pings, JoinSet none"
    );
    assert_eq!(
        without(&["shapes-futures-unordered", "shapes-buffer-unordered"]),
        "A slow consumer makes none of 20 pings time out"
    );
    let all = |lost: [f64; 3]| {
        let all = changed(6, |_, _, row| row.lost = estimate(&lost));
        finding_lesson(6, &all)
    };
    let alike = "FuturesUnordered loses 3 of 20 pings";
    assert_eq!(all([1.0, 3.0, 5.0]), alike);
    let untold = changed(6, |_, _, row| row.lost = None);
    assert!(finding_lesson(6, &untold).contains("too little"));
}

#[test]
fn what_a_deadline_leaves_behind_is_said_as_it_was_measured() {
    let two = |left_out: &str| {
        summary(&trials(7, 3, |cell| cell.strategy != left_out))
    };
    assert_eq!(
        finding_lesson(7, &two("deadlines-polling")),
        "The server works 1.50 s for nobody, except with dropped tasks"
    );
    assert_eq!(
        finding_lesson(7, &two("deadlines")),
        "The server works 1.45 to 1.50 s for nobody after the deadline"
    );
    // A server that sees clients go; and one of which nothing is known.
    let go = |names: &'static [&str]| {
        let go = changed(7, |name, _, row| {
            if names.contains(&name) {
                row.server_busy_ns = times(0.1, row.server_busy_ns.as_ref());
            }
        });
        finding_lesson(7, &go)
    };
    assert_eq!(
        go(&["deadlines-polling", "deadlines-channel", "deadlines"]),
        "At the deadline of 500 ms the server stops"
    );
    assert_eq!(
        go(&["deadlines-channel", "deadlines"]),
        "The server works 1.45 s for nobody after polling"
    );
    let untold = changed(7, |_, _, row| row.server_busy_ns = None);
    assert_eq!(
        finding_lesson(7, &untold),
        "Polling ended 48 ms after the deadline of 500 ms"
    );
    let one = summary(&trials(7, 3, |cell| cell.strategy == "deadlines"));
    assert!(finding_lesson(7, &one).contains("too little"));
}

#[test]
fn what_computing_gains_is_said_as_it_was_measured() {
    let (summary_of_all, _) = run(11);
    assert_eq!(
        finding_lesson(11, &summary_of_all),
        "50 % computing, 8 at once: rayon 3.9×, one task 1.8× as fast as one by one"
    );
    let without = |name: &'static str| {
        finding_lesson(11, &summary(&trials(11, 3, |c| c.strategy != name)))
    };
    assert_eq!(
        without("computing-join-all"),
        "48 jobs of 20 ms, 50 % computing, 8 at once: 248.0 ms"
    );
    // The rounds do not keep them apart.
    let one = |name: &str, c, row: &mut Row| {
        if name == "computing-join-all" && c == 8 {
            row.makespan_ns = wide(row.makespan_ns.as_ref());
        }
        if name == "cpu-work" && c == 8 {
            row.makespan_ns = estimate(&[0.5e9, 0.6e9, 0.5e9]);
        }
    };
    assert_eq!(
        finding_lesson(11, &changed(11, one)),
        "50 % computing: rayon and one task, no visible difference"
    );
    // Without the trial one by one, a job takes as long as it was planned.
    let planned = trials(11, 3, |cell| cell.concurrency > 1);
    let lines = explain_lesson(11, &summary(&planned));
    let last = lines.last().unwrap();
    assert_eq!(
        last,
        "One by one 48 jobs took 960.0 ms, where 20 ms each were planned."
    );
    // Both formulas, for each share, with the processors of the record.
    let lines = explain_lesson(11, &summary_of_all);
    for words in [
        "1/(0.1 + 0.9/8) = 4.7×",
        "min(8, 2/0.1) = 8.0×",
        "1/(0.5 + 0.5/8) = 1.8×",
        "min(8, 2/0.5) = 4.0×",
        "1/(0.9 + 0.1/8) = 1.1×",
        "min(8, 2/0.9) = 2.2×",
    ] {
        assert!(lines.iter().any(|line| line.contains(words)), "{lines:?}");
    }
}

/// A worker that dies between two jobs takes none along.
#[test]
fn what_was_not_lost_is_not_said_to_be() {
    let unhurt = changed(12, |name, _, row| {
        row.again = times(0.0, row.again.as_ref());
        row.lost = times(0.0, row.lost.as_ref());
        if name == "many-machines" {
            row.requests_seen = estimate(&[60.0, 60.0, 60.0]);
        }
    });
    assert_eq!(
        finding_lesson(12, &unhurt),
        "One worker dies: 60 requests for 60 jobs, 60 results"
    );
    let first =
        summary(&trials(12, 3, |cell| cell.strategy == "machines-ack-first"));
    assert_eq!(
        finding_lesson(12, &first),
        "Ack first: 60 requests for 60 jobs, 56 results"
    );
    let told = explain_lesson(12, &run(12).0);
    assert!(
        told[0].contains("60 ≤ 64 ≤ 60 + 4; results: 60 of 60"),
        "{told:?}"
    );
    assert!(told[1].contains("56 of 60 results"), "{told:?}");
    assert!(told[2].contains("again after 2.00 s more"), "{told:?}");
}
