//! `harness plot`: everything drawn again from the records.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::report::{Folder, draw};
use crate::terminal::say;

/// Draws the report folder at `path` again, and names the page.
pub fn plot(path: &Path) -> Result<ExitCode> {
    let (folder, run) = Folder::open(path)?;
    let drawn = draw(&folder, &run)?;
    for finding in &drawn.findings {
        say(finding);
    }
    for missing in &drawn.missing {
        say(format!("not drawn: {missing}"));
    }
    say(format!("The page:  {}", drawn.page.display()));
    Ok(ExitCode::SUCCESS)
}
