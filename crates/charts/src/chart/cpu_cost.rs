//! What a ping costs in processor time: a row for each strategy and client,
//! with waits and without.

mod finding;
mod panels;
mod words;

use measurement::summary::Summary;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::scene::Scene;
use crate::sheet::Sheet;
use crate::svg::picture::{Meta, Picture, picture};
pub use finding::{finding_cpu_cost, found_cpu_cost};
use panels::plot;
pub use words::caption_cpu_cost;
pub(crate) use words::questions;

/// The processor time of a ping, client and server together and apart: with
/// many in flight that wait, and with as many that do not. A panel whose batch
/// was not measured is left out.
///
/// # Errors
///
/// If no strategy of these batches has a trial that counts, if the system
/// does not tell their processor time, or if there are more than eight
/// strategies.
pub fn cpu_cost(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_cpu_cost(summary);
    let scenes = scenes(summary, &caption.title, footer)?;
    picture(&Meta::still("cpu-cost", caption, theme), &scenes)
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
