//! How the tests start the program and read what it left.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use measurement::record::{Measured, Outcome, Trial};
use report::{PREDICTION, TRIALS};
use tempfile::TempDir;

/// The program.
pub(crate) const HARNESS: &str = env!("CARGO_BIN_EXE_harness");

/// The strategies of a usual run, in the order of the lessons.
pub(crate) const NAMES: [&str; 5] =
    ["sequential", "threads", "scoped-threads", "worker-pool", "async-tasks"];

/// The pair by hand, which runs where it is named.
pub(crate) const BY_HAND: [&str; 2] = ["pool-by-hand", "tasks-by-hand"];

/// After this long a test gives up instead of hanging for ever. No test that
/// passes comes near it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The program with these arguments, undisturbed by where the tests run.
pub(crate) fn harness(args: &[&str]) -> Command {
    let mut command = Command::new(HARNESS);
    command.args(args).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

/// The program behind a line of shell, in which `"$@"` starts it.
pub(crate) fn shell(script: &str, args: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh", HARNESS]).args(args);
    command.stdin(Stdio::null());
    command
}

/// What a program that has ended left.
#[derive(Debug)]
pub(crate) struct Done {
    /// Its exit code; none if a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Done {
    fn from(output: Output) -> Done {
        Done {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8 output"),
            err: String::from_utf8(output.stderr).expect("UTF-8 errors"),
        }
    }
}

/// Runs it to its end.
pub(crate) fn finish(mut command: Command) -> Done {
    command.output().expect("it starts").into()
}

/// Runs the program to its end.
pub(crate) fn run(args: &[&str]) -> Done {
    finish(harness(args))
}

/// The path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("a path of UTF-8")
}

/// The one report folder below `reports`.
pub(crate) fn only_folder(reports: &Path) -> PathBuf {
    let mut folders: Vec<PathBuf> = fs::read_dir(reports)
        .expect("there are reports")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| !path.is_symlink())
        .collect();
    let only = folders.pop().expect("there is a folder");
    assert!(folders.is_empty(), "one folder, but also {folders:?}");
    only
}

/// A page that is whole, and `latest` that leads to it. Its folder.
pub(crate) fn the_page_is_there(reports: &Path) -> PathBuf {
    let folder = only_folder(reports);
    let page = fs::read_to_string(reports.join("latest/index.html"));
    assert!(page.expect("a page at latest").ends_with("</html>\n"));
    let latest = fs::canonicalize(reports.join("latest"));
    assert_eq!(latest.unwrap(), fs::canonicalize(&folder).unwrap());
    assert_eq!(parts(reports), Vec::<PathBuf>::new());
    folder
}

/// The exit code of a run that ended by itself: 1 if a trial does not count.
/// One may be disturbed by whatever else the machine does.
pub(crate) fn code_of(trials: &[Trial]) -> Option<i32> {
    let all = trials.iter().all(|trial| trial.valid().is_some());
    Some(i32::from(!all))
}

/// The files below that were not written to their end.
pub(crate) fn parts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(parts(&path));
        } else if path.extension().is_some_and(|e| e == "part") {
            found.push(path);
        }
    }
    found
}

/// The records of a report folder, in their order.
pub(crate) fn trials(folder: &Path) -> Vec<Trial> {
    let text = fs::read_to_string(folder.join(TRIALS)).expect("readable");
    let read = |line| serde_json::from_str(line).expect("a record");
    text.lines().map(read).collect()
}

/// A copy of the sample of lesson 3, small and whole: `run.json`, six records
/// and a prediction.
pub(crate) fn sample() -> (TempDir, PathBuf) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../reports/sample/lessons/03");
    let place = TempDir::new().expect("a temporary folder");
    let folder = place.path().join("run");
    fs::create_dir(&folder).expect("made");
    for name in ["run.json", TRIALS, PREDICTION] {
        fs::copy(from.join(name), folder.join(name)).expect("copied");
    }
    (place, folder)
}

/// How many records a run that goes on has written so far; none if there is no
/// run yet.
pub(crate) fn written(reports: &Path) -> Option<usize> {
    let run = fs::read_dir(reports).ok()?.next()?.ok()?.path();
    let text = fs::read_to_string(run.join(TRIALS)).ok()?;
    Some(text.lines().count())
}

/// What was measured in a trial that did not fail.
pub(crate) fn measured(trial: &Trial) -> &Measured {
    match &trial.outcome {
        Outcome::Measured(measured) => measured,
        Outcome::Failed { reason } => panic!("trial failed: {reason}"),
    }
}

/// Asks again and again until there is an answer.
pub(crate) fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let limit = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < limit, "waited in vain until {what}");
        thread::yield_now();
    }
}

/// Reads to the end. A pipe that was handed on to children ends when the last
/// process that holds it has ended: this is how a test knows that none is
/// left.
pub(crate) fn read_to_end(mut pipe: impl Read + Send + 'static) -> String {
    let (text_tx, text_rx) = channel();
    thread::spawn(move || {
        let mut text = String::new();
        pipe.read_to_string(&mut text).expect("UTF-8");
        let _ = text_tx.send(text);
    });
    text_rx.recv_timeout(PATIENCE).expect("a process still holds the pipe")
}
