//! What a run with peers leaves.

use anyhow::Result;
use measurement::peers::{Peers, PeersSummary};
use report::Folder;

/// Everything that was measured.
pub(super) const PEERS: &str = "peers.json";

/// The numbers of it.
const SUMMARY: &str = "summary.json";

/// Writes the numbers; returns a line for each file.
pub(super) fn draw(
    folder: &Folder,
    _peers: &Peers,
    summary: &PeersSummary,
) -> Result<Vec<String>> {
    folder.write_json(SUMMARY, summary)?;
    let line = |what: &str, file: &str| {
        format!("  {what:<18} {}", folder.path().join(file).display())
    };
    Ok(vec![line("numbers", SUMMARY), line("records", PEERS)])
}
