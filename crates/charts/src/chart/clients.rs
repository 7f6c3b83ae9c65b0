//! What each layer of a client adds to the CPU of a ping: a bar for each rung of
//! the ladder, all in one shape on one thread.

mod rungs;
mod words;

use measurement::summary::Summary;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::plot::Plot;
use crate::sheet::still;
use crate::svg::picture::Picture;
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
    still("clients", caption, drawing(summary)?, footer, theme)
}

/// The picture, and the words below its title.
pub(crate) fn drawing(summary: &Summary) -> Result<(Plot, String), ChartError> {
    let (batch, rungs) = ladder(summary)
        .ok_or(ChartError::NotTold { what: "processor time" })?;
    Ok(plot(batch, &rungs))
}
