//! What is left of it.

use anyhow::Result;
use measurement::machines::{Machines, MachinesSummary};
use report::Folder;

use crate::terminal::copy;

/// Everything that was measured.
pub const MACHINES: &str = "machines.json";

/// The numbers of it.
const SUMMARY: &str = "summary.json";

/// Writes the numbers.
///
/// # Errors
///
/// If something cannot be written.
pub fn draw(
    folder: &Folder,
    _machines: &Machines,
    summary: &MachinesSummary,
) -> Result<()> {
    folder.write_json(SUMMARY, summary)
}

/// Says what there is.
pub fn name(folder: &Folder) {
    let files = [("numbers", SUMMARY), ("records", MACHINES)];
    for (what, file) in files {
        let path = folder.path().join(file);
        if path.exists() {
            copy(format!("  {what:<18} {}", path.display()));
        }
    }
}
