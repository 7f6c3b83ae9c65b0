//! The lessons' tables hold together, and a prediction is scored by its
//! factor.

#[expect(dead_code, reason = "nothing fails or is flagged here")]
mod example;

use example::{measured, trial};
use measurement::SCHEMA_VERSION;
use measurement::course::prediction::Prediction;
use measurement::course::{LESSONS, Lesson, Quantity, lesson};
use measurement::record::{Act, Trial};
use measurement::summary::{Summary, summarise};
use proptest::prelude::*;

#[test]
fn every_question_is_about_something_that_is_measured() {
    assert!(LESSONS.is_sorted_by(|one, next| one.number < next.number));
    for lesson in LESSONS {
        let number = lesson.number;
        assert!((2..=3).contains(&lesson.asks.len()), "{number}");
        for ask in lesson.asks {
            let asked = lesson.cells.iter().any(|cell| {
                cell.strategy == ask.strategy
                    && cell.concurrency == ask.concurrency
                    && cell.requests == ask.requests
            });
            assert!(asked, "lesson {number}: {}", ask.words);
        }
    }
}

/// Lesson 2 as if every makespan had been one second.
fn a_second_each() -> (&'static Lesson, Summary) {
    let lesson = lesson(2).unwrap();
    let trials: Vec<Trial> = (0..)
        .zip(lesson.cells)
        .map(|(number, cell)| {
            let mut trial = trial(number, cell.strategy, 1000);
            trial.act = Act::Lesson;
            trial.level = cell.concurrency;
            trial.spec.concurrency = cell.concurrency;
            trial.spec.requests = cell.requests;
            measured(&mut trial).makespan_ns = 1_000_000_000;
            trial
        })
        .collect();
    let summary = summarise("run", &trials, &["threads"]);
    (lesson, summary)
}

fn predicted(answers: Vec<Option<f64>>) -> Prediction {
    let made_utc = "2026-11-24T14:00:00Z".to_owned();
    Prediction { schema_version: SCHEMA_VERSION, lesson: 2, made_utc, answers }
}

#[test]
fn twice_as_long_and_half_as_long_are_equally_far_off() {
    let (lesson, summary) = a_second_each();
    assert_eq!(lesson.asks[0].quantity, Quantity::Makespan);
    assert_eq!(lesson.asks[0].measured(&summary), Some(1e9));
    let score = |answers| predicted(answers).score(lesson, &summary);
    let ln2 = std::f64::consts::LN_2;
    assert_eq!(score(vec![Some(1e9); 3]), Some(0.0));
    let both = score(vec![Some(2e9), Some(0.5e9)]).unwrap();
    assert!((both - ln2).abs() < 1e-12, "{both}");
    let passed = score(vec![None, Some(2e9), None]).unwrap();
    assert!((passed - ln2).abs() < 1e-12, "{passed}");
    assert_eq!(score(vec![None, None, None]), None);
}

proptest! {
    #[test]
    fn any_file_of_answers_has_a_finite_score_or_none(
        answers in proptest::collection::vec(
            proptest::option::of(proptest::num::f64::ANY), 0..6,
        ),
    ) {
        let (lesson, summary) = a_second_each();
        if let Some(score) = predicted(answers).score(lesson, &summary) {
            prop_assert!(score.is_finite() && score >= 0.0);
        }
    }
}
