//! The questions to the charts, of the fixtures.

mod fixture;

use charts::{Question, questions};
use fixture::sweep;
use measurement::summary::Summary;

/// A whole run, with the book and without anything left out.
fn whole() -> Summary {
    let (mut summary, _) = sweep::sweep(&sweep::QUIET);
    let (book, _) = fixture::book();
    summary.batches.insert(0, book);
    summary
}

fn told(asked: &[Question], chart: &str) -> Vec<(String, String)> {
    let of = asked.iter().filter(|question| question.chart == chart);
    of.map(|q| (q.question.clone(), q.answer.clone())).collect()
}

const REPORT: [&str; 9] = [
    "waterfall-live",
    "book-bars",
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
    }
}

#[test]
fn the_answers_are_those_of_the_summary() {
    let asked = questions(&whole());
    let all: Vec<(String, String)> =
        REPORT.iter().flat_map(|chart| told(&asked, chart)).collect();
    insta::assert_json_snapshot!(all);
}

#[test]
fn what_a_summary_lacks_is_not_asked_for() {
    let (own, _) = sweep::own_question(&sweep::OWN_QUESTION);
    let asked = questions(&own);
    for chart in ["speed-up", "efficiency", "cpu-cost", "latency", "trust"] {
        assert_eq!(told(&asked, chart).len(), 2, "{chart}");
    }
    for chart in ["waterfall-live", "book-bars", "waterfall", "memory"] {
        assert!(told(&asked, chart).is_empty(), "{chart}");
    }
    let mut nothing = whole();
    nothing.batches.clear();
    nothing.memory.clear();
    nothing.trust.course.clear();
    assert_eq!(questions(&nothing), []);
}
