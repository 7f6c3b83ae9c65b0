//! Each fault of the server, met by every strategy: the same word from all of
//! them, one request each, and nothing hangs.

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

use harness::strategies::STRATEGIES;
use measurement::fault::Fault;
use ping_core::Setup;
use test_server::TestServer;

use crate::{Batches, count, outcome};

/// Whoever waits for one of these waits for his own timeout.
const HANGS: [Fault; 2] = [Fault::Hang, Fault::HangInBody];

fn setup(fault: Fault) -> Setup {
    let timeout = match HANGS.contains(&fault) {
        true => Duration::from_millis(300),
        false => Duration::from_secs(30),
    };
    Setup { timeout, ..Setup::new(count(2)) }
}

/// What every strategy says of it.
fn said(fault: Fault) -> String {
    let server = TestServer::start().unwrap();
    let url = server.url(&format!("/200?fault={}", fault.name()));
    let mut words = Vec::new();
    for (strategy, number) in STRATEGIES.iter().zip(1..) {
        let setup = setup(fault);
        let start = Instant::now();
        let batches = Batches::with(strategy, &setup);
        let pings = batches.ping(std::slice::from_ref(&url));
        let case = format!("{} of {}", fault.name(), strategy.name);
        assert_eq!(pings.len(), 1, "{case}");
        words.push((strategy.name, outcome(&pings[0])));
        assert!(start.elapsed() < Duration::from_secs(30), "{case} hung");
        let seen = server.witness();
        assert_eq!(seen.requests, number, "{case}: asked again");
        assert_eq!(seen.faults[&fault], number, "{case}");
    }
    let first = words[0].1.clone();
    assert!(
        words.iter().all(|(_, word)| *word == first),
        "{}: {words:?}",
        fault.name()
    );
    first
}

#[test]
fn every_strategy_has_the_same_word_for_a_fault() {
    let mut table = String::from(
        "| fault | what the server does | what every strategy says |\n\
         | --- | --- | --- |\n",
    );
    for fault in Fault::all() {
        let _ = writeln!(
            table,
            "| `{}` | {} | {} |",
            fault.name(),
            fault.words(),
            said(fault)
        );
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    let page = root.unwrap().join("docs/faults.md");
    let text = fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once("<!-- BEGIN faults -->\n").unwrap();
    let (old, after) = rest.split_once("<!-- END faults -->").unwrap();
    if env::var_os("UPDATE").is_some() {
        let new = format!(
            "{before}<!-- BEGIN faults -->\n{table}<!-- END faults -->{after}"
        );
        fs::write(&page, new).unwrap();
    } else {
        assert_eq!(old, table, "docs/faults.md is stale; UPDATE=1 rewrites it");
    }
}
