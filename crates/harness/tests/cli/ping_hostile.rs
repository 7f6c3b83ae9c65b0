//! What a server says reaches neither the terminal nor a spreadsheet as more
//! than text; what is secret is not shown; and a file is whole or untouched.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, symlink};
use std::process::Stdio;
use std::thread;

use serde_json::Value;
use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{finish, harness, run, text};

/// Answers so many connections with these bytes. Its address.
fn answering(answer: &[u8], times: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answer = answer.to_vec();
    thread::spawn(move || {
        for stream in listener.incoming().take(times) {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(&answer);
        }
    });
    address.to_string()
}

/// An answer without a phrase, whose words are those of the body.
fn saying(words: &str) -> Vec<u8> {
    let body = format!("599 {words}");
    let length = body.len();
    format!(
        "HTTP/1.1 599 x\r\nContent-Length: {length}\r\nConnection: close\r\n\
         \r\n{body}"
    )
    .into_bytes()
}

const WORDS: [&str; 7] = [
    "\u{1b}]0;P\u{7}\u{1b}[2Jfake",
    "a\rhttp://b/: 200 OK (1.0 ms)",
    "\u{9b}2J\u{7f}",
    "\u{202e}evil\u{2066}",
    "\u{200b}\u{feff}\u{2028}\u{2029}\u{85}",
    "=HYPERLINK(\"http://evil/\")",
    "+1;@x",
];

#[test]
fn a_server_writes_nothing_but_text() {
    for words in WORDS {
        for strategy in ["worker-pool", "good-manners"] {
            let url = format!("http://{}/", answering(&saying(words), 3));
            for format in ["text", "json", "csv"] {
                let ping = ["ping", "--output-format", format, "--strategy"];
                let done = run(&[&ping[..], &[strategy, &url]].concat());
                let shown = format!("{words:?} {format}: {:?}", done.out);
                let lines: Vec<&str> = done.out.split('\n').collect();
                assert!(
                    !lines.iter().any(|l| l.chars().any(ping_core::is_hidden)),
                    "{shown}"
                );
                match format {
                    // A ping, two lines of totals, and the end.
                    "text" => assert_eq!(lines.len(), 4, "{shown}"),
                    "csv" => {
                        assert_eq!(lines.len(), 3, "{shown}");
                        let cells = lines[1].split(',');
                        for cell in cells {
                            let cell = cell.trim_start_matches('"');
                            let first = cell.chars().next();
                            assert!(
                                !first.is_some_and(|c| "=+@-".contains(c)),
                                "{shown}"
                            );
                        }
                    }
                    _ => {
                        let told: Value =
                            serde_json::from_str(&done.out).unwrap();
                        let reason = &told["pings"][0]["reason"];
                        let first = words.lines().next().unwrap();
                        assert_eq!(reason, first, "{shown}");
                    }
                }
            }
        }
    }
}

#[test]
fn no_password_is_shown() {
    let server = TestServer::start().unwrap();
    let url = server.url("/404").replace("http://", "http://me:word123@");
    let gone = "http://me:word123@127.0.0.1:1/";
    for format in ["text", "json", "csv"] {
        let done = run(&["ping", "--output-format", format, &url, gone]);
        assert!(!done.out.contains("word123"), "{}", done.out);
        assert!(done.out.contains("http://me:***@"), "{}", done.out);
    }
    for wrong in ["ftp://me:word123@a/", "http://me:word123@a b/"] {
        let done = run(&["ping", wrong]);
        assert!(!done.err.contains("word123"), "{}", done.err);
        assert_eq!(done.code, Some(2));
    }
}

#[test]
fn a_witness_keeps_no_secret() {
    let reports = TempDir::new().unwrap();
    let args = ["witness", "--reports", text(reports.path()), "--", "true"];
    let secrets = ["-H", "Authorization: Bearer word123", "-u", "me:word123"];
    let done = run(&[&args[..], &secrets, &["{url}"]].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    let folder = crate::common::only_folder(reports.path());
    let kept = fs::read_to_string(folder.join("witness.json")).unwrap();
    assert!(!kept.contains("word123"), "{kept}");
    assert!(kept.contains("Authorization: ***"), "{kept}");
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_list_is_not_replaced_by_the_results() {
    let server = TestServer::start().unwrap();
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let list = format!("{}\n", server.url("/200"));
    fs::write(path("list"), &list).unwrap();
    symlink("list", path("soft")).unwrap();
    fs::hard_link(path("list"), path("hard")).unwrap();
    let dotted = format!("{}/./list", text(folder.path()));
    let plain = path("list");
    for output in
        [text(&path("list")), text(&path("soft")), text(&path("hard")), &dotted]
    {
        let file = ["ping", "-f", text(&plain), "-o", output];
        let mut input = harness(&["ping", "-f", "-", "-o", output]);
        input.stdin(Stdio::from(fs::File::open(path("list")).unwrap()));
        for done in [run(&file), finish(input)] {
            assert_eq!(done.code, Some(2), "{done:?}");
            assert!(done.err.contains("is the list"), "{}", done.err);
        }
    }
    assert_eq!(fs::read_to_string(path("list")).unwrap(), list);
    assert_eq!(server.witness().requests, 0);
    assert_eq!(names(&folder), ["hard", "list", "soft"]);
    // A device may be both.
    let done = run(&["ping", "-f", "/dev/null", "-o", "/dev/null"]);
    assert!(done.err.contains("nothing to ping"), "{}", done.err);
}

#[test]
fn a_file_is_as_it_was_until_the_results_are_whole() {
    let server = TestServer::start().unwrap();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "old").unwrap();
    let inode = fs::metadata(&file).unwrap().ino();
    // The set-up fails, after the file was opened.
    let mut command =
        harness(&["ping", "-o", text(&file), &server.url("/200")]);
    command.env("SSL_CERT_FILE", "/nowhere/at/all");
    let done = finish(command);
    assert_ne!(done.code, Some(0), "{done:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "old");
    assert_eq!(fs::metadata(&file).unwrap().ino(), inode);
    assert_eq!(server.witness().requests, 0);
    assert_eq!(names(&folder), ["file"]);
    let done = run(&["ping", "-o", text(&file), &server.url("/200")]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(fs::read_to_string(&file).unwrap().contains("200 OK"));
    assert_eq!(names(&folder), ["file"]);
}

#[test]
fn what_is_no_file_is_written_as_it_is() {
    let server = TestServer::start().unwrap();
    let url = server.url("/200");
    let done = run(&["ping", "-o", "/dev/stdout", &url]);
    assert!(done.out.ends_with("1 request = 1 ok\n"), "{}", done.out);
    assert_eq!(run(&["ping", "-o", "/dev/null", &url]).code, Some(0));
}
