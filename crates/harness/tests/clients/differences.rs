//! Where the two clients still differ, because their libraries cannot be
//! told otherwise. A test here that fails means: one difference less.

use std::io::Write;
use std::time::Duration;

use ping_core::Ping;
use socket2::SockRef;

use crate::Both;
use crate::raw::{Raw, read_head};

fn outcome(ping: Ping) -> String {
    match ping.result {
        Ok(reply) => format!("{}, {} bytes", reply.status, reply.bytes),
        Err(error) => error.kind().to_owned(),
    }
}

#[track_caller]
fn differ(server: &Raw, ureq: &str, reqwest: &str) {
    let said = Both::new().ping(&server.url());
    assert_eq!(outcome(said.ureq), ureq, "ureq");
    assert_eq!(outcome(said.reqwest), reqwest, "reqwest");
}

fn with_lines(lines: &str) -> Raw {
    Raw::answering(format!(
        "HTTP/1.1 200 OK\r\n{lines}Content-Length: 2\r\n\r\nok"
    ))
}

#[test]
fn a_head_between_16_and_400_kib_fits_only_the_async_client() {
    let line = format!("X: {}\r\n", "x".repeat(100_000));
    differ(&with_lines(&line), "bad_reply", "200, 2 bytes");
}

#[test]
fn more_than_100_headers_up_to_128_fit_only_the_blocking_client() {
    let lines = "X: x\r\n".repeat(127);
    differ(&with_lines(&lines), "200, 2 bytes", "bad_reply");
}

#[test]
fn a_reset_ends_a_body_without_a_length_for_the_blocking_client() {
    let server = Raw::serve(|stream| {
        read_head(stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\nhalf")?;
        SockRef::from(&*stream).set_linger(Some(Duration::ZERO))
    });
    differ(&server, "200, 4 bytes", "closed_early");
}

#[test]
fn chunks_have_limits_of_their_own_for_the_blocking_client() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let no_last_line = format!("{chunked}2\r\nok\r\n0\r\n");
    differ(&Raw::answering(no_last_line), "200, 2 bytes", "closed_early");
    let long = "x".repeat(30);
    let extension = format!("{chunked}2;{long}\r\nok\r\n0\r\n\r\n");
    differ(&Raw::answering(extension), "bad_reply", "200, 2 bytes");
    let trailer = format!("{chunked}2\r\nok\r\n0\r\nno colon\r\n\r\n");
    differ(&Raw::answering(trailer), "200, 2 bytes", "bad_reply");
}

#[test]
fn headers_of_a_100_are_a_bad_reply_to_the_blocking_client() {
    let server = Raw::answering(
        "HTTP/1.1 100 Continue\r\nX: x\r\n\r\n\
         HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    );
    differ(&server, "bad_reply", "200, 2 bytes");
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
        assert_eq!(outcome(said.ureq), "bad_url", "{url}");
        assert_eq!(outcome(said.reqwest), "200, 0 bytes", "{url}");
    }
}
