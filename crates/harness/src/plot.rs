//! `harness plot`: everything drawn again from the records.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use report::{Folder, draw, trust};
use safe_text::terminal::printable;

use crate::terminal::{note, say};

/// Draws the report folder at `path` again, and names the page.
pub fn plot(path: &Path) -> Result<ExitCode> {
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
    Ok(ExitCode::SUCCESS)
}
