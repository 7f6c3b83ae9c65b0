//! When concurrency helps, when its shape matters, what is left without waits:
//! the speed-up of one strategy as a line for each kind of waits, and of all
//! strategies as bars where they differ.

mod bars;
mod lines;
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

/// The speed-up over pings one by one: a line over the levels for even waits,
/// one for uneven waits, one for none; beside it bars of all strategies where
/// waits are uneven, and where there are none. What was not measured is left
/// out.
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
