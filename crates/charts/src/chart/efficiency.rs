//! How far from the earliest possible end each strategy ends, a row for each
//! number of pings in flight.

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
pub use words::{caption_efficiency, finding_efficiency};

/// How much longer than the earliest possible end each strategy takes at the
/// levels of the sweep.
///
/// # Errors
///
/// If no strategy of the sweep that pings concurrently has a trial that counts
/// and waits, or there are more than eight such strategies.
pub fn efficiency(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_efficiency(summary);
    still("efficiency", caption, plot(summary)?, footer, theme)
}
