//! Every value of a true record, changed: what then contradicts the rest is
//! refused. Whatever is in a record is walked; what may become another value
//! without being impossible is listed, and why.

use std::fs;
use std::path::{Path, PathBuf};

use measurement::environment::Run;
use measurement::record::Trial;
use measurement::{agreement, bounds};
use serde_json::{Value, json};

/// Trials that keep what a record can keep: of which run, and which one.
const TRIALS: [(&str, &str, &str, usize); 6] = [
    ("book", "", "threads", 6),
    ("slow", "lessons/03", "scoped-cursor", 10),
    ("slow", "lessons/03", "scoped-threads", 10),
    ("many", "lessons/05", "async-tasks", 2048),
    ("limit", "lessons/07", "deadlines-channel", 4),
    ("again", "lessons/08", "good-manners", 100),
];

/// What may become another value without being impossible: where it stands, in
/// which run (empty for all), and what it may become (empty for anything).
const FREE: &[(&str, &str, &str)] = &[
    // Looked at where lines are read.
    ("schema_version", "", ""),
    ("run_id", "", ""),
    // Words.
    ("detail", "", ""),
    // What the client and the machine did, nobody else knows. What marks a
    // trial must be among its flags.
    ("setup_ns", "", ""),
    ("makespan_ns", "", "more"),
    ("cost", "", ""),
    ("user_ns", "", ""),
    ("system_ns", "", ""),
    ("base_rss_bytes", "", ""),
    ("peak_rss_bytes", "", ""),
    ("threads", "", "less more none"),
    ("voluntary_switches", "", ""),
    ("involuntary_switches", "", ""),
    ("cpu_ns", "", ""),
    ("host", "", ""),
    ("load", "", ""),
    ("processors", "", "less more none"),
    ("others_ns", "", ""),
    ("stolen_ns", "", "more none"),
    ("listen_overflows", "", "none"),
    ("retransmitted_segments", "", "none"),
    ("malformed", "", "more"),
    ("numbered_by_arrival", "", "more"),
    ("pipelined", "", "more"),
    // The bodies are not kept.
    ("checks/2/ok", "", "other"),
    // A round may end early, and the next begin.
    ("order", "", "less"),
    // How many the server had left at that moment, it said once.
    ("left_in_flight", "limit", "less more"),
    // The server may have read a request a little later.
    ("received_ns", "book limit", "more"),
    // How long the processors were kept awake may be unknown.
    ("spec/kept_awake", "", "other"),
    // The book's bodies have any length, and its act one round.
    ("server/body_bytes", "book", ""),
    ("aa_twin", "book", ""),
    ("spec", "book", ""),
    ("client", "book", ""),
    ("spec/statuses", "book", "longer"),
    // Of a ping that is tried again only the last attempt is kept, and of many
    // pings none: a time may be another one, a check may have seen more.
    ("ok", "many", "other"),
    ("service", "many", "less"),
    ("sojourn", "many", "less"),
    ("checks/1/ok", "again", "other"),
    ("checks/8/ok", "again", "other"),
    ("checks/11/ok", "again", "other"),
    ("hold_ns", "many again", "less more"),
    ("late_ns", "many again", "less more none"),
    ("received_ns", "again", "less more"),
    ("sent_ns", "again", "less more"),
    ("server/body_bytes", "again", "less"),
    ("faults", "again", "shorter"),
    ("overloaded", "again", "less"),
    ("peak_in_flight", "many again", "more"),
];

fn folder(run: &str) -> PathBuf {
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reports");
    reports.join("sample").join(run)
}

fn records(run: &str) -> (Run, Vec<Trial>) {
    let text = fs::read_to_string(folder(run).join("run.json")).unwrap();
    let records = fs::read_to_string(folder(run).join("trials.jsonl")).unwrap();
    let trial = |line| serde_json::from_str(line).unwrap();
    (serde_json::from_str(&text).unwrap(), records.lines().map(trial).collect())
}

/// Every place in a document; of a list of numbers the first and the last.
fn places(value: &Value, here: &str) -> Vec<String> {
    let mut found = vec![here.to_owned()];
    for (name, child) in value.as_object().into_iter().flatten() {
        found.extend(places(child, &format!("{here}/{name}")));
    }
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    for (i, child) in items.iter().enumerate() {
        if !child.is_number() || i == 0 || i + 1 == items.len() {
            found.extend(places(child, &format!("{here}/{i}")));
        }
    }
    found
}

/// Other values of the same kind, each with a word for it.
fn others(value: &Value) -> Vec<(&'static str, Value)> {
    match value {
        Value::Null => vec![("some", json!(1))],
        Value::Bool(is) => vec![("other", json!(!is))],
        Value::String(_) => vec![("other", json!("x")), ("other", json!(""))],
        Value::Number(n) => {
            let n = n.as_f64().unwrap();
            let (more, half) = (n.abs() * 2.0 + 1.0, (n / 2.0).trunc());
            let long = (n.abs() * 64.0).min(2f64.powi(52));
            let changed = [
                ("less", 0.0),
                ("less", half),
                ("more", more),
                ("more", long),
                ("less", -1.0),
            ];
            let mut others: Vec<(&str, Value)> = changed
                .into_iter()
                .filter(|(_, other)| *other != n)
                .map(|(word, other)| (word, json!(other as i64)))
                .collect();
            others.push(("none", Value::Null));
            others
        }
        Value::Array(items) => {
            let last = items.last().cloned().unwrap_or(json!(1));
            let more = items.iter().cloned().chain([last]).collect();
            let mut others = vec![("longer", Value::Array(more))];
            if let Some((_, shorter)) = items.split_last() {
                others.push(("shorter", json!(shorter)));
                others.push(("shorter", json!([])));
            }
            others
        }
        Value::Object(fields) => {
            let mut others = vec![("none", Value::Null)];
            if let Some(first) = fields.keys().next() {
                let mut fewer = fields.clone();
                fewer.remove(first);
                others.push(("shorter", Value::Object(fewer)));
            }
            others
        }
    }
}

/// Whether the records of a run are taken with this one in the place of
/// another.
fn taken(
    run: &Run,
    trials: &mut [Trial],
    place: usize,
    changed: Value,
) -> bool {
    let Ok(trial) = serde_json::from_value::<Trial>(changed) else {
        return false;
    };
    if trial == trials[place] || bounds::of_trial(&trial).is_err() {
        return trial == trials[place];
    }
    let kept = std::mem::replace(&mut trials[place], trial);
    let taken = agreement::of_trials(run, trials).is_ok();
    trials[place] = kept;
    taken
}

fn is_free(kind: &str, place: &str, word: &str) -> bool {
    FREE.iter().any(|(name, kinds, words)| {
        let end =
            place.trim_end_matches(|c: char| c == '/' || c.is_ascii_digit());
        let one_of = |list: &str, one| {
            list.is_empty() || list.split(' ').any(|l| l == one)
        };
        end.ends_with(&format!("/{name}"))
            && one_of(kinds, kind)
            && one_of(words, word)
    })
}

#[test]
fn a_record_that_contradicts_itself_is_refused() {
    let mut silent = Vec::new();
    for (kind, run, strategy, requests) in TRIALS {
        let (run, mut trials) = records(run);
        let is_it = |trial: &Trial| {
            trial.spec.strategy == strategy && trial.spec.requests == requests
        };
        let place = trials.iter().position(is_it).expect("such a trial");
        let document = serde_json::to_value(&trials[place]).unwrap();
        for at in places(&document, "").into_iter().skip(1) {
            for (word, other) in others(document.pointer(&at).unwrap()) {
                let mut changed = document.clone();
                *changed.pointer_mut(&at).unwrap() = other.clone();
                if !is_free(kind, &at, word)
                    && taken(&run, &mut trials, place, changed)
                {
                    silent.push(format!("{kind} {at} {word}: {other}"));
                }
            }
        }
    }
    assert!(silent.is_empty(), "taken:\n{}", silent.join("\n"));
}

/// Whatever our runs have made is no contradiction.
#[test]
fn true_records_are_taken() {
    let lessons = fs::read_dir(folder("lessons")).unwrap();
    let lessons = lessons.map(|entry| entry.unwrap().path());
    for run in lessons.chain([folder("")]) {
        let (run, trials) = records(run.to_str().unwrap());
        assert_eq!(agreement::of_run(&run), Ok(()));
        assert_eq!(agreement::of_trials(&run, &trials), Ok(()));
    }
}
