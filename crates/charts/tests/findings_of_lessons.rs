//! Every title of a lesson's chart that a run can call for. In a lesson
//! nothing runs twice in a round: what the rounds do not keep apart, no title
//! may.

mod fixture;

use charts::{caption_lesson, explain_lesson, finding_lesson};
use fixture::lesson::{disturbed, run, summary, trials};
use measurement::course::LESSONS;
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
        "Six pings one after another took 825 ms, and 0.66 ms of it was work: \
         the rest was waiting",
        "100× as many pings, each on a thread of its own, took 1.5× as long: \
         141 ms for 6, 212 ms for 600",
        "The same ten pings on two threads: fixed shares need 1.4× as long as \
         a shared cursor",
        "One worker more, 34 for 33, saves 25 % of the time; the fifteen \
         after it save nothing",
        "2048 pings in one go, as tasks instead of on threads: 3 threads \
         instead of one each, by hand 42 % of the memory (with libraries \
         60 %) and 82 % of the time (with libraries 73 %)",
        "Given up at 500 ms in three ways: same answers, polling 48 ms late; \
         1.5 s of work for nobody, but none after tasks",
        "Retried in step, 100 pings are 187 requests, up to 97 in 10 ms; with \
         good manners 120, up to 2",
    ];
    let found: Vec<String> = found.collect();
    assert_eq!(found, expected, "the sentence of each lesson");
}

#[test]
fn a_busy_machine_and_a_single_round_are_said() {
    for number in numbers() {
        let (busy, _) = disturbed(number);
        let finding = finding_lesson(number, &busy);
        assert!(finding.ends_with(", on a machine that was busy meanwhile"));
        let one = summary(&trials(number, 1, |_| true));
        let finding = finding_lesson(number, &one);
        assert!(finding.ends_with(", in one round"), "{finding}");
    }
}

#[test]
fn work_is_not_called_waiting() {
    let heavy = changed(1, |_, _, row| {
        row.cpu_per_request_ns = estimate(&[6e7]);
    });
    assert_eq!(
        finding_lesson(1, &heavy),
        "Six pings one after another took 825 ms, 360 ms of it work"
    );
    let untold = changed(1, |_, _, row| row.cpu_per_request_ns = None);
    assert_eq!(
        finding_lesson(1, &untold),
        "Six pings one after another took 825 ms"
    );
    let one = summary(&trials(1, 3, |cell| cell.requests == 1));
    let finding = finding_lesson(1, &one);
    assert!(finding.starts_with("One ping one after another"), "{finding}");
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
    // With 212 ms for the last one they would just be apart.
    let threads = changed(2, |_, c, row| {
        let by = if c == 600 { 0.8 } else { 1.0 };
        let scaled = times(by, row.makespan_ns.as_ref());
        row.makespan_ns = wide(scaled.as_ref());
    });
    let finding = finding_lesson(2, &threads);
    assert!(finding.contains("took as long: "), "{finding}");
    assert_eq!(
        finding_lesson(3, &noisy(3)),
        "The same ten pings on two threads: fixed shares or a shared cursor, \
         no difference we can see"
    );
    let finding = finding_lesson(4, &noisy(4));
    assert_eq!(finding, "33 workers took 202 ms, 34 took 152 ms");
    let finding = finding_lesson(5, &noisy(5));
    assert_eq!(
        finding,
        "2048 pings in one go, as tasks instead of on threads: 3 threads \
         instead of one each, by hand 42 % of the memory (with libraries \
         no difference) and no difference in time"
    );
    let crowded = changed(8, |_, _, row| {
        row.most_arrivals = estimate(&[2.0, 50.0, 97.0]);
    });
    assert_eq!(
        finding_lesson(8, &crowded),
        "Retried in step, 100 pings are 187 requests; with good manners 120"
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
        finding.ends_with("a shared cursor needs 1.4× as long as fixed shares"),
        "{finding}"
    );
    let slow_tasks = changed(5, |name, _, row| {
        let by = if name == "async-tasks" { 3.0 } else { 1.0 };
        row.makespan_ns = times(by, row.makespan_ns.as_ref());
        row.peak_rss_bytes = times(by, row.peak_rss_bytes.as_ref());
    });
    assert_eq!(
        finding_lesson(5, &slow_tasks),
        "2048 pings in one go, as tasks instead of on threads: 3 threads \
         instead of one each, by hand 42 % of the memory (with libraries \
         1.8×) and 82 % of the time (with libraries 2.2×)"
    );
    let later = changed(4, |_, c, row| {
        let by = if c == 49 { 0.5 } else { 1.0 };
        row.makespan_ns = times(by, row.makespan_ns.as_ref());
    });
    assert_eq!(
        finding_lesson(4, &later),
        "One worker more, 34 for 33, saves 25 % of the time"
    );
}

/// Tasks and threads have two clients under them, too: nothing is credited to
/// tasks that may be the client's.
#[test]
fn without_the_pair_by_hand_the_clients_are_named() {
    let alone =
        summary(&trials(5, 3, |cell| !cell.strategy.starts_with("control")));
    let finding = finding_lesson(5, &alone);
    assert!(finding.ends_with(", on two clients"), "{finding}");
    let clients_alone = changed(5, |name, _, row| {
        if name.starts_with("control") {
            row.makespan_ns = estimate(&[6e8; 3]);
        }
    });
    let finding = finding_lesson(5, &clients_alone);
    let told = "no difference in time (with libraries 73 %)";
    assert!(finding.ends_with(told), "{finding}");
}

/// A small machine leaves the last cells out, and Ctrl-C any.
#[test]
fn what_was_not_measured_is_not_told_of() {
    let few = summary(&trials(5, 3, |cell| cell.requests <= 600));
    let finding = finding_lesson(5, &few);
    assert!(finding.starts_with("600 pings in one go, as tasks"), "{finding}");
    for (number, without) in [(2, 600), (4, 34), (5, 2048)] {
        let left = summary(&trials(number, 3, |cell| {
            cell.concurrency != without && cell.concurrency != 60
        }));
        let words = caption_lesson(number, &left);
        for text in [&words.title, &words.description] {
            assert!(!text.contains(&without.to_string()), "{text}");
        }
    }
}

#[test]
fn what_a_deadline_leaves_behind_is_said_as_it_was_measured() {
    let two = |left_out: &str| {
        summary(&trials(7, 3, |cell| cell.strategy != left_out))
    };
    let none_late = two("deadlines-polling");
    assert_eq!(
        finding_lesson(7, &none_late),
        "Given up at 500 ms in two ways: same answers; 1.5 s of work for \
         nobody, but none after tasks"
    );
    let nobody_lets_go = two("deadlines");
    assert_eq!(
        finding_lesson(7, &nobody_lets_go),
        "Given up at 500 ms in two ways: same answers, polling 48 ms late; \
         1.5 s of work for nobody"
    );
    // A server that sees every client go; and one of which nothing is known.
    let busy = |row: &mut Row, by: f64| {
        row.server_busy_ns = times(by, row.server_busy_ns.as_ref());
    };
    let all_go = changed(7, |_, _, row| busy(row, 0.1));
    assert!(finding_lesson(7, &all_go).ends_with("; no work for nobody"));
    let untold = changed(7, |_, _, row| row.server_busy_ns = None);
    assert!(finding_lesson(7, &untold).ends_with("polling 48 ms late"));
    let one = summary(&trials(7, 3, |cell| cell.strategy == "deadlines"));
    assert!(finding_lesson(7, &one).contains("too little"));
}
