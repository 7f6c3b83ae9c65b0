//! A system that refuses threads: every URL has an answer of its own, or
//! nothing is sent; and nobody panics.

use std::process::Command;

use harness::strategies::STRATEGIES;
use serde_json::Value;
use test_server::TestServer;

const URLS: u64 = 6;

/// Every thread takes a gigabyte of addresses, and so there are as many as the
/// process may have gigabytes. (To limit their number would limit those of the
/// whole user, and not those of root.)
const GIB: &str = "1073741824";

/// What `harness ping` says with so many threads beside its first.
fn ping(
    strategy: &str,
    threads: u64,
    url: &str,
) -> (Option<i32>, String, String) {
    let room = threads * (1 << 20) + (1 << 19);
    let output = Command::new("sh")
        .args(["-c", "ulimit -v $0 && exec \"$@\"", &room.to_string()])
        .arg(env!("CARGO_BIN_EXE_harness"))
        .args(["ping", "--strategy", strategy, "--timeout", "20s"])
        .args(["-n", &URLS.to_string(), "--output-format", "json", url])
        .args(if strategy == "sequential" { ["-c", "1"] } else { ["-c", "3"] })
        .env("RUST_MIN_STACK", GIB)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let (said, noted) = (text(&output.stdout), text(&output.stderr));
    (output.status.code(), said, noted)
}

#[cfg(target_os = "linux")]
#[test]
fn where_threads_are_refused_nothing_is_lost_and_nothing_panics() {
    let mut refused = 0;
    for strategy in STRATEGIES.iter().map(|strategy| strategy.way.id) {
        for threads in 0..6 {
            let server = TestServer::start().unwrap();
            let url = server.url("/200?sleep=20");
            let (code, said, noted) = ping(strategy, threads, &url);
            let case = format!("{strategy}, {threads} threads: {noted}");
            assert!(!noted.contains("panicked"), "{case}");
            let seen = server.witness().requests;
            let Ok(said) = serde_json::from_str::<Value>(&said) else {
                // An error before anything is sent.
                assert!(noted.starts_with("error: "), "{case}");
                assert!(matches!(code, Some(1 | 2)), "{case}: {code:?}");
                assert_eq!(seen, 0, "{case}");
                // One is for Ctrl-C, and two are the runtime's; lesson 11 has
                // one for each processor as well.
                let computing = match strategy {
                    "cpu-work" => processors(),
                    _ => 0,
                };
                assert!(threads < 3 + computing, "{case}");
                continue;
            };
            let count = |word: &str| said["outcomes"][word].as_u64();
            let answered = count("200").unwrap_or(0);
            let without = count("no_thread").unwrap_or(0);
            assert_eq!(answered + without, URLS, "{case}: {said}");
            assert_eq!(answered, seen, "{case}");
            assert_eq!(said["pings"].as_array().unwrap().len() as u64, URLS);
            refused += without;
            if strategy == "sequential" || threads > 3 {
                assert_eq!(without, 0, "{case}");
            }
        }
    }
    assert!(refused > 0, "no thread was ever refused");
}

fn processors() -> u64 {
    std::thread::available_parallelism().map_or(1, |n| n.get() as u64)
}

/// A name is looked up on a thread, whichever the client is.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_has_no_thread_to_be_looked_up_is_no_thread() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200").replace("127.0.0.1", "localhost");
    for (strategy, threads) in
        [("sequential", 1), ("worker-pool", 2), ("async-tasks", 2)]
    {
        let (_, said, noted) = ping(strategy, threads, &url);
        let case = format!("{strategy}: {noted}");
        assert!(!noted.contains("panicked"), "{case}");
        let said: Value = serde_json::from_str(&said).expect(&case);
        assert_eq!(said["outcomes"]["no_thread"], URLS, "{case}: {said}");
    }
    assert_eq!(server.witness().requests, 0);
}
