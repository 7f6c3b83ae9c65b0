//! What a record says several times, or what follows from the rest of it:
//! where two numbers cannot both be true, the record is refused where it is
//! read. What is merely unlikely stays.

mod must;
mod rounds;
mod samples;
mod server;
mod shared;
mod verdicts;

pub use rounds::of_trials;

use self::must::must;
use crate::bounds::Found;
use crate::course::prediction::Prediction;
use crate::course::{self, Lesson};
use crate::environment::Run;
use crate::record::{Outcome, Spec, Trial};

/// Looks at a record whose numbers are within their bounds.
///
/// # Errors
///
/// Names the first field that contradicts another one.
pub fn of_trial(trial: &Trial) -> Found {
    let Trial { spec, level, .. } = trial;
    utc("start_utc", &trial.start_utc)?;
    for (place, number) in [
        ("level", *level),
        ("spec.requests", spec.requests),
        ("spec.concurrency", spec.concurrency),
    ] {
        must(number > 0, || format!("`{place}` is 0"))?;
    }
    let Spec { concurrency, .. } = spec;
    must([1, *level].contains(concurrency), || {
        format!("`spec.concurrency` is {concurrency}, and `level` {level}")
    })?;
    let Outcome::Measured(measured) = &trial.outcome else { return Ok(()) };
    let awake = spec.kept_awake == Some(true);
    must(awake || measured.host.awake_ns.is_none(), || {
        "`host.awake_ns` is told, and nothing kept the processors awake"
            .to_owned()
    })?;
    samples::agree(spec, measured)?;
    server::agree(spec, measured)?;
    shared::agree(spec, measured)?;
    verdicts::agree(spec, measured)
}

/// Looks at the content of `run.json`.
///
/// # Errors
///
/// Names the first field that no run can have.
pub fn of_run(run: &Run) -> Found {
    utc("start_utc", &run.start_utc)?;
    let Some(number) = run.lesson else { return Ok(()) };
    lesson(number).map(drop)
}

/// Looks at what a reader predicted of a run.
///
/// # Errors
///
/// Says what belongs to another lesson.
pub fn of_prediction(prediction: &Prediction, run: &Run) -> Found {
    utc("made_utc", &prediction.made_utc)?;
    must(run.lesson == Some(prediction.lesson), || {
        format!("`lesson` is {}, and the run's another", prediction.lesson)
    })?;
    let (asked, answers) =
        (lesson(prediction.lesson)?.asks.len(), prediction.answers.len());
    must(answers == asked, || {
        format!("`answers` has {answers} entries for {asked} questions")
    })
}

fn lesson(number: u8) -> Result<&'static Lesson, String> {
    let mut lessons = course::LESSONS.iter();
    let known = lessons.find(|lesson| lesson.number == number);
    known.ok_or_else(|| format!("`lesson` is {number}, and there is none"))
}

/// Such as `2026-01-02T03:04:05Z`.
fn utc(place: &str, text: &str) -> Found {
    const SHAPE: &str = "0000-00-00T00:00:00Z";
    let alike = |(shape, found): (u8, u8)| match shape {
        b'0' => found.is_ascii_digit(),
        _ => found == shape,
    };
    let is_time =
        text.len() == SHAPE.len() && SHAPE.bytes().zip(text.bytes()).all(alike);
    must(is_time, || format!("`{place}` is no time in UTC"))
}
