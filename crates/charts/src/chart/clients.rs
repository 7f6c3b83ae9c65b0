//! What each layer of a client adds to the CPU of a ping: a bar for each rung of
//! the ladder, all in one shape on one thread.

mod rungs;
mod words;

use measurement::summary::Summary;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::scene::Scene;
use crate::sheet::Sheet;
use crate::svg::picture::{Meta, Picture, picture};
pub use rungs::has_ladder;
use rungs::{ladder, plot};
pub(crate) use words::questions;
pub use words::{caption_clients, finding_clients};

/// The client's processor time of a ping on each client, of which each is the
/// layer under the next.
///
/// # Errors
///
/// If fewer than two of them have trials that count and a processor time.
pub fn clients(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_clients(summary);
    let scenes = scenes(summary, &caption.title, footer)?;
    picture(&Meta::still("clients", caption, theme), &scenes)
}

/// The wide and the narrow scene.
pub(crate) fn scenes(
    summary: &Summary,
    title: &str,
    footer: &Footer,
) -> Result<[Scene; 2], ChartError> {
    let (batch, rungs) = ladder(summary)
        .ok_or(ChartError::NotTold { what: "processor time" })?;
    let (plot, subtitle) = plot(batch, &rungs);
    Ok(Sheet { title, subtitle: &subtitle, footer }.scenes(&plot))
}
