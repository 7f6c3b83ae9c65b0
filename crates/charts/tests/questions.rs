//! The questions to the charts, of the fixtures.

mod fixture;

use charts::{Question, questions};
use fixture::sweep;
use measurement::record::Act;
use measurement::summary::Summary;

/// A whole run, with the book and without anything left out.
fn whole() -> Summary {
    let (mut summary, _) = sweep::sweep(&sweep::QUIET);
    let (book, _) = fixture::book();
    summary.batches.insert(0, book);
    summary
}

fn told<'a>(asked: &'a [Question], chart: &str) -> Vec<(&'a str, &'a str)> {
    let of = asked.iter().filter(|question| question.chart == chart);
    of.map(|q| (q.question, q.answer)).collect()
}

const REPORT: [&str; 8] = [
    "waterfall-live",
    "waterfall",
    "speed-up",
    "efficiency",
    "cpu-cost",
    "memory",
    "latency",
    "trust",
];

#[test]
fn each_chart_of_a_whole_run_is_asked_twice() {
    let asked = questions(&whole());
    let charts: Vec<&str> = asked.iter().map(|q| q.chart).collect();
    let twice: Vec<&str> = REPORT.into_iter().flat_map(|c| [c, c]).collect();
    assert_eq!(charts, twice);
    for question in &asked {
        assert!(question.question.ends_with('?'), "{question:?}");
        assert!(!question.answer.trim().is_empty(), "{question:?}");
        let figure = question.answer.contains(|c: char| c.is_ascii_digit());
        assert!(!figure, "an answer that changes with the run: {question:?}");
    }
}

#[test]
fn what_a_run_does_not_show_is_not_asked() {
    let mut summary = whole();
    let mut uneven =
        summary.batches.iter_mut().filter(|b| b.act == Act::Uneven);
    let uneven = uneven.next().expect("uneven waits");
    let pool = uneven.rows.iter().find(|row| row.strategy == "worker-pool");
    let pool = pool.expect("the pool").makespan_ns.clone();
    // As if no way of sharing had lost anything.
    for row in &mut uneven.rows {
        row.makespan_ns.clone_from(&pool);
    }
    let shown = told(&questions(&whole()), "waterfall").len();
    assert_eq!(told(&questions(&summary), "waterfall").len(), shown - 1);
}

#[test]
fn what_a_summary_lacks_is_not_asked_for() {
    let (own, _) = sweep::own_question(&sweep::OWN_QUESTION);
    let asked = questions(&own);
    for chart in ["speed-up", "efficiency", "cpu-cost", "latency"] {
        assert_eq!(told(&asked, chart).len(), 2, "{chart}");
    }
    for chart in ["waterfall-live", "waterfall", "memory", "trust"] {
        assert!(told(&asked, chart).is_empty(), "{chart}");
    }
    let mut nothing = whole();
    nothing.batches.clear();
    nothing.memory.clear();
    nothing.trust.course.clear();
    assert_eq!(questions(&nothing), []);
}
