//! Other people's clients beside ours: what a request costs each of them, and
//! how many they make in a second.

mod panels;
mod words;

use measurement::peers::PeersSummary;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::scene::Scene;
use crate::sheet::Sheet;
use crate::svg::picture::{Meta, Picture, picture};
use panels::plot;
pub use words::{caption_peers, compare_peers, peer_name};

/// A row for each client, the one that costs least first: its CPU time for a
/// request, with the interval, and beside it its requests a second.
///
/// # Errors
///
/// If nothing is known of any client.
pub fn peers(
    summary: &PeersSummary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let scenes = scenes(summary, footer)?;
    picture(&Meta::still("peers", caption_peers(summary), theme), &scenes)
}

/// The wide and the narrow scene.
pub(crate) fn scenes(
    summary: &PeersSummary,
    footer: &Footer,
) -> Result<[Scene; 2], ChartError> {
    let (plot, subtitle) = plot(summary)?;
    let title = &caption_peers(summary).title;
    Ok(Sheet { title, subtitle: &subtitle, footer }.scenes(&plot))
}
