use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Stdio;
use std::thread;

use serde_json::Value;
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{finish, harness, read_to_end, run, shell, text};

/// Pings `url` and reads what it prints as JSON.
fn json(args: &[&str], url: &str) -> Value {
    let format = ["ping", "--output-format", "json"];
    let done = run(&[&format, args, &[url]].concat());
    assert_eq!(done.err, "");
    serde_json::from_str(&done.out).expect("one JSON document")
}

#[test]
fn json_is_one_document() {
    let server = TestServer::start().unwrap();
    let args = ["-n", "3", "-c", "2", "--strategy", "threads"];
    let told = json(&args, &server.url("/404"));
    assert_eq!(told["schema_version"], 1);
    assert_eq!(told["strategy"], "threads");
    assert_eq!(told["concurrency"], 2);
    assert_eq!(told["requested_concurrency"], 2);
    assert_eq!(told["requests"], 3);
    assert_eq!(told["cancelled"], 0);
    assert_eq!(told["outcomes"], serde_json::json!({"404": 3}));
    assert!(told["elapsed_s"].as_f64().unwrap() > 0.0);
    assert!(told["cpu_s"].as_f64().unwrap() >= 0.0);
    if cfg!(target_os = "linux") {
        assert!(told["peak_rss_bytes"].as_u64().unwrap() > 100_000);
    }
    let pings = told["pings"].as_array().unwrap();
    assert_eq!(pings.len(), 3);
    for ping in pings {
        assert_eq!(ping["url"], server.url("/404"));
        assert_eq!(
            (&ping["status"], &ping["reason"]),
            (&Value::from(404), &Value::from("Not Found"),)
        );
        assert_eq!(ping["bytes"], "404 Not Found".len());
        assert_eq!(ping["error"], Value::Null);
        let (started, took) = (&ping["started_s"], &ping["elapsed_s"]);
        let end = started.as_f64().unwrap() + took.as_f64().unwrap();
        assert!(end <= told["elapsed_s"].as_f64().unwrap());
    }
}

#[test]
fn json_tells_the_concurrency_that_there_was() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200");
    let told = json(&["-n", "3"], &url);
    assert_eq!(told["requested_concurrency"], 8, "the default");
    assert_eq!(told["concurrency"], 3, "there were only three");
    let told = json(&["-n", "3", "--strategy", "sequential"], &url);
    assert_eq!(told["requested_concurrency"], 1, "nobody asked for more");
    assert_eq!(told["concurrency"], 1);
}

#[test]
fn json_can_leave_the_pings_out() {
    let server = TestServer::start().unwrap();
    let told = json(&["-n", "50", "--no-pings"], &server.url("/200"));
    assert!(told.get("pings").is_none());
    assert_eq!(told["requests"], 50);
}

#[test]
fn percentiles_are_told_where_there_are_enough_times() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200");
    let told = json(&["-n", "100"], &url);
    let mut took: Vec<f64> = (told["pings"].as_array().unwrap().iter())
        .map(|ping| ping["elapsed_s"].as_f64().unwrap())
        .collect();
    took.sort_by(f64::total_cmp);
    let all = &told["percentiles_s"];
    for (name, rank) in [("p50", 50), ("p90", 90), ("p95", 95)] {
        let off = all[name].as_f64().unwrap() - took[rank - 1];
        assert!(off.abs() < 1e-9, "{name}: {all} and {took:?}");
    }
    assert_eq!(all["p99"], Value::Null);
    let few = json(&["-n", "9"], &url);
    assert_eq!(few["percentiles_s"]["p50"], Value::Null);

    let text = |n| run(&["ping", "--no-pings", "-n", n, &url]).out;
    let lines = text("500");
    let line = lines.lines().nth(1).unwrap();
    assert!(line.starts_with("p50 ") && line.contains(", p99 "), "{line}");
    assert!(line.ends_with(" (of the 500 that were answered)"), "{line}");
    assert!(!text("9").contains("p50"));
}

#[test]
fn text_says_that_a_pause_was_asked_for() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", server.local_addr().unwrap());
    thread::spawn(move || {
        for head in ["429 X\r\nRetry-After: 0", "503 X", "200 OK"] {
            let (mut client, _) = server.accept().unwrap();
            let mut lines = BufReader::new(&client).lines();
            while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {
            }
            let rest = "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
            let _ =
                client.write_all(format!("HTTP/1.1 {head}{rest}").as_bytes());
        }
    });
    let done = run(&["ping", "--retries", "2", &url]);
    let lines: Vec<&str> = done.out.lines().collect();
    let asked = ", tried again as Retry-After asks (0)";
    assert!(lines[0].ends_with(asked), "{done:?}");
    assert!(lines[1].ends_with(" ms), tried again"), "{done:?}");
    assert!(lines[2].contains(": 200 OK ("), "{done:?}");
}

#[test]
fn outcomes_add_up_to_the_requests() {
    let server = TestServer::start().unwrap();
    let (ok, slow) = (server.url("/200"), server.url("/200?sleep=20000"));
    let done = run(&[
        "ping",
        "--output-format",
        "json",
        "--timeout",
        "1500ms",
        "-n",
        "5",
        &ok,
        &slow,
        "http://127.0.0.1:1/",
    ]);
    assert_eq!(done.code, Some(1));
    let told: Value = serde_json::from_str(&done.out).unwrap();
    let outcomes = told["outcomes"].as_object().unwrap();
    assert_eq!(
        (&outcomes["200"], &outcomes["timeout_head"], &outcomes["refused"]),
        (&Value::from(2), &Value::from(2), &Value::from(1),)
    );
    let sum: u64 = outcomes.values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(told["requests"], sum);
    assert_eq!(told["pings"][1]["status"], Value::Null);
    let late = "timed out before there was an answer";
    assert_eq!(told["pings"][1]["error"], late);
    assert_eq!(told["pings"][1]["cut_off"], true);
    assert_eq!(told["pings"][0]["cut_off"], false);
    assert_eq!(told["cut_off"], 2);
    let failures = serde_json::json!({"refused": 1, "timeout_head": 2});
    assert_eq!((&told["ok"], &told["failures"]), (&2.into(), &failures));
}

#[test]
fn csv_has_a_row_per_ping() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200?note=a,b");
    let done =
        run(&["ping", "--output-format", "csv", &url, "http://127.0.0.1:1/"]);
    let rows: Vec<&str> = done.out.lines().collect();
    assert_eq!(
        rows[0],
        "url,status,reason,started_s,elapsed_s,bytes,error,outcome,cut_off,\
         retried"
    );
    assert!(
        rows[1].starts_with(&format!("\"{url}\",200,OK,0.0")),
        "{}",
        rows[1]
    );
    assert!(rows[1].ends_with(",6,,ok,false,false"), "{}", rows[1]);
    assert!(rows[2].starts_with("http://127.0.0.1:1/,,,"), "{}", rows[2]);
    assert!(
        rows[2].ends_with(",,connection refused,refused,false,false"),
        "{}",
        rows[2]
    );
    assert_eq!(rows.len(), 3);
}

#[test]
fn writes_to_a_file() {
    let server = TestServer::start().unwrap();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("pings.json");
    let done = run(&[
        "ping",
        "--output-format",
        "json",
        "-o",
        text(&file),
        &server.url("/200"),
    ]);
    assert_eq!((done.code, done.out.as_str()), (Some(0), ""), "{done:?}");
    let told = fs::read_to_string(&file).unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["requests"], 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_no_panic() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200");
    let done = run(&["ping", "-o", "/dev/full", &url]);
    assert_eq!(done.code, Some(1), "{done:?}");
    let said = "error: cannot write /dev/full: No space left on device";
    assert!(done.err.starts_with(said), "{}", done.err);

    for command in [&["ping", &url][..], &["list"], &["serve"]] {
        let done = finish(shell("exec \"$@\" >/dev/full", command));
        assert_eq!(done.code, Some(1), "{command:?}: {done:?}");
        let said = "error: cannot write the results: No space left on device";
        assert!(done.err.starts_with(said), "{command:?}: {}", done.err);
    }
    // With nowhere left to say it, the exit code says it.
    let both = "exec \"$@\" >/dev/full 2>/dev/full";
    assert_eq!(finish(shell(both, &["ping", &url])).code, Some(1));
    let usage = finish(shell("exec \"$@\" 2>/dev/full", &["ping", "x"]));
    assert_eq!(usage.code, Some(2));
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let server = TestServer::start().unwrap();
    // More than fits into a pipe.
    let mut command = harness(&["ping", "-n", "20000", &server.url("/200")]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let err = child.stderr.take().unwrap();
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert!(line.contains(": 200 OK ("), "{line}");
    drop(out);
    assert_eq!(read_to_end(err), "");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// The memory that three times as many pings take: none.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_pings() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200");
    let peak = |requests: &str| {
        let told = json(&["-n", requests, "--no-pings"], &url);
        assert_eq!(told["requests"].to_string(), requests);
        told["peak_rss_bytes"].as_u64().unwrap()
    };
    let (few, many) = (peak("20000"), peak("60000"));
    let more = many.saturating_sub(few);
    assert!(more < 2 << 20, "{more} bytes more: {few} and {many}");
}

#[test]
fn text_says_why_something_was_or_was_not_tried_again() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200?fault=unavailable");
    let done = run(&["ping", "--retries", "1", &url]);
    let asked = ", tried again as Retry-After asks (1)\n";
    assert!(done.out.contains(asked), "{}", done.out);
    let late = ["ping", "--retries", "1", "--deadline", "500ms"];
    let done = run(&[&late[..], &[&url]].concat());
    let why = "not tried again: 1 because the deadline comes first\n";
    assert!(done.out.contains(why), "{}", done.out);
}
