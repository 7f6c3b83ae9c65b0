//! What is typed wrong may hold a password all the same: it reaches nobody who
//! reads the terminal, or the results.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use tempfile::TempDir;
use test_server::TestServer;

use crate::common::{Done, harness, run, text};

/// Each is no URL, or not quite one.
const WRONG: [&str; 16] = [
    "//me:s3cret@h",
    "me:s3cret@h",
    "me:12/s3cret@h/x",
    "http;//me:s3cret@h/",
    "http//me:s3cret@h/",
    "ftp://me:s3cret@h/",
    "http://me:x/s3cret@h/",
    "http://me:s3cret",
    "http://me%3As3cret%40h/",
    "http%3A%2F%2Fme%3As3cret%40h",
    "me%3As3cret@h",
    "//me:s3cret two@h",
    "me: s3cret@h",
    "http://me:a s3cret@h/",
    "http: //me:s3cret@h/",
    "http://me:s3cret@h:x/",
];

fn hides(done: &Done, code: i32, case: &str) {
    assert_eq!(done.code, Some(code), "{case}: {done:?}");
    for said in [&done.out, &done.err] {
        assert!(!said.contains("s3cret"), "{case}: {done:?}");
    }
    assert!(done.err.contains("***"), "{case}: {done:?}");
}

fn with_input(args: &[&str], input: &str) -> Done {
    let mut command = harness(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap().into()
}

#[test]
fn no_error_shows_the_password_of_what_is_no_url() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("urls");
    let fine = "http://127.0.0.1:1/";
    for wrong in WRONG {
        fs::write(&file, wrong).unwrap();
        hides(&run(&["ping", wrong]), 2, wrong);
        hides(&run(&["ping", "-f", text(&file)]), 2, wrong);
        hides(&with_input(&["ping", "-f", "-"], wrong), 2, wrong);
        for option in ["-f", "--rate", "--output-format", "-n"] {
            hides(&run(&["ping", fine, option, wrong]), 2, wrong);
        }
        let attached = format!("--file={wrong}");
        hides(&run(&["ping", &attached]), 2, &attached);
        hides(&run(&["ping", &format!("-f{wrong}")]), 2, wrong);
        hides(&run(&["plot", wrong]), 2, wrong);
        hides(&run(&["lesson", wrong]), 2, wrong);
        hides(&run(&[wrong]), 2, wrong);
    }
}

#[test]
fn no_result_shows_the_password_of_a_url() {
    let server = TestServer::start().unwrap();
    let place = server.url("/299");
    let place = place.strip_prefix("http://").unwrap();
    for scheme in ["http://", "http:", "http:/", "http:\\\\", "HTTP:////"] {
        for user in ["me:s3cret", "s3cret", ":s3cret", "me%3As3cret"] {
            let url = format!("{scheme}{user}@{place}");
            for format in ["text", "json", "csv"] {
                let done = run(&["ping", "--output-format", format, &url]);
                assert_eq!((done.code, &*done.err), (Some(0), ""), "{url}");
                assert!(!done.out.contains("s3cret"), "{url}: {done:?}");
                assert!(done.out.contains("***@127.0.0.1"), "{url}: {done:?}");
            }
        }
    }
}
