//! HTTP/1.1 as far as a pinging client can stretch it.

mod wire;

use test_server::{TestServer, expected_body};
use wire::{Wire, get, witness_when};

#[test]
fn a_connection_stays_until_somebody_says_close() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    for _ in 0..3 {
        let answer = wire.get("/200");
        assert_eq!(answer.header("connection"), None);
    }
    wire.send("GET /200 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert_eq!(wire.answer().header("connection"), Some("close"));
    assert!(wire.rest().is_empty());
    assert_eq!(server.witness().connections, 1);
}

#[test]
fn close_holds_after_a_wait_too() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send(
        "GET /200?sleep=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(wire.answer().text(), "200 OK");
    assert!(wire.rest().is_empty());
}

#[test]
fn http_1_0_has_to_ask_for_more() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send("GET /200 HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    assert_eq!(wire.answer().header("connection"), Some("keep-alive"));
    wire.send("GET /200 HTTP/1.0\r\n\r\n");
    assert_eq!(wire.answer().text(), "200 OK");
    assert!(wire.rest().is_empty());
}

#[test]
fn pipelined_requests_are_answered_in_order_one_at_a_time() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    let paths = ["/200?sleep=5", "/404", "/500?sleep=1", "/524"];
    wire.send(paths.map(get).concat());
    let statuses = paths.map(|_| wire.answer().status);
    assert_eq!(statuses, [200, 404, 500, 524]);
    assert_eq!(server.witness().peak_in_flight, 1);
}

#[test]
fn more_pipelined_requests_than_one_turn_serves() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send(get("/200").repeat(2000));
    for _ in 0..2000 {
        assert_eq!(wire.answer().text(), "200 OK");
    }
    assert_eq!(server.witness().done, 2000);
}

#[test]
fn a_head_may_come_byte_by_byte() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    for byte in get("/418?sleep=1").bytes() {
        wire.send([byte]);
    }
    assert_eq!(wire.answer().text(), "418 I'm a teapot");
}

#[test]
fn a_request_body_is_read_and_thrown_away() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    for length in [1, 100_000, 3_000_000] {
        wire.send(format!(
            "POST /201 HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"
        ));
        // A byte too few or too many, and the next request is no request.
        wire.send(vec![0; length]);
        assert_eq!(wire.answer().text(), "201 Created");
    }
    assert_eq!(wire.get("/200").text(), "200 OK");
    assert_eq!(server.witness().requests, 4);
}

#[test]
fn who_expects_to_be_told_to_go_on_is_told() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send(
        "PUT /200 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\
         Content-Length: 5\r\n\r\n",
    );
    assert_eq!(wire.head().head, ["HTTP/1.1 100 Continue"]);
    wire.send("hello");
    assert_eq!(wire.answer().text(), "200 OK");
}

#[test]
fn bodies_that_cannot_be_measured_are_refused() {
    let server = TestServer::start().unwrap();
    for (header, status) in [
        ("Transfer-Encoding: chunked", 411),
        ("Content-Length: 999999999999", 413),
    ] {
        let mut wire = Wire::to(&server);
        wire.send(format!(
            "POST /200 HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n5\r\nhello"
        ));
        assert_eq!(wire.answer().status, status);
        wire.say_no_more();
        assert!(wire.rest().is_empty());
    }
    let witness = server.witness();
    assert_eq!((witness.done, witness.malformed), (2, 0));
}

#[test]
fn rubbish_is_answered_400_and_counted() {
    let server = TestServer::start().unwrap();
    for rubbish in ["\0\0\0\0", "GET\r\n\r\n", "GET /\u{1} HTTP/1.1\r\n\r\n"] {
        let mut wire = Wire::to(&server);
        wire.send(rubbish);
        assert_eq!(wire.answer().text(), "400 Bad Request");
        wire.say_no_more();
        assert!(wire.rest().is_empty());
    }
    let witness = server.witness();
    assert_eq!((witness.malformed, witness.requests), (3, 0));
    assert!(witness.statuses.is_empty());
}

#[test]
fn a_head_without_end_is_answered_431() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send(format!(
        "GET /200 HTTP/1.1\r\nHost: x\r\nX: {}",
        "x".repeat(20_000)
    ));
    assert_eq!(wire.answer().status, 431);
    wire.say_no_more();
    assert!(wire.rest().is_empty());
    assert_eq!(server.witness().malformed, 1);
}

#[test]
fn an_answer_to_one_who_still_sends_is_not_lost() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send("rubbish\r\n\r\n");
    wire.send(vec![b'x'; 200_000]);
    assert_eq!(wire.answer().status, 400);
}

#[test]
fn half_a_request_is_none() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send("GET /200 HTTP/1.1\r\nHos");
    wire.say_no_more();
    assert!(wire.rest().is_empty());
    assert_eq!(server.witness().requests, 0);
}

#[test]
fn who_says_no_more_after_a_request_still_gets_its_answer() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send(get("/200"));
    wire.say_no_more();
    assert_eq!(wire.answer().text(), "200 OK");
    assert!(wire.rest().is_empty());
}

#[test]
fn a_slow_reader_holds_up_nobody_but_itself() {
    const BYTES: usize = 10_000_000;
    let server = TestServer::start().unwrap();
    let mut slow = Wire::to(&server);
    slow.send(get(&format!("/200?seq=1&bytes={BYTES}")));
    let mut quick = Wire::to(&server);
    for _ in 0..100 {
        assert_eq!(quick.get("/200?seq=2").text(), "200 OK");
    }
    // 10 MB do not fit into the sockets between us: it is still writing.
    let begun = server.witness();
    assert_eq!((begun.requests, begun.in_flight, begun.done), (101, 0, 100));
    assert!(slow.answer().body == expected_body(1, 0, BYTES));
    let all = witness_when(&server, |witness| witness.done == 101);
    assert_eq!(all.body_bytes, (BYTES + 600) as u64);
}

#[test]
fn a_reader_that_gives_up_is_an_abort() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send(get("/200?bytes=16000000"));
    wire.head();
    drop(wire);
    let witness = witness_when(&server, |witness| witness.aborted == 1);
    assert_eq!((witness.done, witness.body_bytes), (0, 0));
}

#[test]
fn who_sends_while_it_should_wait_is_not_read() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send(get("/gate/2"));
    // More than one read takes.
    wire.send(get("/404").repeat(1000));
    let mut other = Wire::to(&server);
    assert_eq!(other.get("/gate/2").status, 200);
    assert_eq!(wire.answer().status, 200);
    for _ in 0..1000 {
        assert_eq!(wire.answer().status, 404);
    }
}
