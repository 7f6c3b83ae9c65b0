use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::common::{finish, harness, only_folder, run, text};

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
    assert_eq!(done.code, Some(0), "{done:?}");
    let folder = only_folder(reports.path());
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
    let records: Vec<PathBuf> = contents(&folder).into_keys().collect();
    let trials = records.len() - 1;
    assert!(trials >= 2, "run.json and trials: {records:?}");

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
    let (_reports, folder) = report();
    for file in ["raw/00001.json", "run.json"] {
        let path = folder.join(file);
        let ours = fs::read_to_string(&path).unwrap();
        for (version, advice) in
            [("4711", "use a newer program"), ("1", "make the run again")]
        {
            let written = format!("\"schema_version\":{version}");
            let theirs = ours.replacen("\"schema_version\":2", &written, 1);
            assert!(ours != theirs);
            fs::write(&path, theirs).unwrap();
            let done = run(&["plot", text(&folder)]);
            assert_eq!(done.code, Some(2), "{done:?}");
            assert!(done.err.contains(file), "{}", done.err);
            let named = format!("schema version {version},");
            assert!(done.err.contains(&named), "{}", done.err);
            assert!(done.err.contains("reads version 2"), "{}", done.err);
            assert!(done.err.contains(advice), "{}", done.err);
        }
        fs::write(&path, ours).unwrap();
    }
}

#[test]
fn names_a_record_that_is_broken_and_leaves_the_page_alone() {
    let (_reports, folder) = report();
    let page = fs::read(folder.join("index.html")).unwrap();
    let path = folder.join("raw/00001.json");
    let whole = fs::read(&path).unwrap();
    let not_utf8 = b"\xff\xfe".to_vec();
    for broken in [&whole[..whole.len() / 2], b"{}", b"", &not_utf8] {
        fs::write(&path, broken).unwrap();
        let done = run(&["plot", text(&folder)]);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.err.contains("raw/00001.json"), "{}", done.err);
        assert!(!done.err.contains("panicked"), "{}", done.err);
    }
    assert_eq!(fs::read(folder.join("index.html")).unwrap(), page);
    // What the message advises is the way out.
    fs::write(&path, &whole[..10]).unwrap();
    let done = run(&["plot", text(&folder)]);
    assert!(done.err.contains("take it out of the folder"), "{}", done.err);
    fs::remove_file(&path).unwrap();
    assert_eq!(run(&["plot", text(&folder)]).code, Some(0));
}
