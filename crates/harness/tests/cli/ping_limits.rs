//! A deadline, retries, a rate, a limit per host; and manners.

use harness::strategies::STRATEGIES;
use measurement::fault::Fault;
use measurement::waits::Plan;
use serde_json::Value;
use test_server::TestServer;

use crate::common::{Done, run};

/// One JSON document, whatever it says.
fn json(args: &[&str]) -> (Done, Value) {
    let done = run(&[&["ping", "--output-format", "json"], args].concat());
    let told = serde_json::from_str(&done.out).expect("one JSON document");
    (done, told)
}

/// `requests = ok + unexpected + each failure`, and the server saw as many.
fn the_law_holds(told: &Value, server: &TestServer) {
    let number = |value: &Value| value.as_u64().unwrap();
    let failures = told["failures"].as_object().unwrap().values();
    let sum = number(&told["ok"])
        + number(&told["unexpected"])
        + failures.map(number).sum::<u64>();
    assert_eq!(number(&told["requests"]), sum, "{told}");
    assert_eq!(sum, server.witness().requests, "{told}");
}

#[test]
fn nothing_is_awaited_and_nothing_begun_after_the_deadline() {
    for strategy in STRATEGIES {
        let server = TestServer::start().unwrap();
        let (quick, slow) =
            (server.url("/200"), server.url("/200?sleep=20000"));
        let (done, told) = json(&[
            "--strategy",
            strategy.way.id,
            "--deadline",
            "1s",
            "--timeout",
            "60s",
            "-c",
            "2",
            "-n",
            "12",
            &quick,
            &slow,
            &slow,
        ]);
        let name = strategy.way.id;
        assert_eq!(done.code, Some(1), "{name}");
        the_law_holds(&told, &server);
        let late = told["failures"]["deadline"].as_u64().unwrap();
        assert!((1..=2).contains(&late), "{name}: {told}");
        assert_eq!(told["cut_off"], late, "{name}");
        let started = told["requests"].as_u64().unwrap();
        assert_eq!(told["cancelled"], 12 - started, "{name}: {told}");
    }
}

#[test]
fn a_deadline_that_is_kept_changes_nothing() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200");
    let done = run(&["ping", "--deadline", "60s", "-n", "20", &url]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{done:?}");
    assert!(done.out.ends_with("20 requests = 20 ok\n"), "{}", done.out);
}

#[test]
fn what_failed_for_a_while_is_tried_again_and_counted() {
    let server = TestServer::start().unwrap();
    let faults = vec![Some(Fault::Reset), None];
    server.plan(Plan { faults, ..Plan::default() });
    // Of these numbers the first attempt meets the fault, and the second does
    // not, whoever comes between.
    let urls =
        [2, 6, 10, 14, 18].map(|seq| server.url(&format!("/200?seq={seq}")));
    let mut args = vec!["--retries", "1", "-c", "1"];
    args.extend(urls.iter().map(String::as_str));
    let (done, told) = json(&args);
    assert_eq!(done.code, Some(0), "{told}");
    the_law_holds(&told, &server);
    let counts = ["requests", "ok", "retried"].map(|name| &told[name]);
    assert_eq!(counts, [&10, &5, &5].map(|n| Value::from(*n)).each_ref());
    let retried = told["pings"].as_array().unwrap().iter();
    let retried: Vec<bool> =
        retried.map(|ping| ping["retried"].as_bool().unwrap()).collect();
    assert_eq!(retried, [true, false].repeat(5));
    // Without, the same is a failure.
    let faults = vec![Some(Fault::Reset), None];
    server.plan(Plan { faults, ..Plan::default() });
    let url = server.url("/200");
    let (done, told) = json(&["-c", "1", "-n", "5", &url]);
    assert_eq!(done.code, Some(1), "{told}");
    the_law_holds(&told, &server);
    assert_eq!(told["failures"]["reset"], 3);
}

#[test]
fn what_will_fail_again_is_not_tried_again() {
    let server = TestServer::start().unwrap();
    let url = server.url("/404");
    let args = ["--retries", "3", "--expect", "200", &url];
    let (done, told) = json(&args);
    assert_eq!(done.code, Some(1));
    assert_eq!(
        (&told["requests"], &told["unexpected"]),
        (&1.into(), &1.into())
    );
    the_law_holds(&told, &server);
}

/// A minute at that rate, and Retry-After beyond the deadline: neither is
/// waited for.
#[test]
fn who_waits_for_a_turn_sees_the_deadline() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200?fault=unavailable");
    let args = ["--deadline", "400ms", "--retries", "9", "--rate", "1/s"];
    let (done, told) = json(&[&args[..], &["-n", "60", &url]].concat());
    assert_eq!(done.code, Some(1));
    the_law_holds(&told, &server);
    assert_eq!(told["outcomes"], serde_json::json!({"503": 1}));
    // What would be tried again is no success.
    assert_eq!((&told["ok"], &told["unexpected"]), (&0.into(), &1.into()));
    // The first has the last word on its URL, though it was to be retried.
    assert_eq!((&told["retried"], &told["cancelled"]), (&0.into(), &59.into()));
}

/// By the server's stamps: eight requests at 20 a second are seven fiftieths
/// of a second apart from first to last, less what the first one was late.
#[test]
fn a_rate_holds_everybody_back_together() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200");
    let done = run(&["ping", "--rate", "20/s", "-c", "8", "-n", "8", &url]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let stamps = server.witness().stamps;
    let apart = stamps[7].received_ns - stamps[0].received_ns;
    assert!(apart >= 5 * 50_000_000, "{apart} ns");
}

#[test]
fn one_host_has_no_more_in_flight_than_it_may() {
    let servers = [TestServer::start().unwrap(), TestServer::start().unwrap()];
    let urls = servers.each_ref().map(|server| server.url("/200?sleep=20"));
    let args = ["ping", "--per-host", "2", "-c", "8", "-n", "24"];
    let done = run(&[&args[..], &[&urls[0], &urls[1]]].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    for server in &servers {
        let seen = server.witness();
        assert_eq!((seen.requests, seen.peak_in_flight), (12, 2));
    }
}

#[test]
fn a_host_that_is_not_this_machine_is_treated_politely() {
    let url = "http://no-such-host.invalid/";
    let done = run(&["ping", url]);
    assert_eq!(done.code, Some(1));
    assert_eq!(
        done.err,
        "note: no-such-host.invalid is not this machine: at most 10 requests \
         a second, 4 at once to a host (--rate and --per-host say otherwise)\n"
    );
    let often = run(&["ping", "-n", "11", url]);
    assert_eq!(often.code, Some(2), "{often:?}");
    assert!(often.err.contains("--allow-repeats"), "{}", often.err);
}

#[test]
fn says_what_a_rate_looks_like() {
    for (typed, hint) in [
        (["--rate", "fast"], "such as `50/s`"),
        (["--rate", "0/s"], "such as `50/s`"),
        (["--rate", "nan/s"], "such as `50/s`"),
        (["--rate", "inf"], "such as `50/s`"),
        (["--rate", "1e300/s"], "a million a second"),
        (["--rate", "0.01/h"], "1 a day"),
        (["--rate", "50/y"], "such as `30/m`"),
        (["--per-host", "0"], "write 1 or more"),
        (["--retries", "101"], "--retries"),
        (["--deadline", "0s"], "longer than nothing"),
    ] {
        let done = run(&[&["ping"], &typed[..], &["http://a/"]].concat());
        assert_eq!(done.code, Some(2), "{done:?}");
        assert!(done.err.contains(hint), "{}", done.err);
    }
}
