//! Gates, which prove overlap without a clock.

mod wire;

use std::collections::BTreeSet;
use std::net::SocketAddr;

use test_server::{Options, TestServer};
use wire::{Wire, get, witness_when};

#[test]
fn opens_for_k_at_once_and_stays_open() {
    let server = TestServer::start().unwrap();
    let mut wires: Vec<_> = (0..8).map(|_| Wire::to(&server)).collect();
    for wire in &mut wires {
        wire.send(get("/gate/8"));
    }
    for wire in &mut wires {
        assert_eq!(wire.answer().text(), "200 OK");
    }
    let witness = server.witness();
    assert_eq!((witness.peak_in_flight, witness.in_flight), (8, 0));
    assert_eq!(wires[0].get("/gate/8").status, 200);
    assert_eq!(server.witness().peak_in_flight, 8);
}

#[test]
fn one_who_comes_alone_is_sent_away() {
    let server = TestServer::start().unwrap();
    // Each waits out the same two seconds, at gates of their own.
    let mut alone: Vec<_> = (2..5).map(|_| Wire::to(&server)).collect();
    for (size, wire) in (2..).zip(&mut alone) {
        wire.send(get(&format!("/gate/{size}")));
    }
    for wire in &mut alone {
        assert_eq!(wire.answer().text(), "504 Gateway Timeout");
    }
    let witness = server.witness();
    assert_eq!(witness.statuses, [(504, 3)].into());
    assert!(witness.stamps.iter().all(|stamp| stamp.status == 504));
    // Who was sent away does not count any more.
    alone[0].send(get("/gate/2"));
    let waits = witness_when(&server, |witness| witness.in_flight == 1);
    assert_eq!(waits.requests, 4);
    assert_eq!(alone[1].get("/gate/2").status, 200);
    assert_eq!(alone[0].answer().status, 200);
}

#[test]
fn one_who_hangs_up_does_not_count() {
    let server = TestServer::start().unwrap();
    let mut gone = Wire::to(&server);
    gone.send(get("/gate/2"));
    witness_when(&server, |witness| witness.in_flight == 1);
    drop(gone);
    witness_when(&server, |witness| witness.aborted == 1);
    let mut first = Wire::to(&server);
    first.send(get("/gate/2"));
    witness_when(&server, |witness| witness.in_flight == 1);
    assert_eq!(Wire::to(&server).get("/gate/2").status, 200);
    assert_eq!(first.answer().status, 200);
}

#[test]
fn a_reset_closes_it_again() {
    let server = TestServer::start().unwrap();
    let mut wires = [Wire::to(&server), Wire::to(&server)];
    for _ in 0..2 {
        wires[0].send(get("/gate/2"));
        let closed = witness_when(&server, |witness| witness.in_flight == 1);
        assert_eq!((closed.requests, closed.done), (1, 0));
        assert_eq!(wires[1].get("/gate/2").status, 200);
        assert_eq!(wires[0].answer().status, 200);
        server.reset();
    }
}

#[test]
fn further_ports_lead_to_the_same_gate_and_the_same_counts() {
    let options = Options { more_ports: 2, ..Options::default() };
    let server = TestServer::start_with(options).unwrap();
    let ports: BTreeSet<_> =
        server.addresses().iter().map(SocketAddr::port).collect();
    assert_eq!((ports.len(), server.addresses().len()), (3, 3));
    let mut wires: Vec<_> =
        server.addresses().iter().map(|at| Wire::at(*at).unwrap()).collect();
    for wire in &mut wires {
        wire.send(get("/gate/3"));
    }
    for wire in &mut wires {
        assert_eq!(wire.answer().text(), "200 OK");
    }
    let witness = server.witness();
    assert_eq!((witness.peak_in_flight, witness.connections), (3, 3));
}
