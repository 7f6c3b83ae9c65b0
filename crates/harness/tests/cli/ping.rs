use std::fs;
use std::process::Stdio;

use ping_core::URL_LIMIT;
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{Done, finish, harness, run, text};

/// Each line without its time, which is the last word in brackets.
fn untimed(done: &Done) -> Vec<&str> {
    done.out
        .lines()
        .map(|line| line.rsplit_once(" (").map_or(line, |(said, _)| said))
        .collect()
}

#[test]
fn prints_the_list_in_its_order() {
    let server = TestServer::start().unwrap();
    // The first is the slowest, so that the order of arrival is another.
    let urls = [
        server.url("/404?sleep=200"),
        server.url("/524?sleep=100"),
        server.url("/200"),
    ];
    let done = run(&["ping", &urls[0], &urls[1], &urls[2]]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{done:?}");
    let lines = untimed(&done);
    assert_eq!(lines[0], format!("{}: 404 Not Found", urls[0]));
    assert_eq!(lines[1], format!("{}: 524 A Timeout Occurred", urls[1]));
    assert_eq!(lines[2], format!("{}: 200 OK", urls[2]));
    assert!(lines[3].starts_with("3 pings in "), "{}", lines[3]);
    assert!(lines[3].ends_with(": 1 × 200, 1 × 404, 1 × 524"), "{}", lines[3]);
    assert_eq!(lines[4], "3 requests = 3 ok");
    assert_eq!(lines.len(), 5);
}

#[test]
fn goes_round_the_list_as_often_as_asked() {
    let server = TestServer::start().unwrap();
    let (a, b) = (server.url("/200"), server.url("/404"));
    let done = run(&["ping", "-n", "5", "-c", "2", &a, &b]);
    let urls: Vec<String> = done.out.lines().take(5).map(url_of).collect();
    assert_eq!(urls, [&a, &b, &a, &b, &a].map(String::as_str));
    assert!(done.out.contains("3 × 200, 2 × 404"), "{}", done.out);
    let seen = server.witness();
    assert_eq!(seen.requests, 5);
    assert!(seen.peak_in_flight <= 2);
}

fn url_of(line: &str) -> String {
    line.split(": ").next().unwrap().to_owned()
}

#[test]
fn reads_a_file_with_comments() {
    let server = TestServer::start().unwrap();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("urls.txt");
    let (a, b, c) =
        (server.url("/200"), server.url("/404"), server.url("/500"));
    fs::write(&file, format!("# mine\r\n\r\n  {b}\r\n#{c}\r\n")).unwrap();
    // Those of the command line come first.
    let done = run(&["ping", "-f", text(&file), &a]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let urls: Vec<String> = done.out.lines().take(2).map(url_of).collect();
    assert_eq!(urls, [a, b]);
    assert_eq!(server.witness().requests, 2);
}

#[test]
fn reads_standard_input() {
    let server = TestServer::start().unwrap();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("urls.txt");
    fs::write(&file, server.url("/200")).unwrap();
    let mut command = harness(&["ping", "-f", "-"]);
    command.stdin(Stdio::from(fs::File::open(&file).unwrap()));
    let done = finish(command);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.contains("1 ping in "), "{}", done.out);
}

/// Over 64,000 bytes the server takes none; it is asked all the same.
#[test]
fn a_long_url_is_sent_from_wherever_it_comes() {
    let server = TestServer::start().unwrap();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("urls.txt");
    for (bytes, outcome) in [
        (20_000, "1 × 414"),
        (URL_LIMIT, "1 × 414"),
        (URL_LIMIT + 1, "of more than 65534 bytes"),
    ] {
        let start = server.url("/");
        let url = format!("{start}{}", "x".repeat(bytes - start.len()));
        fs::write(&file, &url).unwrap();
        let mut piped = harness(&["ping", "-f", "-"]);
        piped.stdin(Stdio::from(fs::File::open(&file).unwrap()));
        let all = [
            run(&["ping", &url]),
            run(&["ping", "-f", text(&file)]),
            finish(piped),
        ];
        for done in all {
            let said = format!("{}{}", done.out, done.err);
            assert!(said.contains(outcome), "{bytes}: {said:.300}");
        }
    }
}

#[test]
fn every_strategy_gives_the_same_answers() {
    let server = TestServer::start().unwrap();
    let urls: Vec<String> = [200, 204, 301, 404, 500, 524]
        .iter()
        .map(|status| server.url(&format!("/{status}")))
        .collect();
    let told = |name: &str| -> Vec<String> {
        let mut args = vec!["ping", "-n", "12", "-c", "3", "--strategy", name];
        args.extend(urls.iter().map(String::as_str));
        let done = run(&args);
        assert_eq!(done.code, Some(0), "{done:?}");
        untimed(&done)[..12].iter().map(|line| (*line).to_owned()).collect()
    };
    let first = told("sequential");
    for name in ["threads", "scoped-threads", "worker-pool", "async-tasks"] {
        assert_eq!(told(name), first, "{name}");
    }
}

#[test]
fn one_at_a_time_says_that_concurrency_changes_nothing() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200");
    let sequential = ["ping", "--strategy", "sequential", "-n", "3", &url];
    let done = run(&[&sequential[..], &["-c", "4"]].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(
        done.err,
        "note: `sequential` has one ping in flight at a time; -c 4 changes \
         nothing\n"
    );
    assert_eq!(server.witness().peak_in_flight, 1);
    // Who asked for nothing is told nothing.
    assert_eq!(run(&sequential).err, "");
    assert_eq!(run(&[&sequential[..], &["-c", "1"]].concat()).err, "");
}

#[test]
fn any_status_is_a_success_unless_one_is_expected() {
    let server = TestServer::start().unwrap();
    let (ok, missing) = (server.url("/200"), server.url("/404"));
    assert_eq!(run(&["ping", &ok, &missing]).code, Some(0));
    let expect =
        |statuses| run(&["ping", "--expect", statuses, &ok, &missing]).code;
    assert_eq!(expect("200"), Some(1));
    assert_eq!(expect("200,404"), Some(0));
    assert_eq!(expect("404"), Some(1));
}

#[test]
fn nobody_there_is_refused() {
    // Port 1 is reserved for a service that nobody runs.
    let url = "http://127.0.0.1:1/200";
    for name in ["sequential", "async-tasks"] {
        let done = run(&["ping", "--strategy", name, url]);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.out.contains(&format!("{url}: connection refused (")));
        assert!(done.out.contains(": 1 × refused ("), "{}", done.out);
    }
}

#[test]
fn too_slow_is_a_timeout_and_the_others_are_not_kept_waiting() {
    let server = TestServer::start().unwrap();
    let (slow, quick) = (server.url("/200?sleep=20000"), server.url("/200"));
    for name in ["threads", "async-tasks"] {
        let done = run(&[
            "ping",
            "--timeout",
            "1500ms",
            "--strategy",
            name,
            &slow,
            &quick,
        ]);
        assert_eq!(done.code, Some(1), "{done:?}");
        let lines = untimed(&done);
        let late = "timed out before there was an answer";
        assert_eq!(lines[0], format!("{slow}: {late}"));
        assert_eq!(lines[1], format!("{quick}: 200 OK"));
        assert_eq!(lines[3], "2 requests = 1 ok + 1 timeout_head");
        assert!(lines[4].ends_with("the time of each is a lower bound"));
    }
    assert_eq!(server.witness().done, 2, "the slow ones were not waited for");
}
