//! The chart of a lesson: what was measured, what the lesson's formula says,
//! and what the reader predicted.

mod content;
mod explain;
mod finding;
mod free;
pub(crate) mod layout;
mod lines;
mod measured;
mod panel;
mod panels;

pub use explain::explain_lesson;
pub use finding::finding_lesson;

use std::num::NonZeroUsize;

use measurement::course::Quantity;
use measurement::course::lesson as of_course;
use measurement::course::prediction::Prediction;
use measurement::makespan;
use measurement::record::{Act, Trial};
use measurement::summary::Summary;

use crate::caption::Caption;
use crate::error::ChartError;
use crate::finish::{Meta, picture};
use crate::scene::Scene;
use crate::waterfall;
use crate::{Footer, Theme};
pub(crate) use content::{Content, Formula, Guess, Panel, content};

/// The chart of the lesson of that number, with the reader's prediction in it
/// if there is one.
///
/// # Errors
///
/// If nothing of the lesson was measured, or there is no such lesson.
pub fn lesson(
    number: u8,
    summary: &Summary,
    trials: &[Trial],
    prediction: Option<&Prediction>,
    footer: &Footer,
    theme: Theme,
) -> Result<String, ChartError> {
    let caption = caption_lesson(number, summary);
    let title = &caption.title;
    let [wide, narrow] =
        scenes(number, summary, trials, prediction, title, footer)?;
    let meta = Meta::still("lesson", caption, theme);
    picture(&meta, &wide, &narrow)
}

/// The wide and the narrow scene of a lesson.
pub(crate) fn scenes(
    number: u8,
    summary: &Summary,
    trials: &[Trial],
    prediction: Option<&Prediction>,
    title: &str,
    footer: &Footer,
) -> Result<[Scene; 2], ChartError> {
    let guesses = guesses(number, prediction);
    if number == 3 {
        return lanes(summary, trials, &guesses, title, footer);
    }
    let content = content(number, summary, &guesses)?;
    Ok(layout::layout(&content, title, footer))
}

/// What the reader predicted, each at its place.
fn guesses(number: u8, prediction: Option<&Prediction>) -> Vec<Guess> {
    let known = prediction.filter(|known| known.lesson == number);
    let Some((lesson, known)) = of_course(number).zip(known) else {
        return Vec::new();
    };
    let asks = lesson.asks.iter().enumerate();
    asks.filter_map(|(i, ask)| Some(Guess { ask, value: known.answer(i)? }))
        .collect()
}

/// Lesson 3: who did which ping when.
fn lanes(
    summary: &Summary,
    trials: &[Trial],
    guesses: &[Guess],
    title: &str,
    footer: &Footer,
) -> Result<[Scene; 2], ChartError> {
    let batch = summary.of_act(Act::Lesson).next();
    let batch = batch.ok_or(ChartError::NothingMeasured)?;
    let mut panels = waterfall::panels(batch, trials)?;
    for panel in &mut panels {
        let mut own = guesses.iter().filter(|guess| {
            guess.ask.strategy == panel.name
                && guess.ask.quantity == Quantity::Makespan
        });
        panel.predicted_ns = own.next().map(|guess| guess.value);
        // Of a shared cursor F8 says the bound, which is drawn anyway.
        let waits = batch.waits.of(batch.requests);
        panel.formula_ns = NonZeroUsize::new(batch.concurrency)
            .filter(|_| panel.name == "scoped-threads")
            .map(|threads| makespan::shares(&waits, threads))
            .filter(|ns| *ns > batch.bound_ns);
    }
    Ok(waterfall::layout::layout(batch, &panels, title, footer))
}

/// The words to [`lesson`].
pub fn caption_lesson(number: u8, summary: &Summary) -> Caption {
    let look_for = match number {
        1 => {
            "The two lines have nothing to do with each other: the upper one \
             is waiting, the lower one is work. Between them lies all that \
             concurrency can win."
        }
        2 => {
            "Follow the points to the right: they stay level as long as \
             spawning is quick beside the wait, while the line of one after \
             another climbs."
        }
        3 => {
            "Look for the lane that is empty at its end: its thread has \
             nothing left to do, and may not take from the other's share."
        }
        4 => {
            "Find the stairs. A worker more helps only where it saves a whole \
             turn, and the last turn is often nearly empty."
        }
        _ => {
            "The times lie on one another, the threads and the memory do not: \
             a task waits as long as a thread does, and costs less meanwhile."
        }
    };
    Caption {
        title: finding_lesson(number, summary),
        description: explain_lesson(number, summary).join(" "),
        look_for: look_for.to_owned(),
    }
}
