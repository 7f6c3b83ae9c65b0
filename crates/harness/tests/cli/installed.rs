//! The program away from its checkout, as `cargo install` leaves it: in an empty
//! folder, without a cargo around it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{Done, HARNESS, finish, the_page_is_there};

/// A copy of it, and the folder where it is used.
struct Installed {
    folder: TempDir,
    program: PathBuf,
}

impl Installed {
    fn new() -> Installed {
        let folder = TempDir::new().unwrap();
        let program = folder.path().join("bin/harness");
        fs::create_dir(folder.path().join("bin")).unwrap();
        fs::create_dir(folder.path().join("elsewhere")).unwrap();
        fs::copy(HARNESS, &program).unwrap();
        Installed { folder, program }
    }

    fn elsewhere(&self) -> PathBuf {
        self.folder.path().join("elsewhere")
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.args(words.split_whitespace()).stdin(Stdio::null());
        command.current_dir(self.elsewhere()).env("NO_COLOR", "1");
        let cargo = |name: &str| name.starts_with("CARGO");
        for (name, _) in std::env::vars().filter(|(name, _)| cargo(name)) {
            command.env_remove(name);
        }
        command
    }

    /// It does it.
    fn does(&self, words: &str) -> Done {
        let done = self.tells(words);
        assert_eq!(done.code, Some(0), "{words}: {done:?}");
        done
    }

    /// It gets to its end, where 1 says that a trial does not count, and names
    /// no command that works in a checkout only.
    fn tells(&self, words: &str) -> Done {
        let done = finish(self.command(words));
        assert!(matches!(done.code, Some(0 | 1)), "{words}: {done:?}");
        let all = format!("{}{}", done.out, done.err);
        assert!(!all.contains("cargo run"), "{words}: {all}");
        done
    }
}

/// Nothing that was a path when it was built is in it.
#[test]
fn it_does_not_know_where_it_was_built() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    let root = root.unwrap().to_str().unwrap().as_bytes();
    let program = fs::read(HARNESS).unwrap();
    let known = program.windows(root.len()).position(|part| part == root);
    let around = |at: usize| {
        let end = program.len().min(at + 160);
        String::from_utf8_lossy(&program[at..end]).into_owned()
    };
    assert_eq!(known.map(around), None);
}

#[test]
fn it_measures_draws_and_tells_in_any_folder() {
    let it = Installed::new();
    let own = "--only worker-pool -c 2 --delay 5ms -n 4 --rounds 1";
    it.tells(&format!("run {own}"));
    let folder = the_page_is_there(&it.elsewhere().join("reports"));
    let page = fs::read_to_string(folder.join("index.md")).unwrap();
    assert!(page.contains(&format!("`harness run {}", &own[..18])), "{page}");
    assert!(page.contains("`harness plot DIR`"), "{page}");
    let html = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(!html.contains("cargo run") && !page.contains("cargo run"));
    it.tells("plot reports/latest");
    it.does("compare reports/latest reports/latest");
    it.does("doctor");
    it.does("list");
    it.does("predict 1 1s 1ms");
    it.does("--help");
    it.does("run --help");
}

#[test]
fn it_serves_pings_and_witnesses_in_any_folder() {
    let it = Installed::new();
    let mut serving = it
        .command("serve --output-format json --end-with-stdin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let out = serving.stdout.take().unwrap();
    BufReader::new(out).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let url = format!("{}/200", ready["url"].as_str().unwrap());
    let done = it.does(&format!("ping -n 3 {url}"));
    assert!(done.out.contains("3 × 200"), "{}", done.out);
    drop(serving.stdin.take());
    assert_eq!(serving.wait().unwrap().code(), Some(0));
    let program = it.program.display();
    let done = it.does(&format!("witness -c 1 -- {program} ping {{url}}"));
    assert!(done.out.contains("1 request"), "{}", done.out);
}

/// What needs the repository says so in one line, and where it is; a lesson
/// does the rest of it.
#[test]
fn what_needs_the_repository_says_so() {
    let it = Installed::new();
    for words in ["check 2", "lesson 2 --trap", "lesson 2 --trap join_in_loop"]
    {
        let done = finish(it.command(words));
        assert_eq!((done.code, done.out.as_str()), (Some(2), ""), "{words}");
        assert_eq!(done.err.lines().count(), 1, "{}", done.err);
        assert!(done.err.contains("clone the repository"), "{}", done.err);
    }
    let done = it.tells("lesson 1 --skip");
    let words: Vec<&str> = done.out.split_whitespace().collect();
    let all = words.join(" ");
    assert!(all.contains("are in the repository"), "{all}");
    assert!(all.contains("Next: harness lesson 2"), "{all}");
}
