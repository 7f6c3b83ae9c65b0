//! Words leave the program in one place, `terminal`, which knows when nobody
//! hears them any more. What prints past it would panic or end the program
//! in the middle of a run.

use std::fs;
use std::path::{Path, PathBuf};

/// Who else may write to a standard stream, and what.
const ALLOWED: [(&str, &str); 6] = [
    ("terminal/output.rs", "this is the place"),
    ("ping/output/target.rs", "answers, as many as there are URLs"),
    ("child/server_process.rs", "its addresses, to the harness"),
    ("child/hasher.rs", "its results, to the trial"),
    ("machines/queue_worker.rs", "that it is ready, to the trial"),
    ("main.rs", "the result of a trial, to the harness"),
];

const WAYS: [&str; 8] = [
    "io::stdout()",
    "io::stderr()",
    "println!",
    "print!(",
    "Term::stderr()",
    "dbg!",
    "Cli::parse()",
    ".exit()",
];

#[test]
fn nothing_is_printed_past_the_terminal() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut past = Vec::new();
    let report = src.join("../../report/src");
    for file in [sources(&src), sources(&report)].concat() {
        let name = file.strip_prefix(&src).unwrap_or(&file);
        let name = name.display().to_string();
        if ALLOWED.iter().any(|(allowed, _)| *allowed == name) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        // Whether it is a terminal may be asked anywhere.
        let text = text.replace("io::stdout().is_terminal()", "");
        for way in WAYS.iter().filter(|way| text.contains(**way)) {
            past.push(format!("{name}: {way}"));
        }
    }
    assert_eq!(past, Vec::<String>::new());
    for (allowed, why) in ALLOWED {
        assert!(src.join(allowed).is_file(), "{allowed}: {why}");
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}
