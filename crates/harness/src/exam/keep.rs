//! What an exam leaves.

use anyhow::Result;
use charts::{Footer, Theme};
use measurement::exam::{EXAM_VERSION, Exam};
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
    draw(folder, exam)
}

/// Draws the picture in two forms. Nothing that was played is nothing to draw.
///
/// # Errors
///
/// If something cannot be written.
pub fn draw(folder: &Folder, exam: &Exam) -> Result<()> {
    let footer = Footer { text: exam.run_id.clone() };
    if let Ok(drawn) = charts::exam(exam, &footer, Theme::Auto) {
        folder.write(PICTURE, &drawn.wide)?;
        folder.write(NARROW, &drawn.narrow)?;
    }
    Ok(())
}

/// The record of a folder; none if it is not one of an exam.
///
/// # Errors
///
/// If it is damaged, or of another version.
pub fn read(folder: &Folder) -> Result<Option<Exam>> {
    folder.read_numbers(EXAM, EXAM_VERSION, &[])
}

/// Says what there is.
pub fn name(folder: &Folder) {
    let files =
        [("picture", PICTURE), ("for a telephone", NARROW), ("record", EXAM)];
    for (what, file) in files {
        let path = folder.path().join(file);
        if path.exists() {
            copy(format!("  {what:<18} {}", path.display()));
        }
    }
}
