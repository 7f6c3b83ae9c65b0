//! The chart of a lesson: what was measured, what the lesson's formula says,
//! and what the reader predicted. All that is told of one lesson is in the
//! lesson's own file.

mod async_shapes;
mod async_tasks;
mod cpu_work;
mod deadlines;
mod event_loop;
mod good_manners;
mod guess;
mod in_flight;
mod lines;
mod many_machines;
mod measured;
mod scoped_threads;
mod sequential;
mod threads;
mod tiny_executor;
mod told;
mod words;
mod worker_pool;
mod worker_rows;

use measurement::course::lesson as of_course;
use measurement::course::prediction::Prediction;
use measurement::record::Trial;
use measurement::summary::Summary;

use crate::caption::Caption;
use crate::error::ChartError;
use crate::scene::Scene;
use crate::sheet::Sheet;
use crate::svg::picture::{Meta, Picture, picture};
use crate::{Footer, Theme};
use told::{Guess, Run, Told};

/// A row for each lesson.
const ALL: &[Told] = &[
    sequential::TOLD,
    threads::TOLD,
    scoped_threads::TOLD,
    worker_pool::TOLD,
    async_tasks::TOLD,
    async_shapes::TOLD,
    deadlines::TOLD,
    good_manners::TOLD,
    event_loop::TOLD,
    tiny_executor::TOLD,
    cpu_work::TOLD,
    many_machines::TOLD,
];

/// What is told of the lesson of that number; `None` if there is no such one.
fn told(number: u8) -> Option<&'static Told> {
    let lesson = of_course(number)?;
    ALL.iter().find(|told| told.lesson == lesson.name)
}

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
    let told = told(number).ok_or(ChartError::NothingMeasured)?;
    let guesses = guesses(number, prediction);
    let drawing = (told.draw)(&Run { summary, trials, guesses })?;
    let subtitle = &drawing.subtitle;
    Ok(Sheet { title, subtitle, footer }.scenes(&drawing.plot))
}

/// What the reader predicted, in the order of the questions.
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

#[cfg(test)]
mod tests {
    use measurement::course::LESSONS;

    use super::ALL;

    #[test]
    fn each_lesson_has_its_row() {
        let rows: Vec<&str> = ALL.iter().map(|told| told.lesson).collect();
        let names: Vec<&str> = LESSONS.iter().map(|own| own.name).collect();
        assert_eq!(rows, names, "the rows of chart/lesson.rs; of table.rs");
    }
}
