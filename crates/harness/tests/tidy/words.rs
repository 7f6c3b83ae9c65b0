//! Nothing is left for later, and nothing is switched off.

use measurement::ways;

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

/// Where the word is a unit or a column, and no strategy.
const NO_STRATEGY: [(&str, &str); 5] = [
    ("charts/src/lesson/async_tasks.rs", "threads"),
    ("harness/src/course/check/lesson_05.rs", "threads"),
    ("harness/src/course/quantity.rs", "threads"),
    ("harness/src/peers/tell.rs", "threads"),
    ("report/src/csv.rs", "threads"),
];

/// What a strategy is called stands in one table: everybody else takes its
/// constants.
#[test]
fn only_the_table_of_ways_spells_a_strategy() {
    let ways: Vec<_> = ways::all().collect();
    for file in files(&root().join("crates"), ".rs") {
        let path = file.display().to_string().replace('\\', "/");
        let of_tests = ["/tests/", "/examples/", "tests.rs", "_tests/"];
        if of_tests.iter().any(|part| path.contains(part))
            || path.contains("measurement/src/ways")
        {
            continue;
        }
        let text = read(&file);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let is_comment = line.trim_start().starts_with("//");
            // What a build may leave out is called like its lesson.
            let line = line.replace("feature = \"many-machines\"", "");
            let spelled = ways.iter().find(|way| {
                line.contains(&format!("\"{}\"", way.id))
                    && !NO_STRATEGY.iter().any(|(file, word)| {
                        path.ends_with(file) && *word == way.id
                    })
            });
            if let (false, Some(way)) = (is_comment, spelled) {
                panic!("{path}:{}: take a constant: {}", number + 1, way.id);
            }
        }
    }
}
