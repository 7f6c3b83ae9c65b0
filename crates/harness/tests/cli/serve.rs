use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::common::{harness, read_to_end, run};

/// A server, and the URL on the first line that it printed.
fn serve(args: &[&str]) -> (Child, BufReader<ChildStdout>, String) {
    let mut command = harness(&[&["serve"], args].concat());
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let url = line.split_whitespace().nth(1).expect("a URL").to_owned();
    (child, out, url)
}

#[test]
fn says_where_it_is_and_answers_there() {
    let (mut child, mut out, url) = serve(&["--wait", "uneven"]);
    let mut rest = String::new();
    while !rest.contains("Ctrl-C ends it\n") {
        assert_ne!(out.read_line(&mut rest).unwrap(), 0, "{rest}");
    }
    assert!(rest.contains("/404?sleep=250"), "{rest}");
    let witness = rest
        .lines()
        .find_map(|line| line.strip_prefix("witness:  "))
        .expect("where to ask the witness");

    let done = run(&["ping", "-n", "3", &url]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.contains("3 × 200"), "{}", done.out);
    let told = run(&["ping", "--expect", "200", witness]);
    assert_eq!(told.code, Some(0), "{told:?}");

    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn ends_when_it_is_told_to() {
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let (mut child, _out, _) = serve(&[]);
        let err = child.stderr.take().unwrap();
        kill(Pid::from_raw(child.id() as i32), signal).unwrap();
        assert_eq!(read_to_end(err), "");
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let done = run(&["serve", "--port", &port]);
    assert_eq!(done.code, Some(2), "{done:?}");
    assert_eq!(
        done.err,
        format!(
            "error: port {port} is in use; name another, or --port 0 for a \
             free one\n"
        )
    );
    assert_eq!(done.out, "");
}
