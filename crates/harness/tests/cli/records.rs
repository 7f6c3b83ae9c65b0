//! Records that are not what the run wrote: each is named, and nothing is
//! drawn of what is left. A kill alone leaves something that is not whole.

use std::fs;
use std::path::Path;

use report::{PREDICTION, TRIALS};
use serde_json::Value;

use crate::common::{Done, run, sample, text, trials};

/// The lines of the records, each with its end.
fn lines(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join(TRIALS)).unwrap();
    text.split_inclusive('\n').map(str::to_owned).collect()
}

fn plot(folder: &Path) -> Done {
    run(&["plot", text(folder)])
}

/// Writes these records, and plots.
fn plotted(folder: &Path, records: &str) -> Done {
    fs::write(folder.join(TRIALS), records).unwrap();
    plot(folder)
}

/// Plots these records, which are refused with these words.
fn refused(folder: &Path, records: &str, words: &[&str]) {
    let done = plotted(folder, records);
    assert_eq!((done.code, done.out.as_str()), (Some(1), ""), "{done:?}");
    assert!(!done.err.contains("panicked"), "{}", done.err);
    assert_eq!(done.err.lines().count(), 1, "{}", done.err);
    for word in words.iter().chain(&[TRIALS, "make the run again"]) {
        assert!(done.err.contains(word), "{word}: {}", done.err);
    }
    assert!(!folder.join("index.html").exists());
}

/// A run that was killed has not said how it ended.
fn kill(folder: &Path) {
    let path = folder.join("run.json");
    let run = fs::read_to_string(&path).unwrap();
    let end = r#""end":{"how":"finished","trials":6}"#;
    assert!(run.contains(end), "{run}");
    fs::write(path, run.replacen(end, r#""end":null"#, 1)).unwrap();
}

#[test]
fn a_record_that_is_missing_is_named() {
    let (_place, folder) = sample();
    let whole = lines(&folder);
    for missing in 0..whole.len() {
        let mut left = whole.clone();
        left.remove(missing);
        let named = format!("trial {missing} is missing");
        refused(&folder, &left.concat(), &[&named, "wrote 6 trials"]);
    }
    refused(&folder, "", &["trial 0 is missing"]);
    fs::remove_file(folder.join(TRIALS)).unwrap();
    let done = plot(&folder);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.err.contains("there is no "), "{}", done.err);
}

/// Of a killed run nobody knows how many there were, but a gap is one.
#[test]
fn a_gap_is_named_in_a_killed_run_too() {
    let (_place, folder) = sample();
    let whole = lines(&folder);
    kill(&folder);
    for missing in 0..whole.len() - 1 {
        let mut left = whole.clone();
        left.remove(missing);
        let named = format!("trial {missing} is missing");
        refused(&folder, &left.concat(), &[&named]);
    }
}

#[test]
fn a_record_that_stands_twice_is_named() {
    let (_place, folder) = sample();
    let whole = lines(&folder);
    for copied in 0..whole.len() {
        for place in 0..=whole.len() {
            let mut more = whole.clone();
            more.insert(place, whole[copied].clone());
            let named = format!("trial {copied} stands twice");
            refused(&folder, &more.concat(), &[&named, "line "]);
        }
    }
}

#[test]
fn a_record_of_another_run_is_named() {
    let (_place, folder) = sample();
    let mut whole = lines(&folder);
    let run = trials(&folder)[0].run_id.clone();
    whole[2] = whole[2].replace(&run, "20260102T030405Z-beef");
    let named = "line 3: trial 2 belongs to another run";
    refused(&folder, &whole.concat(), &[named]);
    let more = lines(&folder)[5].replace("\"trial\":5", "\"trial\":6");
    whole = lines(&folder);
    whole[2] = whole[2].replace("20260102T030405Z-beef", &run);
    whole.push(more);
    let named = "trial 6 is none of this run";
    refused(&folder, &whole.concat(), &[named, "wrote 6 trials"]);
}

#[test]
fn a_damaged_record_is_named() {
    let (_place, folder) = sample();
    let whole = lines(&folder);
    let half = |line: &str| format!("{}\n", &line[..line.len() / 2]);
    let number = whole[0].replace("\"level\":", "\"level\":1e308,\"x\":");
    let deep = format!("{}\n", "[".repeat(100_000));
    let long = format!("\"{}\"\n", "x".repeat(2 << 20));
    let twice = whole[0].replace("\"trial\":", "\"trial\":7,\"trial\":");
    let broken = [
        half(&whole[0]),
        "\n".to_owned(),
        "{}\n".to_owned(),
        "null\n".to_owned(),
        "\0\0\0\0\n".to_owned(),
        number,
        deep,
        long,
        twice,
    ];
    for (place, line) in (0..whole.len()).cycle().zip(broken) {
        let mut damaged = whole.clone();
        damaged[place] = line;
        let named = format!("line {}: ", place + 1);
        refused(&folder, &damaged.concat(), &[&named]);
    }
    // Not even text.
    let mut bytes = whole.concat().into_bytes();
    bytes[2] = 0xff;
    fs::write(folder.join(TRIALS), bytes).unwrap();
    assert!(plot(&folder).err.contains("line 1: "));
}

/// What the walk over all fields of a record refuses, told by the program; and
/// what other files of the folder say otherwise.
#[test]
fn a_contradiction_is_named_by_trial_and_field() {
    let (_place, folder) = sample();
    let whole = lines(&folder);
    let change = |change: fn(&mut Value)| {
        let mut record = serde_json::from_str(&whole[3]).unwrap();
        change(&mut record);
        let mut changed = whole.clone();
        changed[3] = format!("{record}\n");
        changed.concat()
    };
    let shorter = change(|record| {
        let samples = &mut record["outcome"]["measured"]["samples"];
        samples["status"].as_array_mut().unwrap().pop();
    });
    refused(&folder, &shorter, &["trial 3: `samples.status` has "]);
    let stranger = change(|record| record["spec"]["strategy"] = "x".into());
    refused(&folder, &stranger, &["trial 3: `spec.strategy` is none of"]);
    let round = change(|record| record["round"] = 2.into());
    refused(&folder, &round, &["trial 3: `order` 1 of round 2"]);

    fs::write(folder.join(TRIALS), whole.concat()).unwrap();
    let predicted = fs::read_to_string(folder.join(PREDICTION)).unwrap();
    for (name, old, new, words) in [
        ("run.json", "\"lesson\":3", "\"lesson\":99", "`lesson` is 99"),
        ("run.json", "\"lesson\":3", "\"lesson\":null", "trial 0: `act`"),
        ("run.json", "\"seed\":", "\"seed\":1", "trial 0: `spec.nonce`"),
        (PREDICTION, "\"lesson\":3", "\"lesson\":4", "`lesson` is 4"),
        (PREDICTION, "\"answers\":[", "\"answers\":[1,", "`answers` has"),
    ] {
        let path = folder.join(name);
        let old_text = fs::read_to_string(&path).unwrap();
        let new_text = old_text.replacen(old, new, 1);
        assert!(new_text != old_text, "{old}: {old_text}");
        if name == "run.json" {
            let _ = fs::remove_file(folder.join(PREDICTION));
        }
        fs::write(&path, new_text).unwrap();
        let done = plot(&folder);
        assert_eq!(done.code, Some(1), "{new}: {done:?}");
        assert!(done.err.contains(words), "{words}: {}", done.err);
        assert_eq!(done.err.lines().count(), 1, "{}", done.err);
        assert!(!folder.join("index.html").exists());
        fs::write(&path, old_text).unwrap();
        fs::write(folder.join(PREDICTION), &predicted).unwrap();
    }
}

#[test]
fn the_order_of_the_lines_does_not_matter() {
    let (_place, folder) = sample();
    let mut whole = lines(&folder);
    assert_eq!(plot(&folder).code, Some(0));
    let page = fs::read(folder.join("index.html")).unwrap();
    whole.reverse();
    assert_eq!(plotted(&folder, &whole.concat()).code, Some(0));
    assert!(fs::read(folder.join("index.html")).unwrap() == page);
}

#[test]
fn a_torn_last_line_is_told_and_left_out() {
    let (_place, folder) = sample();
    kill(&folder);
    let whole = lines(&folder);
    let (last, before) = whole.split_last().unwrap();
    let before = before.concat();
    for length in [1, 2, 20, last.len() / 2, last.len() - 2] {
        let torn = format!("{before}{}", &last[..length]);
        let done = plotted(&folder, &torn);
        assert_eq!(done.code, Some(0), "{done:?}");
        let told = "last line of trials.jsonl, which is trial 5, was cut off";
        assert!(done.err.contains(told), "{}", done.err);
        for page in ["index.html", "index.md"] {
            let page = fs::read_to_string(folder.join(page)).unwrap();
            assert!(page.contains(told), "{page}");
            assert!(page.contains("all 5 trials count"));
        }
    }
    // All of it but its end is all of it.
    let done = plotted(&folder, whole.concat().trim_end());
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    let page = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(page.contains("all 6 trials count"));
    assert!(page.contains("it was killed, or still goes on"), "{page}");
}

/// It came to its end, so nothing of it may be cut off.
#[test]
fn a_torn_last_line_of_a_run_that_ended_is_refused() {
    let (_place, folder) = sample();
    let whole = lines(&folder).concat();
    let torn = &whole[..whole.len() - 9];
    refused(&folder, torn, &["trial 5 is cut short", "wrote 6 trials"]);
}

#[test]
fn a_run_that_was_stopped_says_so() {
    let (_place, folder) = sample();
    let path = folder.join("run.json");
    let run = fs::read_to_string(&path).unwrap();
    for (how, words) in [
        ("stopped", "The run was stopped after 6 trials"),
        ("broken", "The run could not go on after 6 trials"),
    ] {
        fs::write(&path, run.replacen("finished", how, 1)).unwrap();
        assert_eq!(plot(&folder).code, Some(0));
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        assert!(page.contains(words), "{page}");
        let summary = fs::read_to_string(folder.join("summary.json")).unwrap();
        assert!(summary.contains(how), "{summary}");
    }
}

#[cfg(target_os = "linux")]
mod while_it_runs {
    use nix::sys::signal::Signal;
    use tempfile::TempDir;

    use super::{Path, TRIALS, fs, lines, plot};
    use crate::common::{only_folder, text, until, written};
    use crate::processes::Running;

    /// Three trials of two seconds each, of which one is written.
    fn begun(reports: &TempDir) -> Running {
        let running = Running::start(&[
            "run",
            "-c",
            "2",
            "-n",
            "2",
            "--delay",
            "2s",
            "--rounds",
            "1",
            "--only",
            "threads,worker-pool",
            "--reports",
            text(reports.path()),
        ]);
        until("a trial is written", || {
            (written(reports.path())? == 1).then_some(())
        });
        running
    }

    /// Changes the file in the two seconds in which the second trial waits.
    fn refused_at_its_end(
        change: impl FnOnce(&mut Vec<String>),
        words: &[&str],
    ) {
        let reports = TempDir::new().unwrap();
        let running = begun(&reports);
        let folder = only_folder(reports.path());
        let mut records = lines(&folder);
        change(&mut records);
        fs::write(folder.join(TRIALS), records.concat()).unwrap();
        let done = running.end();
        assert_eq!(done.code, Some(1), "{done:?}");
        for word in words.iter().chain(&["wrote 3 trials"]) {
            assert!(done.err.contains(word), "{word}: {}", done.err);
        }
        assert!(!folder.join("index.html").exists());
        let again = plot(&folder);
        assert_eq!(again.code, Some(1), "{again:?}");
    }

    #[test]
    fn a_record_that_is_taken_out_is_missed_at_the_end() {
        refused_at_its_end(Vec::clear, &["trial 0 is missing"]);
    }

    #[test]
    fn a_record_that_is_copied_does_not_count_twice() {
        let copy = |records: &mut Vec<String>| {
            records.push(records[0].clone());
        };
        refused_at_its_end(copy, &["trial 0 stands twice"]);
    }

    #[test]
    fn a_record_that_is_damaged_is_named() {
        let damage = |records: &mut Vec<String>| {
            records[0] = "{}\n".to_owned();
        };
        refused_at_its_end(damage, &["trial 0 is not what was written"]);
    }

    /// Whatever takes the records away, the next trial is the last one.
    #[test]
    fn a_run_whose_records_are_gone_stops() {
        let ways: [fn(&Path, &Path); 5] = [
            |reports, _| fs::remove_dir_all(reports).unwrap(),
            |_, folder| fs::remove_dir_all(folder).unwrap(),
            |_, folder| fs::remove_file(folder.join(TRIALS)).unwrap(),
            |_, folder| {
                fs::rename(folder, folder.with_extension("moved")).unwrap();
            },
            |_, folder| {
                let path = folder.join(TRIALS);
                let text = fs::read(&path).unwrap();
                fs::remove_file(&path).unwrap();
                fs::write(&path, text).unwrap();
            },
        ];
        for (number, take_away) in ways.into_iter().enumerate() {
            let reports = TempDir::new().unwrap();
            let running = begun(&reports);
            let folder = only_folder(reports.path());
            take_away(reports.path(), &folder);
            let done = running.end();
            assert_eq!(done.code, Some(1), "{number}: {done:?}");
            let told = "removed or replaced after 1 trials";
            assert!(done.err.contains(told), "{number}: {}", done.err);
            // What is the same in another file is as good.
            let whole = folder.join(TRIALS).is_file();
            let latest = reports.path().join("latest");
            assert_eq!(latest.exists(), whole, "{number}");
        }
    }

    #[test]
    fn a_run_that_is_killed_has_what_it_wrote() {
        let reports = TempDir::new().unwrap();
        let running = begun(&reports);
        running.signal(Signal::SIGKILL);
        assert_eq!(running.end().code, None);
        let folder = only_folder(reports.path());
        let trials = lines(&folder).len();
        let done = plot(&folder);
        assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{done:?}");
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        assert!(page.contains(&format!("it has left {trials} trials so far")));
    }
}
