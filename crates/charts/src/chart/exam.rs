//! A program in each scene of an exam, over time.

mod panels;
mod words;

use measurement::exam::Exam;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::sheet::still;
use crate::svg::picture::Picture;
pub(crate) use panels::plot;
pub use words::caption_exam;

/// A panel for each word that the program was given, and in it a row for each
/// scene: how long the program ran, and in that a bar for each request from its
/// arrival until it left flight. A request for a URL that had been asked for
/// before has another colour; so has the lower half of one that got no whole
/// answer.
///
/// # Errors
///
/// If no scene was played.
pub fn exam(
    exam: &Exam,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    still("exam", caption_exam(exam), plot(exam)?, footer, theme)
}
