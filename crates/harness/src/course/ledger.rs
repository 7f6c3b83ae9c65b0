use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use measurement::bounds;
use measurement::course::prediction::Prediction;
use report::{given, write_whole};

/// What a reader predicted so far: `predictions.json` beside the report
/// folders, the newest prediction of each lesson.
#[derive(Debug)]
pub(super) struct Ledger {
    path: PathBuf,
    predictions: Vec<Prediction>,
}

impl Ledger {
    /// Opens the one in this folder; an empty one if there is none yet.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is none of ours.
    pub(super) fn open(reports: &Path) -> Result<Ledger> {
        let path = reports.join("predictions.json");
        let read = given::read(&path, given::DOCUMENT).with_context(|| {
            "predictions are kept there; name another place with --reports DIR"
        })?;
        let Some(text) = read else {
            return Ok(Ledger { path, predictions: Vec::new() });
        };
        let kept: Result<Vec<Prediction>, String> = given::parse(&text);
        let judged = kept.and_then(|kept| {
            kept.iter().try_for_each(bounds::of_prediction)?;
            Ok(kept)
        });
        let predictions = judged.map_err(|why| {
            anyhow!(
                "{} is damaged or not ours ({why}); remove it, and predict \
                 again",
                path.display()
            )
        })?;
        Ok(Ledger { path, predictions })
    }

    /// The prediction of that lesson.
    pub(super) fn of(&self, lesson: u8) -> Option<&Prediction> {
        self.predictions.iter().find(|known| known.lesson == lesson)
    }

    /// Writes what it has, to see before anybody is asked whether it can.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub(super) fn prove_writable(&self) -> Result<()> {
        self.write()
    }

    /// Keeps a prediction in place of an earlier one of its lesson.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub(super) fn keep(&mut self, prediction: Prediction) -> Result<()> {
        self.predictions.retain(|known| known.lesson != prediction.lesson);
        self.predictions.push(prediction);
        self.predictions.sort_by_key(|known| known.lesson);
        self.write()
    }

    fn write(&self) -> Result<()> {
        let text = serde_json::to_string_pretty(&self.predictions)? + "\n";
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)
            .and_then(|()| write_whole(&self.path, &text))
            .with_context(|| {
                format!(
                    "cannot write {}; name another place with --reports DIR",
                    self.path.display()
                )
            })
    }
}
