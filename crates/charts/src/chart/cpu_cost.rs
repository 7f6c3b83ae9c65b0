//! What a ping costs in processor time: a row for each strategy and client,
//! with waits and without.

mod finding;
mod panels;
mod words;

use measurement::summary::Summary;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::sheet::still;
use crate::svg::picture::Picture;
pub use finding::{finding_cpu_cost, found_cpu_cost};
pub(crate) use panels::plot;
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
    still("cpu-cost", caption, plot(summary)?, footer, theme)
}
