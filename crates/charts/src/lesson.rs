//! The chart of a lesson: what was measured, what the lesson's formula says,
//! and what the reader predicted.

mod arrivals;
mod async_tasks;
mod content;
mod deadlines;
mod free;
mod good_manners;
pub(crate) mod layout;
mod lines;
mod measured;
mod panel;
mod scoped_threads;
mod sequential;
mod threads;
mod told;
mod words;
mod worker_pool;

use measurement::course::lesson as of_course;
use measurement::course::prediction::Prediction;
use measurement::record::Trial;
use measurement::summary::Summary;

use crate::caption::Caption;
use crate::error::ChartError;
use crate::scene::Scene;
use crate::svg::picture::{Meta, Picture, picture};
use crate::{Footer, Theme};
use content::content;
pub(crate) use content::{Content, Formula, Guess, Panel};
use told::{Chart, told};

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
) -> Result<Picture, ChartError> {
    let caption = caption_lesson(number, summary);
    let title = &caption.title;
    let scenes = scenes(number, summary, trials, prediction, title, footer)?;
    let meta = Meta::still("lesson", caption, theme);
    picture(&meta, &scenes)
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
    match &told(number).ok_or(ChartError::NothingMeasured)?.chart {
        Chart::Lanes(lanes) => lanes(summary, trials, &guesses, title, footer),
        Chart::Panels { opening, panels } => {
            let content = content(summary, opening, panels(summary, &guesses))?;
            Ok(layout::layout(&content, title, footer))
        }
    }
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

/// The finding of the chart of that lesson. Where what it needs was not
/// measured, it says so.
pub fn finding_lesson(number: u8, summary: &Summary) -> String {
    let found = told(number).and_then(|told| (told.finding)(summary));
    found.unwrap_or_else(|| {
        format!("Lesson {number}: too little was measured to say anything")
    })
}

/// The formula of that lesson in a few sentences of plain text, each with the
/// numbers of this run; none where they were not measured.
pub fn explain_lesson(number: u8, summary: &Summary) -> Vec<String> {
    let lines = told(number).and_then(|told| (told.explain)(summary));
    lines.unwrap_or_default()
}

/// The words to [`lesson`].
pub fn caption_lesson(number: u8, summary: &Summary) -> Caption {
    let look_for = told(number).map_or("", |told| told.look_for);
    Caption {
        title: finding_lesson(number, summary),
        description: explain_lesson(number, summary).join(" "),
        look_for: look_for.to_owned(),
        also: Vec::new(),
    }
}
