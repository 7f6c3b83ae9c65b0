//! A server that can do only so much: a queue, and no more room in it.

mod wire;

use measurement::waits::{Capacity, Plan};
use test_server::TestServer;
use wire::{Wire, get, witness_when};

fn server(at_once: usize, queue: usize, wait_ms: u64) -> TestServer {
    let server = TestServer::start().unwrap();
    let capacity = Some(Capacity { at_once, queue });
    let waits = vec![wait_ms * 1_000_000];
    server.plan(Plan { capacity, waits, ..Plan::default() });
    server
}

/// Sends so many requests at once, each on a connection of its own.
fn at_once(server: &TestServer, count: u64) -> Vec<Wire> {
    let mut wires = Vec::new();
    for seq in 0..count {
        let mut wire = Wire::to(server);
        wire.send(get(&format!("/200?seq={seq}")));
        wires.push(wire);
        witness_when(server, |seen| seen.requests == seq + 1);
    }
    wires
}

#[test]
fn whoever_finds_no_room_is_refused_and_the_others_are_served_in_turn() {
    let wait_ns = 400_000_000;
    let server = server(2, 3, wait_ns / 1_000_000);
    let mut wires = at_once(&server, 7);
    let statuses: Vec<u16> =
        wires.iter_mut().map(|wire| wire.answer().status).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 503, 503]);
    let seen = witness_when(&server, |seen| seen.done == 7);
    let sent = |seq: usize| seen.stamps[seq].sent_ns.unwrap();
    // The waits of those in the queue begin when they are served.
    assert!(sent(2) >= sent(0).min(sent(1)) + wait_ns);
    assert!(sent(4) >= sent(2).min(sent(3)) + wait_ns);
    // Their connections stay, and there is room again.
    assert_eq!(wires[6].get("/200?sleep=0").status, 200);
    assert_eq!(seen.connections, 7);
}

#[test]
fn who_leaves_the_queue_or_is_served_makes_room() {
    let server = server(1, 1, 30_000);
    let mut wires = at_once(&server, 2);
    drop(wires.pop());
    witness_when(&server, |seen| seen.aborted == 1);
    // The place in the queue is free, and then the one at the counter.
    let mut next = Wire::to(&server);
    next.send(get("/200?seq=2&sleep=10"));
    witness_when(&server, |seen| seen.in_flight == 2);
    drop(wires);
    assert_eq!(next.answer().status, 200);
    let seen = witness_when(&server, |seen| seen.in_flight == 0);
    assert_eq!((seen.done, seen.aborted), (1, 2));
}

#[test]
fn a_reset_leaves_no_trace_of_who_was_served() {
    let server = server(1, 5, 30_000);
    let wires = at_once(&server, 3);
    server.plan(Plan::waiting([0]));
    let capacity = Some(Capacity { at_once: 1, queue: 0 });
    server.plan(Plan { capacity, ..Plan::default() });
    let mut wire = Wire::to(&server);
    for _ in 0..3 {
        assert_eq!(wire.get("/200").status, 200);
    }
    drop(wires);
    assert_eq!(wire.get("/200").status, 200);
}

#[test]
fn a_connection_may_be_good_for_so_many_requests() {
    let server = TestServer::start().unwrap();
    let requests_per_connection = Some(2);
    server.plan(Plan { requests_per_connection, ..Plan::default() });
    let mut wire = Wire::to(&server);
    assert_eq!(wire.get("/200").header("connection"), None);
    assert_eq!(wire.get("/200").header("connection"), Some("close"));
    assert!(wire.rest().is_empty());
}
