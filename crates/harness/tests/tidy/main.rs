//! What a reader could catch going stale: the shape of the lessons, the
//! direction of the dependencies, the figures and commands of the documents.
//!
//! `UPDATE=1 cargo test -p harness --test tidy` rewrites what documents quote.

mod arrows;
mod capacity;
mod choice;
mod circles;
mod clients;
mod committed;
mod course;
mod documents;
#[path = "../figures/mod.rs"]
mod figures;
mod formulas;
mod in_your_tests;
mod internet;
mod lessons;
mod links;
mod machines;
mod models;
mod outcomes;
mod pages;
mod peers;
mod pictures;
mod prints;
mod questions;
mod ranges;
mod report_page;
mod sample;
mod snippets;
mod traps;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the workspace.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap().to_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The folders of the lessons, in order.
fn lesson_folders() -> Vec<PathBuf> {
    let crates = fs::read_dir(root().join("crates")).unwrap();
    let mut folders: Vec<PathBuf> = crates
        .map(|entry| entry.unwrap().path())
        .filter(|path| name(path).starts_with("lesson-"))
        .collect();
    folders.sort();
    assert!(folders.len() >= 5, "where are the lessons?");
    folders
}

/// The last part of a path.
fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// Every file below a folder whose name ends like this, build output and
/// hidden folders left out.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap().path();
        if name(&path).starts_with('.') || name(&path) == "target" {
            continue;
        }
        if path.is_dir() && !path.is_symlink() {
            found.extend(files(&path, ending));
        } else if name(&path).ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}
