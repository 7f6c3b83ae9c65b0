//! Documents say what is true today: their figures come from
//! `reports/sample`, their tables from the code.

use std::fmt::Write;
use std::fs;

use harness::strategies;
use measurement::environment::Run;
use measurement::summary::Summary;
use measurement::witness::Testimony;
use report::findings;
use serde::Deserialize;

use crate::{files, read, root};

#[test]
fn the_readme_quotes_the_sample_and_the_code() {
    quote("README.md", "findings", &findings_list());
    quote("README.md", "lessons", &lessons_table());
    quote("README.md", "witness", &witness_table());
}

pub(crate) fn sample_summary() -> Summary {
    summary_of("reports/sample")
}

/// How many processors client and server of the sample shared.
pub(crate) fn sample_processors() -> usize {
    let run = read(&root().join("reports/sample/run.json"));
    let run: Run = serde_json::from_str(&run).unwrap();
    run.environment.processors.unwrap()
}

/// The summary of a report folder, from the checkout.
pub(crate) fn summary_of(folder: &str) -> Summary {
    let path = root().join(folder).join("summary.json");
    serde_json::from_str(&read(&path)).unwrap()
}

/// Compares what stands between the two markers of `name` with `current`, or
/// puts it there if `UPDATE` is set.
pub(crate) fn quote(document: &str, name: &str, current: &str) {
    let path = root().join(document);
    let text = read(&path);
    let begin = format!("<!-- BEGIN {name} -->\n");
    let end = format!("<!-- END {name} -->");
    let (before, rest) = text.split_once(&begin).expect("a BEGIN marker");
    let (quoted, after) = rest.split_once(&end).expect("an END marker");
    if std::env::var_os("UPDATE").is_some() {
        let text = format!("{before}{begin}{current}{end}{after}");
        fs::write(&path, text).unwrap();
    } else {
        assert_eq!(
            quoted, current,
            "{name} in {document} is stale; UPDATE=1 rewrites it"
        );
    }
}

fn findings_list() -> String {
    let findings = findings(&sample_summary());
    // The first ones matter most; the page has all of them.
    let first = findings.iter().take(5);
    assert_eq!(first.len(), 5, "the README has five findings");
    first.map(|finding| format!("- {finding}.\n")).collect()
}

fn lessons_table() -> String {
    let mut table = String::from(
        "| lesson | how the work is shared | client |\n| --- | --- | --- |\n",
    );
    for strategy in strategies::lessons() {
        let package = strategy.package().unwrap();
        let _ = writeln!(
            table,
            "| [`{package}`](crates/{package}/src/lib.rs) | {} | {} |",
            strategy.way.shape, strategy.way.client
        );
    }
    table
}

/// What a program said of itself, copied from its output, beside what the
/// server saw.
#[derive(Deserialize)]
struct Hearing {
    claim: String,
    testimony: Testimony,
}

fn witness_table() -> String {
    let mut table = String::from(
        "| program | what it said | what the server saw |\n\
         | --- | --- | --- |\n",
    );
    for file in files(&root().join("reports/sample/witness"), ".json") {
        let Hearing { claim, testimony } =
            serde_json::from_str(&read(&file)).unwrap();
        let Testimony { command, witness, .. } = testimony;
        let _ = writeln!(
            table,
            "| `{}` | {claim} | {} {}, peak {} in flight, {} left \
             unfinished |",
            command.join(" "),
            witness.requests,
            if witness.requests == 1 { "request" } else { "requests" },
            witness.peak_in_flight,
            witness.aborted + witness.in_flight
        );
    }
    table
}
