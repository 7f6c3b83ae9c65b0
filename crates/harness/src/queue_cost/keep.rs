//! What is left of it.

use anyhow::Result;
use charts::{Footer, Theme};
use measurement::quantity::plural;
use measurement::queue_cost::{Machines, MachinesSummary};
use report::Folder;

use crate::terminal::copy;

/// Everything that was measured.
pub const MACHINES: &str = "machines.json";

/// The numbers of it.
const SUMMARY: &str = "summary.json";

/// The picture for a page, in the reader's colours.
const PICTURE: &str = "charts/machines.svg";

/// Writes the numbers, and the picture in every form. Of a backlog alone there
/// is none.
///
/// # Errors
///
/// If something cannot be written.
pub fn draw(
    folder: &Folder,
    machines: &Machines,
    summary: &MachinesSummary,
) -> Result<()> {
    folder.write_json(SUMMARY, summary)?;
    let processors = machines.environment.processors;
    let processors = processors.map_or(String::new(), |count| {
        format!(", {}", plural(count, "processor"))
    });
    let text = format!("{}{processors}", machines.run_id);
    let footer = Footer { text };
    for (ending, theme) in
        [("", Theme::Auto), ("-light", Theme::Light), ("-dark", Theme::Dark)]
    {
        let Ok(drawn) = charts::machines(summary, &footer, theme) else {
            return Ok(());
        };
        let name = |form: &str| format!("charts/machines{form}{ending}.svg");
        folder.write(&name(""), &drawn.wide)?;
        folder.write(&name("-narrow"), &drawn.narrow)?;
    }
    Ok(())
}

/// Says what there is.
pub fn name(folder: &Folder) {
    let files =
        [("picture", PICTURE), ("numbers", SUMMARY), ("records", MACHINES)];
    for (what, file) in files {
        let path = folder.path().join(file);
        if path.exists() {
            copy(format!("  {what:<18} {}", path.display()));
        }
    }
}
