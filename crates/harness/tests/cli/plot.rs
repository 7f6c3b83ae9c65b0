use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use report::TRIALS;
use tempfile::TempDir;

use crate::common::{HARNESS, finish, harness, only_folder, run, sample, text};

/// A report with every chart, as quickly as one is to be had.
fn report() -> (TempDir, PathBuf) {
    let reports = TempDir::new().unwrap();
    let mut command = harness(&[
        "run",
        "--preset",
        "smoke",
        "--only",
        "threads",
        "--reports",
        text(reports.path()),
    ]);
    // No Python, no second spent on it.
    command.env("PATH", "");
    let done = finish(command);
    // On a busy machine a trial may not count. It is drawn all the same.
    assert!(matches!(done.code, Some(0 | 1)), "{done:?}");
    let folder = only_folder(reports.path());
    assert!(folder.join("index.html").is_file(), "{done:?}");
    (reports, folder)
}

/// Every file below `folder`, by its path.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(contents(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            files.insert(path, bytes);
        }
    }
    files
}

#[test]
fn draws_the_same_again_byte_for_byte() {
    let (_reports, folder) = report();
    let before = contents(&folder);
    for drawn in ["charts", "tables"] {
        fs::remove_dir_all(folder.join(drawn)).unwrap();
    }
    for drawn in ["index.html", "index.md", "summary.json"] {
        fs::remove_file(folder.join(drawn)).unwrap();
    }
    let kept: Vec<PathBuf> = contents(&folder).into_keys().collect();
    assert_eq!(kept, ["run.json", TRIALS].map(|name| folder.join(name)));

    let done = run(&["plot", text(&folder)]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{done:?}");
    assert!(done.out.contains("index.html"));
    let after = contents(&folder);
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>()
    );
    for (path, bytes) in &before {
        assert!(after[path] == *bytes, "{} differs", path.display());
    }
}

#[test]
fn refuses_what_is_no_report_folder() {
    let empty = TempDir::new().unwrap();
    for path in [empty.path(), &empty.path().join("nowhere")] {
        let done = run(&["plot", text(path)]);
        assert_eq!(done.code, Some(2), "{done:?}");
        assert!(done.err.contains("is not a report folder"), "{}", done.err);
        assert!(done.err.contains("such as reports/latest"), "{}", done.err);
    }
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0);
}

#[test]
fn refuses_what_another_version_wrote() {
    let (_place, folder) = sample();
    for file in [TRIALS, "run.json"] {
        let path = folder.join(file);
        let ours = fs::read_to_string(&path).unwrap();
        let again = "make the run again";
        for (version, advice) in
            [("4711", "use a newer program"), ("4", again), ("2", again)]
        {
            let written = format!("\"schema_version\":{version}");
            let theirs = ours.replacen("\"schema_version\":5", &written, 1);
            assert!(ours != theirs);
            fs::write(&path, theirs).unwrap();
            let done = run(&["plot", text(&folder)]);
            assert_eq!(done.code, Some(2), "{done:?}");
            assert!(done.err.contains(file), "{}", done.err);
            let named = format!("schema version {version},");
            assert!(done.err.contains(&named), "{}", done.err);
            assert!(done.err.contains("reads version 5"), "{}", done.err);
            assert!(done.err.contains(advice), "{}", done.err);
            assert_eq!(done.err.lines().count(), 1, "{}", done.err);
        }
        fs::write(&path, ours).unwrap();
    }
}

/// A folder with a file for each trial, as it was before.
#[test]
fn refuses_an_older_folder_in_one_line() {
    let (_place, folder) = sample();
    let run_json = fs::read_to_string(folder.join("run.json")).unwrap();
    let older = run_json.replacen(":5", ":2", 1);
    fs::write(folder.join("run.json"), older).unwrap();
    fs::create_dir(folder.join("raw")).unwrap();
    let record = folder.join("raw/00000.json");
    fs::rename(folder.join(TRIALS), record).unwrap();
    let done = run(&["plot", text(&folder)]);
    assert_eq!((done.code, done.out.as_str()), (Some(2), ""), "{done:?}");
    assert_eq!(done.err.lines().count(), 1, "{}", done.err);
    assert!(done.err.contains("run.json has schema version 2"));
    assert!(done.err.contains("make the run again"));
    assert!(!folder.join("index.html").exists());
}

/// Takes away all but the record and draws again: the same is there.
fn is_drawn_again(folder: &Path, record: &str) {
    let before = contents(folder);
    for path in before.keys().filter(|path| !path.ends_with(record)) {
        fs::remove_file(path).unwrap();
    }
    let done = run(&["plot", text(folder)]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{done:?}");
    assert!(done.out.contains(record), "{}", done.out);
    assert!(contents(folder) == before, "{done:?}");
}

/// What is not of this version, or of no exam, is refused in one line.
fn is_refused(folder: &Path, record: &str, from: &str, to: &str, why: &str) {
    let path = folder.join(record);
    let ours = fs::read_to_string(&path).unwrap();
    let theirs = ours.replacen(from, to, 1);
    assert!(ours != theirs, "{from}");
    fs::write(&path, theirs).unwrap();
    let done = run(&["plot", text(folder)]);
    assert_ne!(done.code, Some(0), "{done:?}");
    assert!(done.err.contains(why), "{}", done.err);
    assert_eq!(done.err.lines().count(), 1, "{}", done.err);
    fs::write(&path, ours).unwrap();
}

#[test]
fn draws_an_exam_again() {
    let reports = TempDir::new().unwrap();
    let scenes = ["--scene", "plain,reset", "--reports", text(reports.path())];
    let program = ["--", HARNESS, "ping", "-f", "{urls}"];
    let done = run(&[&["exam"], &scenes[..], &program].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    let folder = only_folder(reports.path());
    is_drawn_again(&folder, "exam.json");
    let refused = |from, to, why| {
        is_refused(&folder, "exam.json", from, to, why);
    };
    refused("_version\":2", "_version\":1", "make the run again");
    refused("_version\":2", "_version\":3", "use a newer program");
    refused("\"urls\":24", "\"urls\":9007199254740993", "`urls` is 90071");
    refused("\"handed\"", "\"hand\"", "not ours");
}

#[test]
fn draws_a_run_with_peers_again() {
    let committed =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../reports/sample/peers");
    let place = TempDir::new().unwrap();
    fs::create_dir(place.path().join("charts")).unwrap();
    for path in contents(Path::new(committed)).keys() {
        let inside = path.strip_prefix(committed).unwrap();
        fs::copy(path, place.path().join(inside)).unwrap();
    }
    is_drawn_again(place.path(), "peers.json");
    let (from, to) = ("_version\":1", "_version\":2");
    is_refused(place.path(), "peers.json", from, to, "use a newer program");
}
