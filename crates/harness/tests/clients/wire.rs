//! The same bytes leave for the server.

use std::io::Write;
use std::sync::mpsc::{self, Receiver};

use ping_core::USER_AGENT;

use crate::loopback::OnLoopback;
use crate::raw::{Raw, read_head};
use crate::{Both, CLIENTS};

/// The request line, and the header lines: sorted, names in lower case.
pub(crate) fn normal(head: &str) -> (String, Vec<String>) {
    let mut lines = head.trim_end().split("\r\n");
    let first = lines.next().unwrap().to_owned();
    let mut headers: Vec<String> = lines
        .map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            format!("{}: {value}", name.to_lowercase())
        })
        .collect();
    headers.sort();
    (first, headers)
}

/// Answers everything, and the heads that came.
pub(crate) fn listen() -> (Raw, Receiver<String>) {
    let (told, heads) = mpsc::channel();
    let server = Raw::serve(move |stream| {
        loop {
            let head = String::from_utf8(read_head(stream)?).unwrap();
            told.send(head).unwrap();
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")?;
        }
    });
    (server, heads)
}

#[test]
fn all_send_the_same_head() {
    let (server, heads) = listen();
    let (both, on_loopback) = (Both::new(), OnLoopback::new());
    let host = server.address().to_string();
    for (target, expected) in [
        ("/200", "/200"),
        ("/200?seq=1&nonce=2&bytes=3", "/200?seq=1&nonce=2&bytes=3"),
        ("/200/a%20b?x=%C3%A4", "/200/a%20b?x=%C3%A4"),
        ("/200#fragment", "/200"),
        ("/", "/"),
        ("", "/"),
        ("?x=1", "/?x=1"),
    ] {
        let url = format!("http://{host}{target}");
        both.ping(&url).reply(target);
        on_loopback.ping(&url).unwrap();
        let [ureq, others @ ..] = [(); CLIENTS + OnLoopback::CLIENTS]
            .map(|()| normal(&heads.recv().unwrap()));
        for other in others {
            assert_eq!(ureq, other);
        }
        let (first, headers) = ureq;
        assert_eq!(first, format!("GET {expected} HTTP/1.1"));
        let ours = format!("user-agent: {USER_AGENT}");
        assert_eq!(headers, ["accept: */*", &format!("host: {host}"), &ours]);
    }
}
