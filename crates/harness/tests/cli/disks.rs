//! Disks that are full, limits of files, and what is not ours.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use measurement::record::Trial;
use tempfile::TempDir;

use crate::common::{
    Done, code_of, finish, only_folder, parts, run, shell, text, trials,
};

/// A run of few trials.
fn smoke(reports: &str) -> Vec<&str> {
    let words = "run -c 2 -n 2 --delay 1ms --rounds 1 --only threads --reports";
    words.split(' ').chain([reports]).collect()
}

/// Files may not grow beyond so many blocks: from none at all to charts that
/// just do not fit. The signal that comes with it ends nobody.
#[test]
fn a_limit_of_files_is_an_error_that_says_so() {
    for blocks in ["0", "1", "4", "16", "30"] {
        let reports = TempDir::new().unwrap();
        let script = format!("ulimit -f {blocks}; exec \"$@\"");
        let done = finish(shell(&script, &smoke(text(reports.path()))));
        assert_eq!(done.code, Some(1), "{blocks}: {done:?}");
        let told = done.err.contains("File too large");
        assert!(told, "{blocks}: {done:?}");
        assert!(parts(reports.path()).is_empty(), "{blocks}");
        // A page that is not there is not the latest.
        let latest = fs::read_link(reports.path().join("latest"));
        assert!(latest.is_err(), "{blocks}: {latest:?}");
    }
}

/// A disk of so many KiB, which only this test and its program see.
fn on_a_disk_of(kib: u32) -> Option<Done> {
    let folder = TempDir::new().unwrap();
    let disk = text(folder.path());
    let script = format!(
        "mount -t tmpfs -o size={kib}k none {disk} || exit 42
         \"$@\"; code=$?
         find {disk} -name '*.part' -o -name latest ! -type l
         exit $code"
    );
    let inner = ["unshare", "--mount", "sh", "-c", &script, "sh"];
    let args = smoke(disk);
    let words: Vec<&str> = inner
        .iter()
        .copied()
        .chain([crate::common::HARNESS])
        .chain(args)
        .collect();
    let mut command = std::process::Command::new(words[0]);
    command.args(&words[1..]);
    let done: Done = command.output().ok()?.into();
    let permitted = done.code != Some(42)
        && !done.err.contains("unshare failed")
        && !done.err.contains("Operation not permitted");
    permitted.then_some(done)
}

#[test]
fn a_disk_that_fills_up_is_an_error_that_says_so() {
    for kib in [4, 16, 32, 64, 96] {
        let Some(done) = on_a_disk_of(kib) else {
            eprintln!("skipped: nobody may mount a disk here");
            return;
        };
        assert_eq!(done.code, Some(1), "{kib}: {done:?}");
        let told = done.err.contains("No space left on device");
        assert!(told, "{kib}: {done:?}");
        assert!(!done.out.contains(".part"), "{kib}: {done:?}");
    }
}

/// What stands in the place of `latest`, and whether it may go.
type Latest = (&'static str, fn(&Path), bool);

/// A link that our runs have made leads to a run beside it, which may have been
/// removed; all else is somebody's.
const LATEST: [Latest; 10] = [
    (
        "a run",
        |link| {
            let run = link.with_file_name("run");
            fs::create_dir(&run).unwrap();
            fs::write(run.join("run.json"), "{}").unwrap();
            symlink("run", link).unwrap();
        },
        true,
    ),
    ("a run that is gone", |link| symlink("gone", link).unwrap(), true),
    ("a file", |link| fs::write(link, "mine").unwrap(), false),
    ("a folder", |link| fs::create_dir(link).unwrap(), false),
    (
        "a folder that is no run",
        |link| {
            fs::create_dir(link.with_file_name("mine")).unwrap();
            symlink("mine", link).unwrap();
        },
        false,
    ),
    ("itself", |link| symlink("latest", link).unwrap(), false),
    ("here", |link| symlink(".", link).unwrap(), false),
    ("a device", |link| symlink("/dev/null", link).unwrap(), false),
    ("nowhere", |link| symlink("/nowhere/run", link).unwrap(), false),
    ("above", |link| symlink("../gone", link).unwrap(), false),
];

#[test]
fn latest_is_replaced_only_where_a_run_of_ours_made_it() {
    for (what, make, ours) in LATEST {
        let place = TempDir::new().unwrap();
        let reports = place.path().join("reports");
        fs::create_dir(&reports).unwrap();
        let latest = reports.join("latest");
        make(&latest);
        let led = fs::read_link(&latest).ok();
        let done = run(&smoke(text(&reports)));
        let trials = trials_of_the_page(&reports);
        assert_eq!(done.code, code_of(&trials), "{what}: {done:?}");
        if ours {
            assert_eq!(done.err, "", "{what}");
            assert!(latest.join("index.html").is_file(), "{what}");
            continue;
        }
        assert_eq!(done.err.lines().count(), 1, "{what}: {}", done.err);
        let told = "so it was left as it is";
        assert!(done.err.contains(told), "{what}: {}", done.err);
        assert_eq!(fs::read_link(&latest).ok(), led, "{what}");
        if what == "a file" {
            assert_eq!(fs::read_to_string(&latest).unwrap(), "mine");
        }
    }
}

/// Those of the one run below that has drawn a page.
fn trials_of_the_page(reports: &Path) -> Vec<Trial> {
    let folders = fs::read_dir(reports).unwrap().map(|e| e.unwrap().path());
    let mut drawn = folders
        .filter(|path| !path.is_symlink() && path.join("index.html").is_file());
    trials(&drawn.next().expect("a page"))
}

#[test]
fn a_place_for_reports_that_is_none_is_said_before_anything_is_measured() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let round = folder.path().join("round");
    symlink("round", &round).unwrap();
    for place in [file.clone(), file.join("below"), round, "/proc".into()] {
        let done = run(&smoke(text(&place)));
        assert_eq!(done.code, Some(2), "{place:?}: {done:?}");
        assert!(done.err.contains("--reports DIR"), "{}", done.err);
        assert_eq!(done.out, "");
    }
    assert_eq!(fs::read_to_string(file).unwrap(), "");
}

#[test]
fn a_second_run_moves_latest_on() {
    let reports = TempDir::new().unwrap();
    let args = smoke(text(reports.path()));
    run(&args);
    let first = only_folder(reports.path());
    run(&args);
    let latest = fs::canonicalize(reports.path().join("latest")).unwrap();
    assert_ne!(latest, fs::canonicalize(first).unwrap());
}
