//! May I believe this? How far one strategy comes apart from itself, wherever
//! one ran twice.

mod panels;
mod words;

use measurement::summary::Summary;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::sheet::still;
use crate::svg::picture::Picture;
pub(crate) use panels::plot;
pub(crate) use words::questions;
pub use words::{caption_trust, finding_trust};

/// How large a difference can be chance, in a row for each batch in which
/// strategies ran twice.
///
/// # Errors
///
/// If no strategy ran twice.
pub fn trust(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_trust(summary);
    still("trust", caption, plot(summary)?, footer, theme)
}
