//! Every trap says what it is, and is proved by its lesson.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use harness::course::Header;

use crate::documents::quote;
use crate::{files, lesson_folders, name, read};

/// The traps of a lesson, by name.
fn traps(lesson: &Path) -> Vec<PathBuf> {
    let mut found = files(&lesson.join("examples"), ".rs");
    found.retain(|path| name(path).starts_with("wrong_"));
    found
}

/// The header of a trap; one without its whole header fails the test.
fn header(trap: &Path) -> Header {
    Header::parse(&read(trap))
        .unwrap_or_else(|error| panic!("{}: {error}", trap.display()))
}

#[test]
fn every_trap_has_its_header_its_place_and_its_name() {
    let mut names = BTreeSet::new();
    for trap in lesson_folders().iter().flat_map(|lesson| traps(lesson)) {
        let header = header(&trap);
        let text = read(&trap);
        let shown = trap.display();
        let code = text.lines().filter(|line| !line.starts_with("//"));
        let code: String = code.map(|line| format!("{line}\n")).collect();
        // The line is named below the code, not marked in it: whoever reads
        // the program is to find it.
        assert!(!code.contains("Wrong"), "{shown} gives its line away");
        if let Some(line) = header.place.strip_prefix("At `") {
            let line = line.split('`').next().unwrap_or_default();
            assert!(code.contains(line), "{shown} has no `{line}`");
        }
        let lines = text.lines().count();
        assert!(lines <= 120, "{shown} has {lines} lines");
        // All examples of a workspace are built into one folder.
        assert!(names.insert(name(&trap).to_owned()), "{shown}: name taken");
    }
    assert!(names.len() >= 20, "{} traps", names.len());
}

#[test]
fn every_trap_is_proved_by_its_lesson() {
    for lesson in lesson_folders() {
        let traps = traps(&lesson);
        assert!(!traps.is_empty(), "{} has no trap", name(&lesson));
        let tests = read(&lesson.join("tests/traps.rs"));
        for trap in traps {
            let module = name(&trap).trim_end_matches(".rs");
            // Declared, and then used.
            let declared = format!("mod {module};");
            let used = format!("{module}::");
            assert!(
                tests.contains(&declared) && tests.contains(&used),
                "tests/traps.rs of {} does not try {module}",
                name(&lesson)
            );
        }
    }
}

#[test]
fn the_pages_of_what_learners_get_wrong_are_those_of_the_traps() {
    let folders = lesson_folders();
    let before =
        |lesson: &str| folders.partition_point(|own| name(own) < lesson);
    let (first, later) = folders.split_at(before("lesson-05"));
    let (later, last) = later.split_at(before("lesson-11") - first.len());
    quote("docs/wrong.md", "traps", &table(first));
    quote("docs/wrong-async.md", "traps", &table(later));
    quote("docs/wrong-machines.md", "traps", &table(last));
}

fn table(lessons: &[PathBuf]) -> String {
    let mut text = String::new();
    for lesson in lessons {
        let title = read(&lesson.join("src/lib.rs"));
        let title = title
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("//! # "))
            .expect("a lesson begins with its heading");
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "## {title}\n");
        let _ = writeln!(
            text,
            "| learners think that | trap |\n\
             | --- | --- |"
        );
        let mut seen = String::new();
        for trap in traps(lesson) {
            let header = header(&trap);
            let _ = writeln!(
                text,
                "| {} | [{}](../crates/{}/examples/{}) |",
                header.think.trim_end_matches('.'),
                header.title,
                name(lesson),
                name(&trap)
            );
            let _ = writeln!(seen, "- {}: {}", header.title, header.symptom);
        }
        let _ = writeln!(
            text,
            "\n<details><summary>What is to be seen, when you have said \
             it</summary>\n\n{seen}\n</details>"
        );
    }
    text
}
