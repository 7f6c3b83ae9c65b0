//! What a caller feels: how long pings take, and how long since the start of
//! their batch they have waited.

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
pub use words::{caption_latency, finding_latency};

/// When half of the pings were done, from their own start and from the start of
/// the batch, at 64 in flight, or if the sweep has no such level at its highest
/// one.
///
/// # Errors
///
/// If no strategy of the sweep has enough pings, or there are more than eight
/// strategies.
pub fn latency(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_latency(summary);
    still("latency", caption, plot(summary)?, footer, theme)
}
