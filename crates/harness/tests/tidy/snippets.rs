//! The wrong examples in the lessons are wrong for the reason they give.
//!
//! On stable Rust `compile_fail,E0597` accepts any error, so each snippet is
//! compiled here and the code of its error compared.

use std::fs;
use std::process::Command;

use crate::{lesson_folders, name, read};

#[test]
fn every_snippet_fails_with_the_error_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut found = 0;
    for lesson in lesson_folders() {
        let text = read(&lesson.join("src/lib.rs"));
        for (code, snippet) in snippets(&text) {
            found += 1;
            let source = folder.path().join("snippet.rs");
            fs::write(&source, format!("fn main() {{\n{snippet}}}\n")).unwrap();
            let output = Command::new("rustc")
                .args(["--edition", "2024", "--emit", "metadata"])
                .args(["--error-format", "json", "--out-dir"])
                .arg(folder.path())
                .arg(&source)
                .output()
                .unwrap();
            let errors = String::from_utf8(output.stderr).unwrap();
            let expected = format!("\"code\":\"{code}\"");
            assert!(
                errors.contains(&expected),
                "{}: the snippet should fail with {code}, and says\n{errors}",
                name(&lesson)
            );
        }
    }
    assert!(found >= 4, "{found} snippets");
}

/// Each `compile_fail` block of the documentation: its code and its text.
fn snippets(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(code) = line.strip_prefix("//! ```compile_fail") else {
            continue;
        };
        let code = code.strip_prefix(',').expect("a snippet names its error");
        let snippet = lines
            .by_ref()
            .take_while(|line| !line.starts_with("//! ```"))
            .map(|line| line.trim_start_matches("//!").to_owned() + "\n")
            .collect();
        found.push((code.to_owned(), snippet));
    }
    found
}
