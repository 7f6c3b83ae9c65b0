//! `check N NAME --reset` gives back what was handed out, and loses nothing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use harness::course::{EXERCISES, HANDED_OUT};
use measurement::course::LESSONS;

use crate::harness;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

/// Lesson, name, and file of each exercise.
fn files() -> Vec<(u8, &'static str, PathBuf)> {
    let rows = EXERCISES.iter().zip(LESSONS);
    let files = rows.flat_map(|(exercises, row)| {
        let package = root().join("crates").join(row.package());
        exercises.iter().map(move |exercise| {
            let folder = package.join("exercises").join(exercise.name);
            (exercise.lesson, exercise.name, folder.join("exercise.rs"))
        })
    });
    files.collect()
}

/// In a tree of his own a reader may be at any of them.
#[test]
fn what_is_handed_out_is_what_is_committed() {
    let update = env::var_os("UPDATE").is_some();
    for (_, name, file) in files() {
        let committed = fs::read_to_string(file).unwrap();
        if update {
            let copy = root().join("crates/harness/handed_out");
            fs::write(copy.join(format!("{name}.rs")), committed).unwrap();
            continue;
        }
        let row = HANDED_OUT.iter().find(|row| row.0 == name);
        let (_, text) = row.expect("a copy of each: HANDED_OUT");
        if committed == *text {
            continue;
        }
        let missing = format!(
            "{name} is not as it is handed out; if you wrote it anew: \
             UPDATE=1 cargo test -p harness --test course handed_out"
        );
        assert!(env::var_os("CI").is_none(), "{missing}");
        eprintln!("skipped: {missing}");
    }
    assert_eq!(HANDED_OUT.len(), files().len());
}

#[test]
fn every_exercise_comes_back_and_the_readers_text_stays() {
    let tree = copied_tree();
    for (lesson, name, file) in files() {
        let file = tree.path().join(file.strip_prefix(root()).unwrap());
        let (_, text) = HANDED_OUT.iter().find(|row| row.0 == name).unwrap();
        let readers = format!("{text}// three\n// lines\n// more\n");
        fs::write(&file, &readers).unwrap();
        let reset = |more: &[&str]| {
            let number = lesson.to_string();
            let args = ["check", &number, name, "--reset"];
            in_tree(tree.path(), &[&args, more].concat())
        };
        let (code, told) = reset(&[]);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains("--reset --yes"), "{told}");
        assert_eq!(fs::read_to_string(&file).unwrap(), readers);

        let (code, told) = reset(&["--yes"]);
        assert_eq!(code, Some(0), "{told}");
        // Wherever lines were broken.
        let words: Vec<&str> = told.split_whitespace().collect();
        assert!(words.join(" ").contains("3 lines differ"), "{told}");
        assert!(told.contains(&format!("check {lesson} {name}")), "{told}");
        assert_eq!(fs::read_to_string(&file).unwrap(), *text);
        let kept = file.with_extension("rs.before-reset");
        assert_eq!(fs::read_to_string(&kept).unwrap(), readers);

        let (code, told) = reset(&["--yes"]);
        assert!(code == Some(0) && told.contains("nothing was changed"));

        // What was kept before stays, and a file that is gone comes back.
        fs::write(&file, [0xff, 0]).unwrap();
        assert_eq!(reset(&["--yes"]).0, Some(0));
        assert_eq!(fs::read_to_string(&kept).unwrap(), readers);
        fs::remove_file(&file).unwrap();
        assert_eq!(reset(&["--yes"]).0, Some(0));
        assert_eq!(fs::read_to_string(&file).unwrap(), *text);
    }
}

#[test]
fn it_is_asked_for_by_name_and_alone() {
    let cases: &[(&[&str], &str)] = &[
        (&["check", "2", "--reset"], "<NAME>"),
        (&["check", "2", "in_waves", "--reset", "--hint"], "cannot be used"),
        (
            &["check", "2", "in_waves", "--reset", "--solution"],
            "cannot be used",
        ),
        (&["check", "2", "in_waves", "--yes"], "--reset"),
        (&["check", "2", "nosuch", "--reset", "--yes"], "in_waves"),
        (&["check", "99", "in_waves", "--reset"], "they are"),
    ];
    for (args, words) in cases {
        let done = harness(args);
        assert_eq!(done.status.code(), Some(2), "{args:?}: {done:?}");
        let error = String::from_utf8(done.stderr).unwrap();
        assert!(error.contains(words), "{args:?}: {error}");
    }
}

/// A checkout of which there are only the files that a reset looks for: no
/// test touches what a reader may be at.
fn copied_tree() -> tempfile::TempDir {
    let tree = tempfile::tempdir().unwrap();
    fs::create_dir_all(tree.path().join("crates/ping-core")).unwrap();
    for row in LESSONS {
        let source = Path::new("crates").join(row.package());
        let source = source.join("src");
        fs::create_dir_all(tree.path().join(&source)).unwrap();
        let lib = source.join("lib.rs");
        fs::copy(root().join(&lib), tree.path().join(&lib)).unwrap();
    }
    for (_, _, file) in files() {
        let file = tree.path().join(file.strip_prefix(root()).unwrap());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
    }
    tree
}

fn in_tree(tree: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_harness"));
    command.current_dir(tree).args(args).stdin(Stdio::null());
    let done = command.output().unwrap();
    let told = [done.stdout, done.stderr].concat();
    (done.status.code(), String::from_utf8(told).unwrap())
}
