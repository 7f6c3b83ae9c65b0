//! When concurrency helps, when its shape matters, what is left without waits:
//! the speed-up in three panels on one scale.

mod panels;
mod words;

use measurement::summary::Summary;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::scene::Scene;
use crate::sheet::Sheet;
use crate::svg::picture::{Meta, Picture, picture};
use panels::plot;
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
    let scenes = scenes(summary, &caption.title, footer)?;
    picture(&Meta::still("speed-up", caption, theme), &scenes)
}

/// The wide and the narrow scene.
pub(crate) fn scenes(
    summary: &Summary,
    title: &str,
    footer: &Footer,
) -> Result<[Scene; 2], ChartError> {
    let (plot, subtitle) = plot(summary)?;
    Ok(Sheet { title, subtitle: &subtitle, footer }.scenes(&plot))
}
