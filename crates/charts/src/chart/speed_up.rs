//! When concurrency helps, when its shape matters, what is left without waits:
//! the speed-up in three panels on one scale.

mod axes;
mod notes;
mod panels;
mod regime;
mod words;

use measurement::summary::Summary;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::sheet::still;
use crate::svg::picture::Picture;
pub(crate) use panels::plot;
pub(crate) use words::questions;
pub use words::{caption_speed_up, finding_speed_up};

/// The speed-up over pings one by one: over the levels of the sweep, with
/// uneven waits, and without any. A panel whose batches were not measured is
/// left out.
///
/// # Errors
///
/// If no strategy of these batches has a trial that counts, or there are more
/// than eight strategies.
pub fn speed_up(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_speed_up(summary);
    still("speed-up", caption, plot(summary)?, footer, theme)
}
