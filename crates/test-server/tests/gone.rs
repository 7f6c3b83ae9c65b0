//! Clients that go before they are answered. Only Linux tells when.

#![cfg(target_os = "linux")]

mod wire;

use measurement::witness::Witness;
use test_server::TestServer;
use wire::{Wire, get, witness_when};

/// What a request meets, at which a client loses its patience. An answer that
/// is written at once or soon is none of them: it may be on its way before the
/// server can know that nobody waits for it.
const STATES: [&str; 7] = [
    "/200?sleep=20000",
    "/gate/1000",
    "/200?fault=hang",
    "/200?fault=hang-in-body",
    "/200?fault=slow-headers",
    "/200?fault=dribble&bytes=1000",
    "/200?fault=endless-body",
];

/// How a client goes. What is returned is kept for a while.
type Way = fn(Wire) -> Option<Wire>;

const WAYS: [(&str, Way); 5] = [
    ("closes", |_| None),
    ("closes its side, and then the other", |wire| {
        wire.say_no_more();
        None
    }),
    ("resets", |wire| {
        wire.reset_when_dropped();
        None
    }),
    ("closes its side, and then resets", |wire| {
        wire.say_no_more();
        wire.reset_when_dropped();
        None
    }),
    ("closes both sides and keeps the socket", |wire| {
        wire.turn_away();
        Some(wire)
    }),
];

/// Asks so often, and gives up each time at once.
fn ask_anew(server: &TestServer, times: u64, path: &str, go: Way) -> Witness {
    let before = server.witness();
    let mut kept = Vec::new();
    for _ in 0..times {
        let mut wire = Wire::to(server);
        wire.send(get(path));
        kept.extend(go(wire));
    }
    witness_when(server, |seen| {
        seen.requests == before.requests + times
            && seen.in_flight == before.in_flight
    })
}

/// Whoever gives up and asks anew has one request in flight, never two: how
/// late we notice the first one's end must not make them overlap.
#[test]
fn one_that_gives_up_and_asks_anew_is_one_at_a_time() {
    let server = TestServer::start().unwrap();
    for path in STATES {
        for (name, go) in WAYS {
            server.reset();
            let seen = ask_anew(&server, 60, path, go);
            assert_eq!(seen.peak_in_flight, 1, "{path}: {name}");
        }
    }
}

/// Nor do others who have closed their sides, and listen, hide its end.
#[test]
fn it_is_one_at_a_time_in_a_crowd_that_says_no_more() {
    let server = TestServer::start().unwrap();
    let crowd: Vec<_> = (0..60)
        .map(|_| {
            let mut wire = Wire::to(&server);
            wire.send(get("/200?sleep=30000"));
            wire.say_no_more();
            wire
        })
        .collect();
    witness_when(&server, |seen| seen.in_flight == 60);
    for (name, go) in WAYS {
        let seen = ask_anew(&server, 60, "/200?sleep=20000", go);
        assert_eq!(seen.peak_in_flight, 61, "{name}");
    }
    drop(crowd);
}

#[test]
fn a_gate_does_not_count_those_who_said_no_more_and_went() {
    let server = TestServer::start().unwrap();
    let mut newcomers: Vec<_> = (0..30).map(|_| Wire::to(&server)).collect();
    let crowd: Vec<_> = (0..39)
        .map(|_| {
            let mut wire = Wire::to(&server);
            wire.send(get("/gate/40"));
            wire.say_no_more();
            wire
        })
        .collect();
    witness_when(&server, |seen| seen.in_flight == 39);
    drop(crowd);
    for wire in &mut newcomers {
        wire.send(get("/gate/40"));
    }
    let seen = witness_when(&server, |seen| seen.requests == 39 + 30);
    assert_eq!((seen.aborted, seen.in_flight, seen.done), (39, 30, 0));
}

/// Who goes was there until now, whatever came and was answered meanwhile. A
/// server that had nothing to do for long knows that as well.
#[test]
fn who_goes_late_was_there_until_late() {
    for (how, go) in WAYS {
        let server = TestServer::start().unwrap();
        let mut late = Wire::to(&server);
        late.send(get("/200?seq=0&sleep=20000"));
        witness_when(&server, |seen| seen.in_flight == 1);
        let mut other = Wire::to(&server);
        assert_eq!(other.get("/200?seq=1&sleep=100").status, 200);
        let _kept = go(late);
        let seen = witness_when(&server, |seen| seen.in_flight == 0);
        let sent = |seq: usize| seen.stamps[seq].sent_ns.unwrap();
        assert!(sent(0) >= sent(1), "{how}: {:?}", seen.stamps);
    }
}
