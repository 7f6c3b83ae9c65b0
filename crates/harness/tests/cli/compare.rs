//! Runs beside each other, from their folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use measurement::order::nonce;
use measurement::quantity::duration;
use measurement::record::{Act, Outcome, Trial};
use measurement::runs::RunComparison;
use measurement::summary::Summary;
use report::TRIALS;
use serde_json::Value;
use tempfile::TempDir;

use crate::common::{finish, harness, run, sample, text, trials};

/// The committed run.
fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reports/sample")
}

/// A copy of it with another name and seed, each of whose trials was changed:
/// so that no number contradicts another one.
fn changed(reports: &Path, name: &str, change: impl Fn(&mut Trial)) -> PathBuf {
    let folder = reports.join(name);
    fs::create_dir_all(&folder).unwrap();
    let from = committed();
    let run = fs::read_to_string(from.join("run.json")).unwrap();
    let mut run: Value = serde_json::from_str(&run).unwrap();
    run["run_id"] = name.into();
    run["seed"] = 7.into();
    run["strategies"].as_array_mut().unwrap().push("ruby".into());
    fs::write(folder.join("run.json"), run.to_string()).unwrap();
    let mut records = String::new();
    for mut trial in trials(&from) {
        trial.run_id = name.to_owned();
        trial.spec.nonce = nonce(7, trial.trial);
        change(&mut trial);
        quieten(&mut trial);
        records += &serde_json::to_string(&trial).unwrap();
        records.push('\n');
    }
    fs::write(folder.join(TRIALS), records).unwrap();
    folder
}

/// Of a trial that takes longer others would have had a smaller share.
fn quieten(trial: &mut Trial) {
    let Outcome::Measured(measured) = &mut trial.outcome else { return };
    let host = &mut measured.host;
    (host.others_ns, host.stolen_ns) = (Some(0), Some(0));
    let of_others = |name: &str| ["busy", "stolen"].contains(&name);
    measured.flags.retain(|flag| !of_others(&flag.name));
}

/// How long waves take at 64 at once in the committed run, times that.
fn waves_take(factor: f64) -> String {
    let summary = fs::read_to_string(committed().join("summary.json"));
    let summary: Summary = serde_json::from_str(&summary.unwrap()).unwrap();
    let mut sweep = summary.of_act(Act::Sweep);
    let at_64 = sweep.find(|batch| batch.concurrency == 64).unwrap();
    let mut rows = at_64.rows.iter();
    let waves = rows.find(|row| row.strategy == "threads").unwrap();
    duration(waves.makespan_ns.as_ref().unwrap().median * factor)
}

/// `192–230`, of two times in the same unit.
fn from_to(low: f64, high: f64) -> String {
    let [low, high] = [low, high].map(waves_take);
    let bare = |time: &str| time.split(' ').next().unwrap().to_owned();
    format!("{}–{}", bare(&low), bare(&high))
}

/// This strategy takes so many times as long at 64 at once in the sweep.
fn at_64(strategy: &str, factor: f64) -> impl Fn(&mut Trial) {
    move |trial| {
        let cell = (trial.act, trial.level, trial.spec.strategy.as_str());
        if cell == (Act::Sweep, 64, strategy)
            && let Outcome::Measured(measured) = &mut trial.outcome
        {
            let ns = measured.makespan_ns as f64 * factor;
            measured.makespan_ns = ns as u64;
        }
    }
}

fn sample_seed() -> Value {
    let run = fs::read_to_string(committed().join("run.json")).unwrap();
    let run: Value = serde_json::from_str(&run).unwrap();
    run["seed"].clone()
}

fn compare(folders: &[&Path]) -> String {
    let folders = folders.iter().map(|folder| text(folder));
    let args: Vec<&str> = ["compare"].into_iter().chain(folders).collect();
    let done = run(&args);
    assert_eq!(done.code, Some(0), "{done:?}");
    let columns = |line: &str| line.chars().count();
    let wide = done.out.lines().find(|line| columns(line) > 80);
    assert_eq!(wide, None);
    done.out
}

/// The lines of the table below this heading.
fn table<'a>(out: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = out.lines().skip_while(|line| !line.starts_with(heading));
    lines.skip(1).take_while(|line| !line.is_empty()).collect()
}

/// All of it on one line, wherever lines were broken.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const AT_64: &str = "Equal waits: 512 pings, 64 at a time";

#[test]
fn a_run_beside_itself_is_the_same() {
    let out = compare(&[&committed(), &committed()]);
    assert!(out.contains("Nothing that is recorded."), "{out}");
    assert!(out.contains("contradict each other on 0"), "{out}");
    let ratios: Vec<&str> =
        out.split_whitespace().filter(|word| word.ends_with('×')).collect();
    assert!(ratios.len() > 30, "{ratios:?}");
    assert!(ratios.iter().all(|ratio| *ratio == "1.00×"), "{ratios:?}");
    let folder = committed();
    let note = run(&["compare", text(&folder), text(&folder)]).err;
    assert!(note.contains("named more than once"), "{note}");
}

#[test]
fn two_runs_tell_what_differs_first_and_who_contradicts_whom() {
    let reports = TempDir::new().unwrap();
    let slow_pool = at_64("worker-pool", 2.0);
    let other = changed(reports.path(), "other", slow_pool);
    let out = compare(&[&committed(), &other]);
    let (before, after) = out.split_once("\nEqual waits").unwrap();
    let seed = sample_seed();
    assert!(before.contains(&format!("seed: {seed} (A); 7 (B)")), "{before}");
    assert!(!before.contains("kernel"), "{before}");
    assert!(before.contains("no interval between runs"), "{before}");
    let at_64 = table(&out, AT_64);
    assert!(at_64[0].contains("B/A"), "{at_64:?}");
    let pool = at_64.iter().find(|line| line.contains("queue")).unwrap();
    assert!(pool.contains("2.0×"), "{pool}");
    let line = "64 at once, threads (waves): slower (A), faster (B)";
    assert!(after.contains(line), "{after}");
    // Where the others see no difference, they are faster than this pool.
    let after = unwrapped(after);
    assert!(after.contains("contradict each other on 1"), "{after}");
    assert!(after.contains("on 4 only some see a difference"), "{after}");
}

#[test]
fn several_runs_have_a_range_and_many_an_interval() {
    let reports = TempDir::new().unwrap();
    let make = |i: u32| {
        let factor = 1.0 + f64::from(i) / 10.0;
        let name = format!("run-{i}");
        changed(reports.path(), &name, at_64("threads", factor))
    };
    let folders: Vec<PathBuf> = (0..6).map(make).collect();
    let folders: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let out = compare(&folders[..3]);
    let ranges = |out: &str| {
        let at_64 = table(out, AT_64);
        let threads = at_64.iter().position(|l| l.contains("waves")).unwrap();
        [at_64[threads], at_64[threads + 1]].map(|line| line.to_owned())
    };
    let [median, range] = ranges(&out);
    assert!(median.contains(&waves_take(1.1)), "{median}");
    assert!(range.contains(&from_to(1.0, 1.2)), "{range}");
    let words = "median of these, and the lowest to the highest run.";
    assert!(unwrapped(&out).contains(words), "{out}");
    let out = compare(&folders);
    let [median, range] = ranges(&out);
    assert!(median.contains(&waves_take(1.25)), "{median}");
    assert!(range.contains(&from_to(1.0, 1.5)), "{range}");
    let words = "where the median of many more such runs would lie";
    assert!(unwrapped(&out).contains(words), "{out}");
    assert!(out.contains("slower in all 6"), "{out}");
}

#[test]
fn a_cell_that_only_some_have_is_said() {
    let reports = TempDir::new().unwrap();
    let other = changed(reports.path(), "other", |trial| {
        if trial.act == Act::NoWaits && trial.level == 64 {
            (trial.level, trial.spec.concurrency) = (65, 65);
            if let Outcome::Measured(measured) = &mut trial.outcome {
                measured.server.peak_in_flight = 65;
                measured.flags.retain(|flag| flag.name != "client-limited");
            }
        }
        if trial.spec.strategy == "python-threads" {
            trial.spec.strategy = "ruby".to_owned();
        }
        if trial.act == Act::Memory && trial.spec.strategy == "threads" {
            trial.act = Act::Sweep;
        }
    });
    let out = compare(&[&committed(), &other]);
    let told = unwrapped(&table(&out, "Not in every run").join(" "));
    for line in [
        "No waits, processors kept awake: 4,000 pings, 64 at a time: all of it only in A",
        "No waits, processors kept awake: 4,000 pings, 65 at a time: all of it only in B",
        "Python, a thread each only in A",
        "ruby only in B",
        "Memory of one more ping in flight: threads (waves) only in A",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let out = compare(&[&committed(), &other, &other]);
    assert!(out.contains("in 1 of 3 runs"), "{out}");
    assert!(out.contains("in 2 of 3 runs"), "{out}");
}

#[test]
fn json_goes_where_it_is_asked_to() {
    let place = TempDir::new().unwrap();
    let file = place.path().join("between.json");
    let folder = committed();
    let common = ["compare", text(&folder), text(&folder)];
    let json = ["--output-format", "json"];
    let done = run(&[&common[..], &json].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    let compared: RunComparison = serde_json::from_str(&done.out).unwrap();
    assert_eq!(compared.runs.len(), 2);
    let into = run(&[&common[..], &json, &["-o", text(&file)]].concat());
    assert_eq!((into.code, into.out.as_str()), (Some(0), ""), "{into:?}");
    assert!(fs::read_to_string(&file).unwrap() == done.out);
    // What is not replaced is written into.
    let nowhere = run(&[&common[..], &["-o", "/dev/null"]].concat());
    assert_eq!(nowhere.code, Some(0), "{nowhere:?}");
}

/// Every file of a run and what is in it.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn a_page_is_one_file_and_the_runs_stay_as_they_are() {
    let reports = TempDir::new().unwrap();
    let threads = at_64("threads", 1.5);
    let slower = changed(reports.path(), "slower", threads);
    let before = contents(&slower);
    let page = reports.path().join("between.html");
    let done = run(&[
        "compare",
        text(&committed()),
        text(&slower),
        "--page",
        text(&page),
    ]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.err.contains("between.html"), "{}", done.err);
    let html = fs::read_to_string(&page).unwrap();
    assert!(html.ends_with("</html>\n"));
    for words in [AT_64, "1.50×", "What differs", "light-dark("] {
        assert!(html.contains(words), "{words}");
    }
    for fetched in ["<script", "<link", " src=", "href="] {
        assert!(!html.contains(fetched), "{fetched}");
    }
    assert!(contents(&slower) == before);
}

#[test]
fn a_name_is_looked_for_in_reports() {
    let place = TempDir::new().unwrap();
    let reports = place.path().join("reports");
    changed(&reports, "one", |_| {});
    let two = changed(&reports, "two", |_| {});
    std::os::unix::fs::symlink("one", reports.join("latest")).unwrap();
    for names in [["latest", "two"], ["one", text(&two)]] {
        let mut command = harness(&["compare", names[0], names[1]]);
        command.current_dir(place.path());
        let done = finish(command);
        assert_eq!(done.code, Some(0), "{done:?}");
        assert!(done.out.contains("A  one\n  B  two"), "{}", done.out);
    }
    let mut command = harness(&["plot", "two"]);
    command.current_dir(place.path());
    assert_eq!(finish(command).code, Some(0));
}

#[test]
fn what_cannot_be_compared_is_refused_by_name() {
    let place = TempDir::new().unwrap();
    let empty = place.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let file = place.path().join("file");
    fs::write(&file, "no folder").unwrap();
    let nowhere = place.path().join("nowhere");
    let (_other, lesson) = sample();
    let ours = committed();
    let inside = ours.join("page.html");
    let none = "is not a report folder";
    let cases: &[(&[&Path], &[&str], &[&str])] = &[
        (&[&ours], &[], &["2", "<DIR>"]),
        (&[], &[], &["<DIR>"]),
        (&[&ours, &empty], &[], &[text(&empty), none]),
        (&[&file, &ours], &[], &[text(&file), none]),
        (&[&ours, &nowhere], &[], &[text(&nowhere), none]),
        (&[&ours, &lesson], &[], &["cell in common", "lesson-03"]),
        (&[&ours, &ours], &["--page", text(&inside)], &["is inside"]),
        (&[&ours, &ours], &["-o", text(&inside)], &["is inside"]),
        (&[&ours, &ours], &["-o", "x", "--page", "x"], &["the same file"]),
        (&[&ours, &ours], &["-o", "/nowhere/x"], &["/nowhere/x"]),
        (&[&ours, &ours], &["--output-format", "csv"], &["text, json"]),
    ];
    for (folders, options, words) in cases {
        let folders = folders.iter().map(|folder| text(folder));
        let mut args = vec!["compare"];
        args.extend(folders.chain(options.iter().copied()));
        let done = run(&args);
        assert_eq!((done.code, done.out.as_str()), (Some(2), ""), "{done:?}");
        for word in *words {
            assert!(done.err.contains(word), "`{word}`: {}", done.err);
        }
    }
    assert!(!inside.exists());
}

#[test]
fn another_version_and_damage_are_refused_as_plot_does() {
    for (file, from, to) in [
        ("run.json", "\"schema_version\":5", "\"schema_version\":2"),
        (TRIALS, "\"schema_version\":5", "\"schema_version\":9"),
        (TRIALS, "\"trial\":3", "\"trial\":300"),
    ] {
        let (_place, folder) = sample();
        let ours = fs::read_to_string(folder.join(file)).unwrap();
        let theirs = ours.replacen(from, to, 1);
        assert!(ours != theirs, "{from}");
        fs::write(folder.join(file), theirs).unwrap();
        let sample = committed().join("lessons/03");
        let done = run(&["compare", text(&sample), text(&folder)]);
        let plotted = run(&["plot", text(&folder)]);
        assert_eq!(done.code, plotted.code, "{done:?}");
        assert_eq!(done.err, plotted.err);
        assert!(done.err.contains(text(&folder)), "{}", done.err);
        assert_eq!(done.out, "");
    }
}
