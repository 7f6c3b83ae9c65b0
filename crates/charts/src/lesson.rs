use measurement::course::prediction::Prediction;
use measurement::record::Trial;
use measurement::summary::Summary;

use crate::{Caption, ChartError, Footer, Theme};

pub fn lesson(
    _: u8,
    _: &Summary,
    _: &[Trial],
    _: Option<&Prediction>,
    _: &Footer,
    _: Theme,
) -> Result<String, ChartError> {
    Err(ChartError::NothingMeasured)
}
pub fn caption_lesson(_: u8, _: &Summary) -> Caption {
    Caption::default()
}
pub fn finding_lesson(_: u8, _: &Summary) -> String {
    String::new()
}
pub fn explain_lesson(_: u8, _: &Summary) -> Vec<String> {
    Vec::new()
}
