//! What `witness` leaves.

use std::path::Path;

use anyhow::Result;
use charts::{Footer, Observation, Theme};
use measurement::witness::Testimony;
use report::Folder;

use super::voice::Voice;
use crate::clock::utc_for_file;

/// Makes the folder for the picture and the record, before anything runs.
pub(super) fn folder(reports: &Path) -> Result<Folder> {
    Folder::create(reports, &format!("witness-{}", utc_for_file()))
}

/// Keeps what the server saw, as JSON and as a picture in two forms: for a
/// page, and for a telephone.
pub(super) fn keep(
    folder: &Folder,
    testimony: &Testimony,
    of: &Observation<'_>,
    voice: Voice,
) -> Result<()> {
    folder.write_json("witness.json", testimony)?;
    let footer = Footer {
        text: format!(
            "what the test server saw of {}, {}",
            of.program,
            utc_for_file()
        ),
    };
    let told = |what: &str, file: &str| {
        let path = folder.path().join(file);
        voice.copy(format!("  {what:<18} {}", path.display()));
    };
    // Nothing seen is nothing to draw, and was said in words.
    if let Ok(drawn) = charts::witness_waterfall(of, &footer, Theme::Auto) {
        for (file, form) in [
            ("waterfall.svg", &drawn.wide),
            ("waterfall-narrow.svg", &drawn.narrow),
        ] {
            folder.write(file, form)?;
        }
        told("picture", "waterfall.svg");
        told("for a telephone", "waterfall-narrow.svg");
    }
    told("record", "witness.json");
    Ok(())
}
