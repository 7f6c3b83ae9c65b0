//! The charts of the lessons.

use measurement::course::lesson as of_course;
use measurement::course::prediction::Prediction;
use measurement::summary::Summary;
use proptest::prelude::*;

use super::{assert_readable, complaint, fixture, footer};
use crate::lesson::{content, guesses, layout::layout};
use crate::scene::{Dash, Scene, Shape};
use crate::{ChartError, Theme, explain_lesson, finding_lesson, lesson};

/// Those that are lines; lesson 3 is a waterfall.
const LINES: [u8; 4] = [1, 2, 4, 5];

fn predicted(number: u8, answers: Vec<Option<f64>>) -> Prediction {
    Prediction {
        schema_version: measurement::SCHEMA_VERSION,
        lesson: number,
        made_utc: "2026-01-01T00:00:00Z".to_owned(),
        answers,
    }
}

fn scenes(
    number: u8,
    summary: &Summary,
    answers: Vec<Option<f64>>,
) -> Option<[Scene; 2]> {
    let prediction = predicted(number, answers);
    let guesses = guesses(number, Some(&prediction));
    let content = content(number, summary, &guesses).ok()?;
    let title = finding_lesson(number, summary);
    Some(layout(&content, &title, &footer()))
}

#[test]
fn every_lesson_can_be_read() {
    for number in LINES {
        for (rounds, disturbed) in [(1, false), (3, false), (3, true)] {
            let (summary, _) = fixture::lesson::run(number, rounds, disturbed);
            assert_readable(&scenes(number, &summary, vec![]).unwrap());
            let exact = of_course(number).unwrap().asks.iter();
            let exact = exact.map(|ask| ask.measured(&summary)).collect();
            assert_readable(&scenes(number, &summary, exact).unwrap());
        }
    }
}

#[test]
fn a_finding_is_what_was_measured_and_hedged() {
    let finding = |number, rounds, disturbed| {
        let (summary, _) = fixture::lesson::run(number, rounds, disturbed);
        finding_lesson(number, &summary)
    };
    let lessons = (1..=5).map(|number| finding(number, 3, false));
    insta::assert_json_snapshot!(lessons.collect::<Vec<_>>());
    for number in 1..=5 {
        assert!(finding(number, 1, false).ends_with(", in one round"));
        assert!(finding(number, 3, true).ends_with("busy meanwhile"));
    }
    let (nothing, _) = fixture::lesson::run(1, 0, false);
    assert!(finding_lesson(1, &nothing).contains("too little"));
    assert!(finding_lesson(9, &nothing).contains("too little"));
}

#[test]
fn a_formula_is_explained_with_the_numbers_of_the_run() {
    let lessons = (1..=5).map(|number| {
        let (summary, _) = fixture::lesson::run(number, 3, false);
        explain_lesson(number, &summary)
    });
    insta::assert_json_snapshot!(lessons.collect::<Vec<_>>());
}

#[test]
fn without_trials_there_is_no_picture() {
    let (nothing, trials) = fixture::lesson::run(1, 0, false);
    for number in 0..=9 {
        let drawn =
            lesson(number, &nothing, &trials, None, &footer(), Theme::Light);
        assert_eq!(drawn, Err(ChartError::NothingMeasured), "{number}");
    }
}

#[test]
fn a_prediction_is_dashed_and_a_formula_dotted() {
    let (summary, _) = fixture::lesson::run(4, 3, false);
    let count = |answers, dash| {
        let [wide, _] = scenes(4, &summary, answers).unwrap();
        let lines = wide.marks.iter().filter(
            |mark| matches!(mark.shape, Shape::Line { dash: d, .. } if d == dash),
        );
        lines.count()
    };
    let near = vec![Some(5e8), None, Some(1.6e8)];
    assert_eq!(count(vec![], Dash::Dashed), 0);
    // One in the key.
    assert_eq!(count(near, Dash::Dashed), 3);
    // Two lines a step, and one in the key.
    assert!(count(vec![], Dash::Dotted) > 20);
}

#[test]
fn lesson_3_shows_the_predictions_in_its_lanes() {
    let (summary, trials) = fixture::lesson::run(3, 3, false);
    let draw = |answers| {
        let prediction = predicted(3, answers);
        let prediction = Some(&prediction);
        lesson(3, &summary, &trials, prediction, &footer(), Theme::Light)
            .unwrap()
    };
    let dotted = |svg: String| svg.matches("stroke-dasharray=\"6 12\"").count();
    let without = dotted(draw(vec![]));
    assert_eq!(without, 0);
    assert!(dotted(draw(vec![Some(6e8), Some(1e18)])) > without);
}

proptest! {
    /// Whatever was predicted, and whatever was measured of it.
    #[test]
    fn any_prediction_and_any_part_of_a_run_can_be_read(
        number in prop::sample::select(LINES.to_vec()),
        answers in proptest::collection::vec(
            proptest::option::of((-3.0..18.0_f64).prop_map(|p| 10_f64.powf(p))),
            0..4,
        ),
        kept in proptest::collection::vec(any::<bool>(), 8),
        factor in prop_oneof![Just(1.0), 0.0001..10_000.0_f64],
    ) {
        let (mut summary, _) = fixture::lesson::run(number, 2, false);
        let mut kept = kept.into_iter();
        summary.batches.retain(|_| kept.next().unwrap_or(true));
        for batch in &mut summary.batches {
            for row in &mut batch.rows {
                if let Some(makespan) = &mut row.makespan_ns {
                    makespan.median *= factor;
                }
            }
        }
        if let Some(scenes) = scenes(number, &summary, answers) {
            for scene in &scenes {
                prop_assert_eq!(complaint(scene), None);
            }
        }
        explain_lesson(number, &summary);
    }
}
