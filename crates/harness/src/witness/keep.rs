use std::path::Path;

use anyhow::Result;
use charts::{Footer, Theme};
use measurement::witness::Testimony;
use report::Folder;
use safe_text::terminal::printable;

use super::tell::short_name;
use crate::clock::utc_for_file;
use crate::terminal::copy;

/// Makes the folder for the picture and the record, before anything runs.
pub(super) fn folder(reports: &Path) -> Result<Folder> {
    Folder::create(reports, &format!("witness-{}", utc_for_file()))
}

/// Keeps what the server saw, as JSON and as a picture.
pub(super) fn keep(folder: &Folder, testimony: &Testimony) -> Result<()> {
    folder.write_json("witness.json", testimony)?;
    let seen = &testimony.witness;
    let name = &printable(short_name(&testimony.command[0]));
    let footer = Footer {
        text: format!("what the test server saw of {name}, {}", utc_for_file()),
    };
    // Nothing seen is nothing to draw, and was said in words.
    if let Ok(drawn) =
        charts::witness_waterfall(seen, name, &footer, Theme::Auto)
    {
        folder.write("waterfall.svg", &drawn.wide)?;
        copy(format!(
            "  picture            {}",
            folder.path().join("waterfall.svg").display()
        ));
    }
    copy(format!(
        "  record             {}",
        folder.path().join("witness.json").display()
    ));
    Ok(())
}
