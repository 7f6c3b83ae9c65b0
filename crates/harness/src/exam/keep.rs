use anyhow::Result;
use measurement::exam::Exam;
use report::Folder;

use crate::terminal::copy;

/// Everything that was seen and judged.
const EXAM: &str = "exam.json";

/// Keeps the record.
pub(super) fn keep(folder: &Folder, exam: &Exam) -> Result<()> {
    folder.write_json(EXAM, exam)
}

/// Says where it is.
pub(super) fn name(folder: &Folder) {
    let path = folder.path().join(EXAM);
    copy(format!("  {:<18} {}", "record", path.display()));
}
