use anyhow::Result;
use charts::{Footer, Theme};
use measurement::exam::Exam;
use report::Folder;

use crate::terminal::copy;

/// Everything that was seen and judged.
const EXAM: &str = "exam.json";

/// The picture for a page, in the reader's colours, and for a telephone.
const PICTURE: &str = "exam.svg";
const NARROW: &str = "exam-narrow.svg";

/// Keeps the record, and the picture in two forms.
///
/// # Errors
///
/// If something cannot be written.
pub(super) fn keep(folder: &Folder, exam: &Exam) -> Result<()> {
    folder.write_json(EXAM, exam)?;
    let footer = Footer { text: exam.run_id.clone() };
    // Nothing that was played is nothing to draw.
    if let Ok(drawn) = charts::exam(exam, &footer, Theme::Auto) {
        folder.write(PICTURE, &drawn.wide)?;
        folder.write(NARROW, &drawn.narrow)?;
    }
    Ok(())
}

/// Says what there is.
pub(super) fn name(folder: &Folder) {
    let files =
        [("picture", PICTURE), ("for a telephone", NARROW), ("record", EXAM)];
    for (what, file) in files {
        let path = folder.path().join(file);
        if path.exists() {
            copy(format!("  {what:<18} {}", path.display()));
        }
    }
}
