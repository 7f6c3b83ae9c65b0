//! Whatever arrives, the server answers or closes, and goes on.

mod wire;

use std::sync::LazyLock;

use proptest::prelude::*;
use test_server::TestServer;
use wire::{Wire, get};

static SERVER: LazyLock<TestServer> =
    LazyLock::new(|| TestServer::start().unwrap());

proptest! {
    #[test]
    fn any_bytes_get_an_answer_or_a_close(
        bytes in proptest::collection::vec(any::<u8>(), 0..2000),
    ) {
        survives(&bytes);
    }

    #[test]
    fn anything_like_a_request_does_too(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("GET /200 HTTP/1.1\r\nHost: x\r\n\r\n"),
                Just("POST /200?bytes=9 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n"),
                Just("HEAD /gate/1 HTTP/1.0\r\n"),
                Just("Connection: keep-alive\r\n"),
                Just("Expect: 100-continue\r\n"),
                Just("Transfer-Encoding: chunked\r\n"),
                Just("Content-Length: 18446744073709551615\r\n"),
                Just("GET /200?sleep=0.01 HTTP/1.1\r\nHost: x\r\n\r\n"),
                Just("\r\n"),
                Just("\n"),
                Just("0"),
            ],
            0..12,
        ),
    ) {
        survives(pieces.concat().as_bytes());
    }
}

/// The stream comes to its end, and another client is served as ever.
fn survives(bytes: &[u8]) {
    let mut wire = Wire::to(&SERVER);
    // It may be refused before it is sent to the end.
    if wire.try_send(bytes).is_ok() {
        wire.say_no_more();
    }
    wire.rest();
    assert_eq!(Wire::to(&SERVER).get("/200").text(), "200 OK");
}

#[test]
fn five_hundred_that_wait_and_leave_are_all_noticed() {
    let server = TestServer::start().unwrap();
    let mut wires: Vec<_> = (0..500).map(|_| Wire::to(&server)).collect();
    for wire in &mut wires {
        wire.send(get("/200?sleep=20000"));
    }
    let all = wire::witness_when(&server, |witness| witness.in_flight == 500);
    assert_eq!(all.peak_in_flight, 500);
    drop(wires);
    let none = wire::witness_when(&server, |witness| witness.in_flight == 0);
    assert_eq!(none.aborted, 500);
}

/// Thousands of half-sent heads: the first ones may be as long as heads may be;
/// in a crowd the others are refused, and nobody else notices.
#[test]
fn half_sent_heads_do_not_fill_the_memory() {
    const HEAD: usize = 15_000;
    let server = TestServer::start().unwrap();
    let start = "GET /200 HTTP/1.1\r\nHost: x\r\nX: ";
    let half = format!("{start}{}", "x".repeat(HEAD));
    // 16 MiB take 1,118 of them.
    let mut wires: Vec<Wire> = (0..1_400)
        .map(|_| {
            let mut wire = Wire::to(&server);
            wire.send(&half);
            wire
        })
        .collect();
    assert_eq!(wires.last_mut().unwrap().answer().status, 431);
    assert_eq!(Wire::to(&server).get("/200").status, 200);
    // The first one is still listened to.
    wires[0].send("\r\n\r\n");
    assert_eq!(wires[0].answer().status, 200);
    // Room is given back.
    drop(wires);
    let witness = wire::witness_when(&server, |_| true);
    assert!(witness.malformed > 0);
    let mut late = Wire::to(&server);
    late.send(&half);
    late.send("\r\n\r\n");
    assert_eq!(late.answer().status, 200);
}

/// Clients that ask for much and do not read: what is made for them is little,
/// and the others have their answers, whole.
#[test]
fn answers_that_nobody_reads_do_not_fill_the_memory() {
    const BYTES: usize = 200_000;
    let server = TestServer::start().unwrap();
    let paths = [
        "/200?bytes=16000000".to_owned(),
        "/200?fault=huge-length".to_owned(),
        "/200?fault=endless-body".to_owned(),
    ];
    let silent: Vec<Wire> = (0..600)
        .map(|number| {
            let mut wire = Wire::to(&server);
            wire.send(get(&paths[number % paths.len()]));
            wire
        })
        .collect();
    let mut wire = Wire::to(&server);
    let answer = wire.get(&format!("/200?seq=1&bytes={BYTES}"));
    assert!(answer.body == test_server::expected_body(1, 0, BYTES));
    drop(silent);
    wire::witness_when(&server, |seen| {
        seen.in_flight == 0 && seen.requests == seen.done + seen.aborted
    });
    assert_eq!(wire.get("/200").status, 200);
}
