use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use measurement::course::Lesson;

use super::header::Header;
use crate::called::checkout;
use crate::usage::usage;

/// The sources of a lesson, in a checkout of the project.
#[derive(Debug)]
pub struct Source {
    /// From the checkout, such as `crates/lesson-02-threads`.
    pub folder: PathBuf,
    /// The text of its `src/lib.rs`.
    text: String,
    root: PathBuf,
}

impl Source {
    /// Those of this package; none where there is no checkout.
    pub fn of(package: &str) -> Option<Source> {
        let root = checkout()?;
        let folder = Path::new("crates").join(package);
        let text = fs::read_to_string(root.join(&folder).join("src/lib.rs"));
        Some(Source { folder, text: text.ok()?, root })
    }

    /// Those of a lesson, without which it cannot be done.
    ///
    /// # Errors
    ///
    /// If there is no checkout to find them in.
    pub fn needed(lesson: &Lesson) -> Result<Source> {
        Source::of(&lesson.package()).ok_or_else(|| {
            usage(
                "this needs the sources of the lessons, which are not part of \
                 the program; clone the repository that it was installed from, \
                 and run this inside the clone",
            )
        })
    }

    /// Where the core begins, as editors understand it.
    pub fn core(&self) -> Option<String> {
        let mut lines = self.text.lines();
        let before = lines.position(|l| l.trim() == "// ANCHOR: core")?;
        // Lines are counted from 1, and the core is below the mark.
        Some(format!("{}:{}", self.file("src/lib.rs"), before + 2))
    }

    /// What it says its idea is, in one paragraph.
    pub fn idea(&self) -> Option<String> {
        let (_, after) = self.text.split_once("//! **Idea.** ")?;
        let lines = after.lines().map(|line| line.trim_start_matches("//!"));
        let paragraph = lines.map(str::trim).take_while(|l| !l.is_empty());
        // The asterisks are for those who read it as Markdown.
        Some(paragraph.collect::<Vec<_>>().join(" ").replace('*', ""))
    }

    /// The checkout.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a file or folder of it is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(&self.folder).join(name)
    }

    /// A file of its folder, from the checkout.
    pub fn file(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// The wrong programs, by name, with what each is about.
    pub fn traps(&self) -> Vec<(String, String)> {
        let mut traps = Vec::new();
        for name in self.entries("examples") {
            let Some(trap) = name
                .strip_prefix("wrong_")
                .and_then(|name| name.strip_suffix(".rs"))
            else {
                continue;
            };
            let text = fs::read_to_string(self.path("examples").join(&name));
            let text = text.unwrap_or_default();
            let title = Header::parse(&text).map(|header| header.title);
            traps.push((trap.to_owned(), title.unwrap_or_default()));
        }
        traps
    }

    /// The names of the exercises.
    pub fn exercises(&self) -> Vec<String> {
        self.entries("exercises")
    }

    /// What is in this folder of it, by name, in order.
    fn entries(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else {
            return Vec::new();
        };
        let names = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}
