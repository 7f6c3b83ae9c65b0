//! `harness plot`: everything drawn again from the records.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use measurement::peers::summarise;
use report::{Folder, draw, trust};
use safe_text::terminal::printable;

use crate::terminal::{note, say};
use crate::{exam, peers};

/// Draws the report folder at `path` again, and names what there is.
///
/// # Errors
///
/// If it is none, or one that this program does not read.
pub fn plot(path: &Path) -> Result<ExitCode> {
    let folder = Folder::called(path);
    if let Some(record) = exam::read(&folder)? {
        exam::draw(&folder, &record)?;
        exam::name(&folder);
    } else if let Some(records) = peers::read(&folder)? {
        peers::draw(&folder, &records, &summarise(&records))?;
        peers::name(&folder);
    } else {
        plot_run(path)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The same, of a folder that `run` or a lesson left.
fn plot_run(path: &Path) -> Result<()> {
    let (folder, run) = Folder::named(path)?;
    let drawn = draw(&folder, &run)?;
    if let Some(torn) = trust::torn(&drawn.summary.trust) {
        note(torn);
    }
    // Names come from records, and records from anybody.
    for finding in &drawn.findings {
        say(printable(finding));
    }
    for missing in &drawn.missing {
        say(printable(&format!("not drawn: {missing}")));
    }
    say(printable(&format!("The page:  {}", drawn.page.display())));
    Ok(())
}
