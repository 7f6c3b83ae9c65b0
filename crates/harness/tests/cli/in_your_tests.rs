//! The tests of `docs/in-your-tests`, by the runners of their languages: each
//! passes for the client beside it, and fails for the one in `serial`, by what
//! the server saw.
//!
//! A language that is not here is skipped, with a word; in CI all of them are
//! required.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::terminal::note;
use tempfile::TempDir;
use which::which;

use crate::common::{Done, HARNESS, finish};

/// A language: its folder, and what runs its tests there.
struct Runner {
    folder: &'static str,
    program: PathBuf,
    args: &'static [&'static str],
}

impl Runner {
    /// What the runner says of the tests with the client that lies in this
    /// folder of the language's.
    fn judges(&self, client: &str) -> Done {
        let copy = TempDir::new().unwrap();
        let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs");
        let from = Path::new(docs).join("in-your-tests").join(self.folder);
        copy_files(&from, copy.path());
        copy_files(&from.join(client), copy.path());
        let mut command = Command::new(&self.program);
        command
            .args(self.args)
            .current_dir(copy.path())
            .env("HARNESS", HARNESS)
            .env("NO_PROXY", "127.0.0.1")
            .env("PYTHONDONTWRITEBYTECODE", "1");
        finish(command)
    }

    /// All pass for the honest client; for the other, one that says this
    /// fails, and no other.
    fn tells_them_apart(&self, passed: &str, failed: &str, of_it: &str) {
        let (honest, serial) = (self.judges("."), self.judges("serial"));
        let said = |done: &Done| format!("{}{}", done.out, done.err);
        let (well, badly) = (said(&honest), said(&serial));
        assert_eq!(honest.code, Some(0), "{}: {well}", self.folder);
        assert!(well.contains(passed), "{}: {well}", self.folder);
        assert_eq!(serial.code, Some(1), "{}: {badly}", self.folder);
        assert!(badly.contains(failed), "{}: {badly}", self.folder);
        assert!(badly.contains(of_it), "{}: {badly}", self.folder);
    }
}

/// The files of a folder, not those below it.
fn copy_files(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let name = path.file_name().unwrap();
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Where a program is; `None`, with a word, where it is not.
fn installed(name: &str) -> Option<PathBuf> {
    let found = which(name).ok();
    let in_ci = env::var("CI").is_ok_and(|value| value == "true");
    assert!(found.is_some() || !in_ci, "there is no {name} here");
    if found.is_none() {
        note(format!("skipped: there is no {name} here"));
    }
    found
}

#[test]
fn python_by_unittest() {
    let Some(program) = installed("python3") else { return };
    let args = &["-m", "unittest", "test_fetch_unittest"];
    Runner { folder: "python", program, args }.tells_them_apart(
        "Ran 2 tests",
        "AssertionError: 1 != 3",
        "FAILED (failures=1)",
    );
}

/// `PYTEST` says which one.
#[test]
fn python_by_pytest() {
    let name = env::var("PYTEST").unwrap_or_else(|_| "pytest".to_owned());
    let Some(program) = installed(&name) else { return };
    let args = &["-p", "no:cacheprovider", "test_fetch.py"];
    Runner { folder: "python", program, args }.tells_them_apart(
        "2 passed",
        "assert 1 == 3",
        "1 failed, 1 passed",
    );
}

#[test]
fn node() {
    let Some(program) = installed("node") else { return };
    let args = &["--test", "--test-reporter=tap"];
    Runner { folder: "node", program, args }
        .tells_them_apart("# pass 2", "1 !== 3", "# pass 1");
}

#[test]
fn go() {
    let Some(program) = installed("go") else { return };
    let args = &["test", "-count=1", "./..."];
    Runner { folder: "go", program, args }.tells_them_apart(
        "ok",
        "the server saw {Requests:3 Duplicates:0 Peak:1}, not",
        "--- FAIL: TestThreeAreInFlightAtOnce",
    );
}
