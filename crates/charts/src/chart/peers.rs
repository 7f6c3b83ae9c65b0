//! Other people's clients beside ours: what a request costs each of them, and
//! how many they make in a second.

mod near;
mod panels;
mod words;

use measurement::peers::PeersSummary;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::sheet::still;
use crate::svg::picture::Picture;
pub(crate) use panels::plot;
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
    still("peers", caption_peers(summary), plot(summary)?, footer, theme)
}
