//! May I believe this? How far one strategy comes apart from itself, wherever
//! one ran twice.

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
    let scenes = scenes(summary, &caption.title, footer)?;
    picture(&Meta::still("trust", caption, theme), &scenes)
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
