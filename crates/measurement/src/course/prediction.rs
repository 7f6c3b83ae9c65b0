//! What a reader predicted, and how good that was.

use serde::{Deserialize, Serialize};

use super::Lesson;
use crate::summary::Summary;

/// What a reader predicted of a lesson: `prediction.json` of its run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// [`crate::SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The lesson.
    pub lesson: u8,
    /// When, UTC, RFC 3339.
    pub made_utc: String,
    /// An answer to each question of the lesson, in its order and in the unit
    /// of its quantity; null where the reader passed.
    pub answers: Vec<Option<f64>>,
}

impl Prediction {
    /// The answer to question `i` of the lesson, if it is a number that can
    /// be compared: above zero and finite.
    pub fn answer(&self, i: usize) -> Option<f64> {
        let answer = self.answers.get(i).copied().flatten();
        answer.filter(|value| value.is_finite() && *value > 0.0)
    }

    /// How far off it was: the mean of `|ln(predicted / measured)|` over the
    /// questions that were answered and measured; `None` if there is none.
    ///
    /// 0 is exact; a factor of two in either direction is 0.69. `exp` of it
    /// is the factor by which the reader was off, at the geometric mean.
    pub fn score(&self, lesson: &Lesson, summary: &Summary) -> Option<f64> {
        let both = lesson.asks.iter().enumerate().filter_map(|(i, ask)| {
            Some((self.answer(i)?, ask.measured(summary)?))
        });
        let off: Vec<f64> = both
            .map(|(predicted, measured)| (predicted.ln() - measured.ln()).abs())
            .collect();
        let mean = off.iter().sum::<f64>() / off.len() as f64;
        (!off.is_empty()).then_some(mean)
    }
}
