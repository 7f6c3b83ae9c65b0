//! What a run with peers leaves.

use anyhow::Result;
use charts::{Footer, Theme};
use measurement::peers::{PEERS_VERSION, Peers, PeersSummary};
use measurement::quantity::plural;
use report::Folder;

use crate::terminal::copy;

/// Everything that was measured.
pub(super) const PEERS: &str = "peers.json";

/// The numbers of it.
const SUMMARY: &str = "summary.json";

/// The picture for a page, in the reader's colours.
const PICTURE: &str = "charts/peers.svg";

/// Writes the numbers, and the picture in every form. Where nobody's cost is
/// known there is none.
///
/// # Errors
///
/// If something cannot be written.
pub fn draw(
    folder: &Folder,
    peers: &Peers,
    summary: &PeersSummary,
) -> Result<()> {
    folder.write_json(SUMMARY, summary)?;
    let processors = peers.environment.processors;
    let processors = processors.map_or(String::new(), |count| {
        format!(", {}", plural(count, "processor"))
    });
    let text = format!("{}{processors}", peers.run_id);
    let footer = Footer { text };
    for (ending, theme) in
        [("", Theme::Auto), ("-light", Theme::Light), ("-dark", Theme::Dark)]
    {
        let Ok(drawn) = charts::peers(summary, &footer, theme) else {
            return Ok(());
        };
        let name = |form: &str| format!("charts/peers{form}{ending}.svg");
        folder.write(&name(""), &drawn.wide)?;
        folder.write(&name("-narrow"), &drawn.narrow)?;
    }
    Ok(())
}

/// The records of a folder; none if it is not one of a run with peers.
///
/// # Errors
///
/// If they are damaged, or of another version.
pub fn read(folder: &Folder) -> Result<Option<Peers>> {
    folder.read_numbers(PEERS, PEERS_VERSION, &["seed"])
}

/// Says what there is.
pub fn name(folder: &Folder) {
    let files =
        [("picture", PICTURE), ("numbers", SUMMARY), ("records", PEERS)];
    for (what, file) in files {
        let path = folder.path().join(file);
        if path.exists() {
            copy(format!("  {what:<18} {}", path.display()));
        }
    }
}
