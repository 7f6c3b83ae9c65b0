//! A good folder, changed in any way: there is a page, or an error that names
//! the file. No panic, no waiting, no more than 64 MiB.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use report::TRIALS;
use serde_json::Value;

use crate::common::sample;
use crate::strangers::plot;

/// What is done to the bytes of a file.
#[derive(Debug, Clone)]
enum Change {
    /// This byte becomes another one.
    Byte(Index, u8),
    /// Bytes from here on are gone, so many or to the end.
    Gone(Index, Index),
    /// Bytes from here on stand there twice.
    Twice(Index, Index),
    /// These are put in.
    More(Index, Vec<u8>),
    /// A value somewhere in its first line becomes this one.
    Value(Index, Value),
}

/// Values that somebody means harm with.
fn value() -> impl Strategy<Value = Value> {
    let texts = [
        "0",
        "-1",
        "1e308",
        "9007199254740991",
        "9007199254740992",
        "18446744073709551615",
        "65536",
        "1000000",
        "null",
        "true",
        "\"\"",
        "\"\\u001b[2J\"",
        "\"<script>\"",
        "[]",
        "[null]",
        "{}",
        "{\"fixed\":18446744073709551615}",
        "[[1,2],[18446744073709551615,3]]",
    ];
    let known = select(texts.to_vec())
        .prop_map(|text| serde_json::from_str(text).unwrap());
    let long = select(vec![3_usize, 2048, 100_000])
        .prop_map(|length| Value::from(vec![1; length]));
    let text = select(vec![300_usize, 100_000])
        .prop_map(|length| Value::from("x".repeat(length)));
    prop_oneof![8 => known, 1 => long, 1 => text]
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    let bytes = proptest::collection::vec(any::<u8>(), 1..9);
    prop_oneof![
        1 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        1 => (at(), at()).prop_map(|(at, to)| Change::Gone(at, to)),
        1 => (at(), at()).prop_map(|(at, to)| Change::Twice(at, to)),
        1 => (at(), bytes).prop_map(|(at, more)| Change::More(at, more)),
        4 => (at(), value()).prop_map(|(at, value)| Change::Value(at, value)),
    ]
}

impl Change {
    fn of(&self, text: &mut Vec<u8>) {
        let end = text.len();
        match self {
            Change::Byte(at, byte) => text[at.index(end)] = *byte,
            Change::Gone(at, to) => {
                let from = at.index(end);
                text.drain(from..from + to.index(end - from));
            }
            Change::Twice(at, to) => {
                let from = at.index(end);
                let more = text[from..from + to.index(end - from)].to_vec();
                text.splice(from..from, more);
            }
            Change::More(at, more) => {
                let from = at.index(end);
                text.splice(from..from, more.iter().copied());
            }
            Change::Value(at, value) => {
                let first = text.iter().position(|byte| *byte == b'\n');
                let first = first.unwrap_or(end);
                let line = text.drain(..first).collect::<Vec<u8>>();
                let mut line: Value = serde_json::from_slice(&line).unwrap();
                let places = places(&line, "");
                let place = &places[at.index(places.len())];
                *line.pointer_mut(place).unwrap() = value.clone();
                text.splice(..0, line.to_string().into_bytes());
            }
        }
    }
}

/// Every place in a document.
fn places(value: &Value, here: &str) -> Vec<String> {
    let mut found = vec![here.to_owned()];
    let fields = value.as_object().into_iter().flatten();
    for (name, child) in fields {
        found.extend(places(child, &format!("{here}/{name}")));
    }
    let items = value.as_array().into_iter().flatten();
    for (i, child) in items.enumerate() {
        found.extend(places(child, &format!("{here}/{i}")));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn there_is_a_page_or_an_error_that_names_the_file(
        name in select(vec!["run.json", TRIALS, TRIALS, TRIALS, "prediction.json"]),
        change in change(),
    ) {
        let (_place, folder) = sample();
        let path: PathBuf = folder.join(name);
        let mut text = fs::read(&path).unwrap();
        change.of(&mut text);
        fs::write(&path, text).unwrap();
        let done = plot(&folder);
        match done.code {
            Some(0) => {
                let page = folder.join("index.html");
                let page = fs::read_to_string(page).unwrap();
                prop_assert!(page.ends_with("</html>\n"));
                prop_assert_eq!(done.err.as_str(), "");
            }
            Some(1 | 2) => {
                // Of another run's name both files speak.
                let named = [name, TRIALS].iter().any(|n| done.err.contains(n));
                prop_assert!(named, "{}", done.err);
                prop_assert_eq!(done.err.lines().count(), 1);
            }
            other => prop_assert!(false, "{other:?}: {done:?}"),
        }
        for said in [&done.out, &done.err] {
            let controls = said.chars().filter(|c| c.is_control() && *c != '\n');
            prop_assert_eq!(controls.count(), 0, "{}", said);
        }
    }
}
