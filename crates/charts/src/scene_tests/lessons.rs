//! The charts of the lessons: whatever was measured of one, and whatever its
//! reader predicted.

use measurement::course::prediction::Prediction;
use measurement::course::{Cell, LESSONS, lesson as of_course};
use measurement::record::{Outcome, Trial};
use measurement::statistics::estimate;
use measurement::summary::Summary;
use proptest::prelude::*;

use super::fixture::lesson::{
    disturbed, guessed, parts, predicted, run, summary, trials,
};
use super::{assert_readable, complaint, footer};
use crate::chart::lesson::scenes;
use crate::error::ChartError;
use crate::scene::{Dash, Scene, Shape};

fn drawn(
    number: u8,
    (summary, trials): &(Summary, Vec<Trial>),
    prediction: Option<&Prediction>,
) -> Result<[Scene; 2], ChartError> {
    let title = crate::finding_lesson(number, summary);
    scenes(number, summary, trials, prediction, &title, &footer())
}

fn numbers() -> impl Iterator<Item = u8> {
    LESSONS.iter().map(|lesson| lesson.number)
}

#[test]
fn every_lesson_can_be_read() {
    for number in numbers() {
        let known = guessed(number);
        for run in [run(number), disturbed(number)] {
            assert_readable(&drawn(number, &run, None).unwrap());
            assert_readable(&drawn(number, &run, Some(&known)).unwrap());
        }
        for part in parts(number) {
            assert_readable(&drawn(number, &part, Some(&known)).unwrap());
        }
    }
}

#[test]
fn a_lesson_of_which_nothing_was_measured_is_not_drawn() {
    for number in [0, 255].into_iter().chain(numbers()) {
        let nothing = (summary(&[]), Vec::new());
        let missing = Err(ChartError::NothingMeasured);
        assert_eq!(drawn(number, &nothing, None), missing, "{number}");
        let finding = crate::finding_lesson(number, &nothing.0);
        assert!(finding.contains("too little was measured"), "{finding}");
        assert!(crate::explain_lesson(number, &nothing.0).is_empty());
    }
}

/// A lesson without a row here would end well and show nothing.
#[test]
fn every_lesson_finds_and_explains_something() {
    for number in numbers() {
        let (summary, _) = run(number);
        let finding = crate::finding_lesson(number, &summary);
        assert!(!finding.contains("too little"), "{number}: {finding}");
        assert!(!crate::explain_lesson(number, &summary).is_empty());
        let caption = crate::caption_lesson(number, &summary);
        assert!(!caption.look_for.is_empty(), "{number}");
    }
}

#[test]
fn trials_that_failed_are_left_out() {
    for number in numbers() {
        let mut all = trials(number, 3, |_| true);
        for trial in &mut all {
            let reason = "hung".to_owned();
            trial.outcome = Outcome::Failed { reason };
        }
        let run = (summary(&all), all);
        assert_eq!(drawn(number, &run, None), Err(ChartError::NothingMeasured));
    }
}

#[test]
fn a_prediction_is_a_box_of_dashes_and_one_far_off_has_its_number() {
    let boxes = |scene: &Scene| {
        let dashed = scene.marks.iter().filter(|mark| {
            matches!(mark.shape, Shape::Line { dash: Dash::Dashed, .. })
        });
        dashed.count()
    };
    for number in numbers() {
        let run = run(number);
        let [without, _] = drawn(number, &run, None).unwrap();
        let lesson = of_course(number).unwrap();
        let of = |factor: f64| {
            let answers = lesson
                .asks
                .iter()
                .map(|ask| Some(ask.measured(&run.0).unwrap() * factor));
            predicted(number, &answers.collect::<Vec<_>>())
        };
        let [near, _] = drawn(number, &run, Some(&of(1.1))).unwrap();
        // Where a box would lie on what was measured there are only words.
        let in_words = match number {
            1 => 1,
            4 => lesson.asks.len(),
            _ => 0,
        };
        let boxed = lesson.asks.len() - in_words;
        // One in the key, and one for each other question: where it would be,
        // or before its label among those of the lines.
        let expected = if boxed == 0 { 0 } else { 4 * (1 + boxed) };
        assert_eq!(boxes(&near) - boxes(&without), expected, "{number}");
        let [far, _] = drawn(number, &run, Some(&of(1e6))).unwrap();
        assert_eq!(boxes(&far), boxes(&without), "{number}");
        let said = far.labels.iter().filter(|l| {
            l.text.starts_with("you, ") || l.text.starts_with("you: ")
        });
        assert_eq!(said.count(), lesson.asks.len(), "{number}");
    }
}

/// A prediction of another lesson, or with too few or too many answers.
#[test]
fn an_answer_to_another_question_is_not_drawn() {
    let run = run(4);
    let [without, _] = drawn(4, &run, None).unwrap();
    let other = predicted(2, &[Some(3e8); 3]);
    assert_eq!(drawn(4, &run, Some(&other)).unwrap()[0], without);
    for answers in [vec![], vec![None; 3], vec![Some(f64::NAN); 9]] {
        let known = predicted(4, &answers);
        assert_eq!(drawn(4, &run, Some(&known)).unwrap()[0], without);
    }
}

#[test]
fn the_words_of_the_lessons() {
    for number in numbers() {
        let run = run(number);
        let scenes = drawn(number, &run, Some(&guessed(number))).unwrap();
        let words = scenes.map(|scene| {
            let texts = scene.labels.into_iter().map(|label| label.text);
            texts.collect::<Vec<_>>()
        });
        insta::assert_json_snapshot!(format!("lesson-{number}"), words);
        insta::assert_json_snapshot!(
            format!("lesson-{number}-explained"),
            crate::explain_lesson(number, &run.0)
        );
    }
}

fn any_answers() -> impl Strategy<Value = Vec<Option<f64>>> {
    let answer = prop_oneof![
        proptest::num::f64::ANY,
        (-9.0..18.0_f64).prop_map(|power| 10_f64.powf(power)),
        1e6..1e10_f64,
    ];
    proptest::collection::vec(proptest::option::of(answer), 0..4)
}

fn any_lesson() -> impl Strategy<Value = u8> {
    proptest::sample::select(numbers().collect::<Vec<_>>())
}

/// A lesson's run in which everything took as long as it likes.
fn any_run() -> impl Strategy<Value = (u8, Summary, Vec<Trial>)> {
    let factor = prop_oneof![
        Just(1.0),
        0.5..2.0_f64,
        (-4.0..7.0_f64).prop_map(|power| 10_f64.powf(power)),
    ];
    let factors = proptest::collection::vec(factor, 7);
    (any_lesson(), factors, any::<u32>()).prop_map(|(number, factors, out)| {
        let cells = of_course(number).unwrap().cells;
        let left_out = |cell: &Cell| {
            let at = cells.iter().position(|own| own == cell).unwrap();
            out & (1 << at) != 0 && out != u32::MAX
        };
        let trials = trials(number, 3, |cell| !left_out(cell));
        let mut summary = summary(&trials);
        let rows = summary.batches.iter_mut().flat_map(|b| &mut b.rows);
        for (row, factor) in rows.zip(factors.iter().cycle()) {
            for of in [
                &mut row.makespan_ns,
                &mut row.cpu_per_request_ns,
                &mut row.peak_rss_bytes,
                &mut row.server_busy_ns,
            ]
            .into_iter()
            .flatten()
            {
                let values = of.values.iter().map(|x| x * factor);
                *of = estimate(&values.collect::<Vec<_>>()).unwrap();
            }
            row.threads = row.threads.map(|threads| threads * factor);
        }
        (number, summary, trials)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_run_and_any_prediction_can_be_read(
        (number, summary, trials) in any_run(),
        answers in any_answers(),
    ) {
        let known = predicted(number, &answers);
        let run = (summary, trials);
        if let Ok(scenes) = drawn(number, &run, Some(&known)) {
            for scene in scenes {
                prop_assert_eq!(complaint(&scene), None, "lesson {}", number);
            }
        }
        for line in crate::explain_lesson(number, &run.0) {
            prop_assert!(!line.contains("NaN") && !line.contains("inf "));
        }
    }
}
