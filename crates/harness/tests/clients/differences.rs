//! Where the two clients still differ, because their libraries cannot be told
//! otherwise. A row that fails here means: one difference less.

use std::fmt::Write;

use crate::raw::Raw;
use crate::{Both, quote, word};

/// A difference: the async client takes such an answer, and the blocking one
/// says `bad_reply`.
struct Row {
    what: &'static str,
    /// What the event loop and the tiny executor say.
    event_loop: &'static str,
    answer: String,
    why: &'static str,
}

fn rows() -> [Row; 4] {
    let chunks = |length: &str| {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        format!("{head}{length}\r\nok\r\n0\r\n\r\n")
    };
    let long = "x".repeat(20_000);
    let blank = " ".repeat(20_000);
    [
        Row {
            what: "a chunk with an extension, its line longer than 20 bytes",
            event_loop: "200",
            answer: chunks(&format!("2;{}", "x".repeat(30))),
            why: "ureq reads no longer line before a chunk, and has no \
                  setting for it",
        },
        Row {
            what: "a chunk's length with zeros before it, longer than 20 bytes",
            event_loop: "200",
            answer: chunks(&format!("{}2", "0".repeat(30))),
            why: "the same limit",
        },
        Row {
            what: "an interim answer of more than 16 KiB",
            event_loop: "bad_reply",
            answer: format!(
                "HTTP/1.1 103 Early Hints\r\nX: {long}\r\n\r\n\
                 HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            ),
            why: "hyper passes over it, up to some 400 KiB, and shows it to \
                  nobody",
        },
        Row {
            what: "a head of more than 16 KiB, if blanks around its values \
                   make it so large",
            event_loop: "bad_reply",
            answer: format!(
                "HTTP/1.1 200 OK\r\nX: {blank}x\r\nContent-Length: 0\r\n\r\n"
            ),
            why: "hyper cuts them off before anybody can count them",
        },
    ]
}

#[test]
fn what_still_differs_stands_on_the_page() {
    let both = Both::new();
    let mut table = String::from(
        "| answer | blocking strategies | async strategies | by hand | why \
         |\n| --- | --- | --- | --- | --- |\n",
    );
    for Row { what, event_loop, answer, why } in rows() {
        let said = both.ping(&Raw::answering(answer).url());
        assert_eq!(word(&said.ureq.result), "bad_reply", "{what}: ureq");
        assert_eq!(word(&said.reqwest.result), "200", "{what}: reqwest");
        let by_loop = word(&said.event_loop.unwrap().result);
        assert_eq!(by_loop, event_loop, "{what}: the event loop");
        let by_executor = word(&said.executor.unwrap().result);
        assert_eq!(by_executor, event_loop, "{what}: the tiny executor");
        let by_loop = if by_loop == "200" { "the status" } else { &by_loop };
        let _ = writeln!(
            table,
            "| {what} | bad_reply | the status | {by_loop} | {why} |"
        );
    }
    quote("docs/answers.md", "differences", &table);
}

/// `harness ping` writes such URLs as the standard has them before any
/// client sees them, so that its strategies agree.
#[test]
fn the_async_client_mends_the_spelling_of_a_url() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    let server = Raw::answering(answer);
    let address = server.address();
    for url in [
        format!("http://{address}/a b"),
        format!(" http://{address}/"),
        format!("http:{address}"),
    ] {
        let said = Both::new().ping(&url);
        assert_eq!(word(&said.ureq.result), "bad_url", "{url}");
        assert_eq!(word(&said.reqwest.result), "200", "{url}");
    }
}
