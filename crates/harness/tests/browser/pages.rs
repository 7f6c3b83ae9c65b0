//! The pages that are looked at: that of the sample, of a lesson with what its
//! reader predicted, and of two runs side by side.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use report::{Folder, PREDICTION, TRIALS, draw};
use tempfile::TempDir;

/// Pages drawn anew; they are gone with the folder.
pub(crate) struct Pages {
    folder: TempDir,
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reports/sample")
}

impl Pages {
    /// All of them.
    pub(crate) fn drawn() -> Pages {
        let pages = Pages { folder: TempDir::new().expect("a folder") };
        pages.draw("sample", &sample());
        pages.draw("lesson", &sample().join("lessons/01"));
        let folder = pages.folder.path();
        let status = Command::new(env!("CARGO_BIN_EXE_harness"))
            .args(["compare", "sample", "lesson", "sample", "--page"])
            .arg("compared.html")
            .current_dir(folder)
            .output()
            .expect("it starts");
        assert!(status.status.success(), "{status:?}");
        pages
    }

    fn draw(&self, name: &str, of: &Path) {
        let copy = self.folder.path().join(name);
        fs::create_dir(&copy).expect("a folder");
        for file in ["run.json", TRIALS, PREDICTION] {
            // Only the lessons have a prediction.
            if of.join(file).is_file() {
                fs::copy(of.join(file), copy.join(file)).expect("a copy");
            }
        }
        let (folder, run) = Folder::open(&copy).expect("a report folder");
        let drawn = draw(&folder, &run).expect("a page");
        assert!(drawn.missing.is_empty(), "{:?}", drawn.missing);
    }

    /// The page of the sample.
    pub(crate) fn sample(&self) -> PathBuf {
        self.folder.path().join("sample/index.html")
    }

    /// Each of them.
    pub(crate) fn all(&self) -> [PathBuf; 3] {
        let lesson = self.folder.path().join("lesson/index.html");
        [self.sample(), lesson, self.folder.path().join("compared.html")]
    }
}
