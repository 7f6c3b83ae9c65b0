//! What strangers write is shown and not obeyed; what their reader wrote for
//! servers alone is not shown.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::thread;

use serde_json::Value;
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{Done, only_folder, run, text};

/// A server that answers `times` times with a status that has no phrase, and
/// with these words.
fn saying(words: &str, times: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let body = format!("599 {words}");
    let answer = format!(
        "HTTP/1.1 599 X\r\nConnection: close\r\nContent-Length: {}\r\n\r\n\
         {body}",
        body.len()
    );
    thread::spawn(move || {
        for client in listener.incoming().take(times) {
            let mut client = client.unwrap();
            let mut lines = BufReader::new(&client).lines();
            while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {
            }
            let _ = client.write_all(answer.as_bytes());
        }
    });
    url
}

fn is_obeyed(c: char) -> bool {
    c != '\n' && safe_text::is_obeyed(c)
}

/// Two lines that nobody forged, and nothing that a terminal obeys.
fn unspoilt(done: &Done) {
    let all = format!("{}{}", done.out, done.err);
    assert!(!all.chars().any(is_obeyed), "{all:?}");
}

const WORDS: [&str; 8] = [
    "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[1mhi",
    "=HYPERLINK(\"http://127.0.0.1/\",\"x\")",
    "+1",
    "\t=1",
    "a\u{2028}b\u{85}c\u{b}d\re",
    "\u{202e}\u{2066}\u{200b}\u{feff}",
    "\u{9b}2J\u{7f}\0",
    "-1;'\"",
];

#[test]
fn a_server_says_what_it_likes_and_nobody_obeys() {
    for words in WORDS {
        let url = saying(words, 3);
        let ping = |format| run(&["ping", "--output-format", format, &url]);

        let done = ping("text");
        unspoilt(&done);
        assert_eq!(done.out.lines().count(), 3, "{words:?}: {done:?}");
        assert!(done.out.starts_with(&format!("{url}: 599 ")), "{done:?}");

        let done = ping("csv");
        unspoilt(&done);
        let rows: Vec<&str> = done.out.lines().collect();
        assert_eq!(rows.len(), 2, "{words:?}: {done:?}");
        let reason = rows[1].strip_prefix(&format!("{url},599,"));
        let reason = reason.unwrap().trim_start_matches('"').trim_start();
        assert!(!reason.starts_with(['=', '+', '-', '@']), "{reason}");

        let done = ping("json");
        unspoilt(&done);
        let told: Value = serde_json::from_str(&done.out).unwrap();
        let said = told["pings"][0]["reason"].as_str().unwrap();
        assert!(words.starts_with(said) && !said.is_empty(), "{said:?}");
    }
}

#[test]
fn a_list_an_argument_and_a_name_are_not_obeyed_either() {
    let folder = TempDir::new().unwrap();
    let evil = "\u{1b}[2J\u{9b}1m\u{202e}x\ny";
    for args in [
        &["ping", evil][..],
        &["ping", "-f", evil],
        &["ping", "--rate", evil, "http://127.0.0.1:1/"],
        &["ping", "-o", &format!("/nowhere/{evil}"), "http://127.0.0.1:1/"],
        &["plot", evil],
        &["compare", evil, evil],
        &["witness", "--", evil, "{url}"],
        &["witness", "--", "true", evil],
        &["run", "--only", evil],
        &["serve", "--wait", evil],
        &["lesson", evil],
    ] {
        let done = run(args);
        assert_eq!(done.code, Some(2), "{args:?}: {done:?}");
        unspoilt(&done);
    }

    let program = folder.path().join("a\u{1b}[2J\nVerdict: forged");
    fs::write(&program, "#!/bin/sh\nexit 0\n").unwrap();
    fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    let reports = folder.path().join("reports");
    let args = ["witness", "--reports", text(&reports), "--"];
    let done = run(&[&args, &[text(&program), "{url}"][..]].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    unspoilt(&done);
    assert!(!done.out.contains("\nVerdict"), "{}", done.out);
    let svg = only_folder(&reports).join("waterfall.svg");
    let svg = fs::read_to_string(svg).unwrap_or_default();
    assert!(!svg.chars().any(is_obeyed), "{svg}");
}

/// Nowhere in what was printed.
fn secret_is_safe(done: &Done) {
    let all = format!("{}{}", done.out, done.err);
    assert!(!all.contains("s3cret"), "{all}");
}

#[test]
fn a_password_in_a_url_is_for_its_server_alone() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200").replace("://", "://me:s3cret@");
    let refused = "http://me:s3cret@127.0.0.1:1/";
    let folder = TempDir::new().unwrap();
    let list = folder.path().join("l");
    for format in ["text", "csv", "json"] {
        let done = run(&["ping", "--output-format", format, &url, refused]);
        secret_is_safe(&done);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert_eq!(done.out.matches("://me:***@127").count(), 2, "{done:?}");
    }
    for bad in [
        "http://me:s3cret@[::1/",
        "http://me:s3cret x@host/",
        "http://me:s3cret/x@host/",
        "ftp://me:s3cret@host/",
        "me:s3cret@host/",
        "http://me:s3cret@/",
        "http:me:s3cret@ho st/",
    ] {
        let done = run(&["ping", bad]);
        secret_is_safe(&done);
        assert_eq!(done.code, Some(2), "{bad}: {done:?}");
        fs::write(&list, bad).unwrap();
        let done = run(&["ping", "-f", text(&list)]);
        secret_is_safe(&done);
        assert_eq!(done.code, Some(2), "{bad}: {done:?}");
    }
}

#[test]
fn a_record_of_a_command_keeps_no_secrets() {
    let reports = TempDir::new().unwrap();
    let done = run(&[
        "witness",
        "--reports",
        text(reports.path()),
        "--",
        "true",
        "-H",
        "Authorization: Bearer s3cret",
        "--header=Cookie: a=s3cret",
        "-u",
        "me:s3cret",
        "--oauth2-bearer",
        "s3cret",
        "--proxy=http://me:s3cret@127.0.0.1:1/",
        "-n",
        "100",
        "{url}",
    ]);
    assert_eq!(done.code, Some(0), "{done:?}");
    secret_is_safe(&done);
    let record = only_folder(reports.path()).join("witness.json");
    let record = fs::read_to_string(record).unwrap();
    assert!(!record.contains("s3cret"), "{record}");
    let record: Value = serde_json::from_str(&record).unwrap();
    assert_eq!(
        record["command"],
        serde_json::json!([
            "true",
            "-H",
            "Authorization: ***",
            "--header=Cookie: ***",
            "-u",
            "***",
            "--oauth2-bearer",
            "***",
            "--proxy=http://me:***@127.0.0.1:1/",
            "-n",
            "100",
            "{url}",
        ])
    );
    let missing = ["witness", "--", "true", "-u", "me:s3cret"];
    secret_is_safe(&run(&missing));
}
