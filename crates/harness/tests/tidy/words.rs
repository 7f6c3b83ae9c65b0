//! Nothing is left for later, and nothing is switched off.

use crate::{files, read, root};

#[test]
fn no_stub_and_no_ignored_test() {
    // Spelled in two halves, or this file would find itself.
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("unimple", "mented!("),
        concat!("to", "do!("),
        concat!("#[ig", "nore"),
    ];
    for file in files(&root(), ".rs") {
        let text = read(&file);
        for word in words {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
    }
}

#[test]
fn a_file_is_one_room() {
    for file in files(&root().join("crates"), ".rs") {
        let lines = read(&file).lines().count();
        assert!(lines <= 400, "{} has {lines} lines", file.display());
    }
}
