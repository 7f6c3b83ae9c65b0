//! Each fault of the server, met by every strategy: the same word from all of
//! them, one request each, and nothing hangs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

use harness::strategies::STRATEGIES;
use measurement::fault::Fault;
use measurement::waits::Plan;
use ping_core::Setup;
use test_server::TestServer;

use crate::{Batches, count, numbered, outcome, sorted, urls_of};

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
        let case = format!("{} of {}", fault.name(), strategy.way.id);
        assert_eq!(pings.len(), 1, "{case}");
        words.push((strategy.way.id, outcome(&pings[0])));
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

/// Those that last until somebody leaves, or until the longest body is read;
/// and those after which another ping may find the connection spoilt.
const LEFT_OUT: [Fault; 6] = [
    Fault::Hang,
    Fault::HangInBody,
    Fault::EndlessBody,
    Fault::HugeLength,
    Fault::Surplus,
    Fault::CloseUnsaid,
];

/// Ten thousand pings, of which most meet something, as a seed has it.
#[test]
fn what_is_counted_at_one_end_is_counted_at_the_other() {
    const EACH: usize = 2500;
    let quick: Vec<Fault> =
        Fault::all().filter(|f| !LEFT_OUT.contains(f)).collect();
    let mut seed = 20_261_124_u64;
    let mut next = || {
        // Knuth's numbers; the upper bits are the good ones.
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    let faults: Vec<Option<Fault>> = (0..EACH)
        .map(|_| quick.get(next() % (quick.len() + 5)).copied())
        .collect();
    assert!(faults.iter().any(Option::is_some));
    for strategy in
        STRATEGIES.iter().filter(|strategy| strategy.way.is_concurrent())
    {
        let server = TestServer::start().unwrap();
        server.plan(Plan { faults: faults.clone(), ..Plan::default() });
        let urls = numbered(&server, EACH, "");
        let pings = Batches::of(strategy, 64).ping(&urls);
        assert_eq!(urls_of(&pings), sorted(&urls), "{}", strategy.way.id);
        let said = counted(pings.iter().map(outcome));
        let met = faults.iter().map(|fault| word(*fault).to_owned());
        assert_eq!(said, counted(met), "{}", strategy.way.id);
        let seen = server.witness();
        assert_eq!(seen.requests, EACH as u64, "{}", strategy.way.id);
        let ended = seen.done + seen.faulted + seen.aborted;
        assert_eq!((ended, seen.in_flight), (seen.requests, 0));
        for fault in &quick {
            let asked = faults.iter().filter(|met| **met == Some(*fault));
            let met = seen.faults.get(fault).copied().unwrap_or(0);
            assert_eq!(met, asked.count() as u64, "{}", fault.name());
        }
    }
}

/// What the table says of it.
fn word(fault: Option<Fault>) -> &'static str {
    use Fault::{
        AbortAfterHeaders, AbortInBody, AbortInHeaders, BrokenChunk,
        EmptyReply, EndlessHeaders, Garbage, NotFound, Overloaded, Redirect,
        RedirectLoop, Reset, ResetInBody, ServerError, TooManyRequests,
        TooManyRequestsUntil, Unavailable, UnavailableUntil,
    };
    match fault {
        Some(Reset) => "reset",
        Some(
            EmptyReply | AbortInHeaders | AbortAfterHeaders | AbortInBody
            | ResetInBody,
        ) => "closed_early",
        Some(Garbage | EndlessHeaders | BrokenChunk) => "bad_reply",
        Some(Redirect | RedirectLoop) => "302",
        Some(TooManyRequests | TooManyRequestsUntil) => "429",
        Some(Unavailable | UnavailableUntil | Overloaded) => "503",
        Some(NotFound) => "404",
        Some(ServerError) => "500",
        _ => "200",
    }
}

fn counted(words: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}
