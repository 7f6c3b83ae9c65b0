//! What is committed of the sample is what the program draws of its records
//! today.

use std::fs;
use std::path::{Path, PathBuf};

use harness::terminal::{folded_table, table};
use measurement::course::LESSONS;
use report::{Folder, PREDICTION, TRIALS, draw};

use crate::figures::assert_one_figure_for_one_thing;
use crate::{files, name, read, root};

fn sample() -> PathBuf {
    root().join("reports/sample")
}

/// Draws the records of a folder again, elsewhere.
pub(crate) fn drawn_again(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for name in ["run.json", TRIALS, PREDICTION] {
        let file = folder.join(name);
        // Only the lessons have a prediction.
        if name != PREDICTION || file.is_file() {
            fs::copy(file, copy.path().join(name)).unwrap();
        }
    }
    let (folder, run) = Folder::open(copy.path()).unwrap();
    draw(&folder, &run).unwrap();
    copy
}

pub(crate) fn assert_current(drawn: &Path, committed: &Path) {
    assert!(
        read(drawn) == read(committed),
        "{} is stale; run `harness plot` on its folder",
        committed.display()
    );
}

#[test]
fn the_run_is_drawn_as_the_program_draws_today() {
    let copy = drawn_again(&sample());
    for ending in [".svg", ".html", ".md", ".csv", ".json"] {
        for drawn in files(copy.path(), ending) {
            let name = drawn.strip_prefix(copy.path()).unwrap();
            // Too large to be committed; `harness plot` writes it again.
            if name != Path::new("tables/requests.csv") {
                assert_current(&drawn, &sample().join(name));
            }
        }
    }
}

#[test]
fn the_lessons_are_drawn_as_the_program_draws_today() {
    for lesson in LESSONS {
        let folder = format!("lessons/{:02}", lesson.number);
        let folder = sample().join(folder);
        let copy = drawn_again(&folder);
        for file in [
            "summary.json",
            "charts/lesson-light.svg",
            "charts/lesson-dark.svg",
        ] {
            assert_current(&copy.path().join(file), &folder.join(file));
        }
    }
}

#[test]
fn one_thing_has_one_figure() {
    assert_one_figure_for_one_thing(drawn_again(&sample()).path());
}

/// A twin shows what noise is, and is drawn in no waterfall.
#[test]
fn no_twin_is_the_trial_that_is_drawn() {
    let (folder, run) = Folder::open(&sample()).unwrap();
    let (trials, summary) = report::read(&folder, &run).unwrap();
    assert!(trials.iter().any(|trial| trial.aa_twin));
    for row in summary.batches.iter().flat_map(|batch| &batch.rows) {
        let drawn = trials.iter().find(|t| Some(t.trial) == row.median_trial);
        assert!(drawn.is_some_and(|trial| !trial.aa_twin), "{}", row.strategy);
    }
}

/// The page of a run is to be looked at in a clone, and not to be waited for.
#[test]
fn the_sample_is_small() {
    let size = |folder: &Path| -> u64 {
        let files = files(folder, "");
        let files = files.iter().filter(|file| name(file) != "requests.csv");
        files.map(|file| fs::metadata(file).unwrap().len()).sum()
    };
    let lessons = size(&sample().join("lessons"));
    let clients = size(&sample().join("clients"));
    let peers = size(&sample().join("peers"));
    let capacity = size(&sample().join("capacity"));
    let machines = size(&sample().join("machines"));
    let parts = lessons + clients + peers + capacity + machines;
    let run = size(&sample()) - parts;
    assert!(run < 7_000_000, "the run has {run} bytes");
    assert!(lessons < 3_000_000, "the lessons have {lessons} bytes");
    assert!(clients < 2_500_000, "the clients have {clients} bytes");
    assert!(peers < 400_000, "the peers have {peers} bytes");
    assert!(machines < 300_000, "the machines have {machines} bytes");
    assert!(capacity < 4_000_000, "that of capacity has {capacity} bytes");
}

/// On a terminal of 80 columns, indented by two: what has no room is on the
/// page, or continued below.
#[test]
fn the_tables_fit_a_terminal() {
    let widest = |lines: &[String]| {
        let wide = lines.iter().map(|line| line.chars().count());
        wide.max().unwrap_or_default()
    };
    let summary = crate::documents::sample_summary();
    assert!(!summary.batches.is_empty());
    for batch in &summary.batches {
        let lines: Vec<String> =
            table(batch).lines().map(str::to_owned).collect();
        assert!(widest(&lines) <= 78, "{lines:#?}");
        assert_eq!(lines.len(), batch.rows.len() + 1, "{lines:#?}");
        assert!(lines[0].contains("makespan"), "{lines:#?}");
    }
    // As many levels as a full run has.
    let mut header = vec!["strategy".to_owned()];
    header.extend((1..=11).map(|power| (1 << power).to_string()));
    let rows: Vec<Vec<String>> = (0..3)
        .map(|_| {
            let name = "worker pool, GET by hand".to_owned();
            let levels = (1..=11).map(|level| format!("{level}234.5×"));
            std::iter::once(name).chain(levels).collect()
        })
        .collect();
    let lines = folded_table(&header, &rows);
    assert!(widest(&lines) <= 78, "{lines:#?}");
    let text = lines.join("\n");
    for cell in header.iter().chain(&rows[0]) {
        assert!(text.contains(cell), "{cell} in {text}");
    }
}
