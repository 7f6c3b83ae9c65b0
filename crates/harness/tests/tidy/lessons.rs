//! Every lesson reads like the one before it.

use harness::strategies::{self, Strategy};
use measurement::course::LESSONS;

use crate::{lesson_folders, name, read, root};

const SECTIONS: [&str; 9] = [
    "//! **Idea.**",
    "//! | New here |",
    "//! | From the lesson before |",
    "//! | In flight at once |",
    "//! | Best when |",
    "//! | Costs |",
    "//! # Why not the previous way?",
    "//! # Run it",
    "//! # Today you would write",
];

#[test]
fn a_lesson_is_read_in_ten_minutes() {
    for folder in lesson_folders() {
        let text = read(&folder.join("src/lib.rs"));
        let lines = text.lines().count();
        assert!(lines <= 150, "{} has {lines} lines", name(&folder));
        let core = core(&text);
        assert!(core <= 30, "the core of {} has {core} lines", name(&folder));
    }
}

fn core(text: &str) -> usize {
    let place = |mark: &str| {
        let mut places = text.lines().enumerate();
        let found = places.find(|(_, line)| line.trim() == mark);
        found.unwrap_or_else(|| panic!("no line `{mark}`")).0
    };
    place("// ANCHOR_END: core") - place("// ANCHOR: core") - 1
}

#[test]
fn the_sections_stand_in_their_order() {
    for (folder, lesson) in lesson_folders().iter().zip(LESSONS) {
        let text = read(&folder.join("src/lib.rs"));
        let heading = format!("//! # Lesson {}: ", lesson.number);
        assert!(text.starts_with(&heading), "{}: {heading}", name(folder));
        let mut rest = text.as_str();
        for section in SECTIONS {
            let Some((_, after)) = rest.split_once(section) else {
                panic!("{}: no `{section}`, or too early", name(folder));
            };
            rest = after;
        }
    }
}

#[test]
fn a_lesson_is_plain_functions() {
    for folder in lesson_folders() {
        let text = read(&folder.join("src/lib.rs"));
        let code = text.lines().filter(|line| !line.starts_with("//!"));
        for line in code {
            for word in ["mod ", "trait ", "struct ", "impl ", "println!"] {
                // A lesson in steps has each of them in a file of its own.
                let step = line.starts_with("pub mod ");
                let found = line.trim_start().starts_with(word) && !step;
                assert!(!found, "{}: {line}", name(&folder));
            }
        }
        let functions = text.matches("fn ping_all(").count();
        assert_eq!(functions, 1, "{}", name(&folder));
    }
}

#[test]
fn every_lesson_has_its_example_its_test_and_its_row() {
    let folders = lesson_folders();
    for folder in &folders {
        for file in ["examples/ping.rs", "tests/lesson.rs"] {
            assert!(folder.join(file).is_file(), "{}: {file}", name(folder));
        }
    }
    let packages: Vec<String> =
        strategies::lessons().filter_map(Strategy::package).collect();
    let folders: Vec<&str> = folders.iter().map(|path| name(path)).collect();
    assert_eq!(packages, folders, "the rows of strategies.rs");
}

#[test]
fn the_documents_name_every_lesson() {
    let readme = read(&root().join("README.md"));
    let front = read(&root().join("crates/harness/src/lib.rs"));
    for folder in lesson_folders() {
        let name = name(&folder);
        assert!(
            readme.contains(name),
            "README.md has no {name}; UPDATE=1 writes it, once strategies.rs \
             has it"
        );
        let link = format!("[`{}`]", name.replace('-', "_"));
        assert!(front.contains(&link), "crates/harness/src/lib.rs: {link}");
        let example = read(&folder.join("examples/ping.rs"));
        let own = format!("--example {}", &name[.."lesson-00".len()]);
        assert!(example.contains(&own), "{name}/examples/ping.rs: {own}");
    }
}
