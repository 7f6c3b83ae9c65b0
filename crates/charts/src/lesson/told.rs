//! What is told of each lesson: one row each, and all that a row needs in the
//! lesson's own file.

use measurement::course::lesson as of_course;
use measurement::record::Trial;
use measurement::summary::Summary;

use super::content::{Guess, Panel};
use super::{
    async_tasks, deadlines, good_manners, scoped_threads, sequential, threads,
    worker_pool,
};
use crate::Footer;
use crate::error::ChartError;
use crate::scene::Scene;

/// A lesson's words and its chart.
pub(super) struct Told {
    /// The name of the lesson.
    pub(super) lesson: &'static str,
    /// What was found, in a sentence; none where what it needs was not
    /// measured.
    pub(super) finding: fn(&Summary) -> Option<String>,
    /// The formula with the measured numbers put in.
    ///
    /// What a formula needs to know is taken from one part of the run, and
    /// what it forecasts is held against another: a line drawn through its own
    /// points proves nothing.
    pub(super) explain: fn(&Summary) -> Option<Vec<String>>,
    pub(super) chart: Chart,
    /// What to look for in the chart.
    pub(super) look_for: &'static str,
}

/// How a lesson's chart is made.
pub(super) enum Chart {
    /// Lines, beside each other.
    Panels {
        /// How the line below the title begins: what was run.
        opening: &'static str,
        panels: fn(&Summary, &[Guess]) -> Vec<Panel>,
    },
    /// Who did which ping when, and perhaps what the server did meanwhile.
    Lanes(Lanes),
}

/// Draws the wide scene and the narrow one under this title.
type Lanes = fn(
    &Summary,
    &[Trial],
    &[Guess],
    &str,
    &Footer,
) -> Result<[Scene; 2], ChartError>;

const ALL: &[Told] = &[
    sequential::TOLD,
    threads::TOLD,
    scoped_threads::TOLD,
    worker_pool::TOLD,
    async_tasks::TOLD,
    deadlines::TOLD,
    good_manners::TOLD,
];

/// What is told of the lesson of that number; none if there is none.
pub(super) fn told(number: u8) -> Option<&'static Told> {
    let lesson = of_course(number)?;
    ALL.iter().find(|told| told.lesson == lesson.name)
}

#[cfg(test)]
mod tests {
    use measurement::course::LESSONS;

    use super::ALL;

    #[test]
    fn each_lesson_has_its_row() {
        let rows: Vec<&str> = ALL.iter().map(|told| told.lesson).collect();
        let names: Vec<&str> = LESSONS.iter().map(|own| own.name).collect();
        assert_eq!(rows, names, "the rows of lesson/told.rs; of table.rs");
    }
}
