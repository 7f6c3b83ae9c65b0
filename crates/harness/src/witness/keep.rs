use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use charts::{Footer, Theme};
use measurement::witness::Witness;

use super::tell::short_name;
use crate::clock::utc_for_file;
use crate::terminal::say;

/// Makes the folder for the picture and the record, before anything runs.
pub(super) fn folder(reports: &Path) -> Result<PathBuf> {
    let path = reports.join(format!("witness-{}", utc_for_file()));
    fs::create_dir_all(&path).with_context(|| {
        format!(
            "cannot make {}; name another place with --reports DIR",
            path.display()
        )
    })?;
    Ok(path)
}

/// Keeps what the server saw, as JSON and as a picture.
pub(super) fn keep(folder: &Path, program: &str, seen: &Witness) -> Result<()> {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text)
            .with_context(|| format!("cannot write {}", path.display()))
    };
    write("witness.json", &(serde_json::to_string(seen)? + "\n"))?;
    let name = short_name(program);
    let footer = Footer {
        text: format!("what the test server saw of {name}, {}", utc_for_file()),
    };
    // Nothing seen is nothing to draw, and was said in words.
    if let Ok(svg) = charts::witness_waterfall(seen, name, &footer, Theme::Auto)
    {
        write("waterfall.svg", &svg)?;
        say(format!(
            "  picture            {}",
            folder.join("waterfall.svg").display()
        ));
    }
    say(format!(
        "  record             {}",
        folder.join("witness.json").display()
    ));
    Ok(())
}
