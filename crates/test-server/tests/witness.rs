//! What the server says it saw.

mod wire;

use measurement::MILLISECOND;
use measurement::waits::Plan;
use measurement::witness::{End, Stamp};
use test_server::{Control, Options, TestServer, Token};
use wire::{Wire, get, witness_when};

#[test]
fn counts_what_happened_and_nothing_else() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    for path in ["/200?seq=0", "/404?seq=1", "/404?seq=0", "/200"] {
        wire.get(path);
    }
    let witness = server.witness();
    assert_eq!(witness.requests, 4);
    assert_eq!((witness.distinct, witness.duplicates), (3, 1));
    assert_eq!(witness.numbered_by_arrival, 1);
    assert_eq!((witness.connections, witness.peak_in_flight), (1, 1));
    assert_eq!((witness.done, witness.aborted), (4, 0));
    assert_eq!(witness.statuses, [(200, 2), (404, 2)].into());
    assert_eq!(witness.body_bytes, 2 * 6 + 2 * 13);
    let used = [
        witness.cpu_ns,
        witness.voluntary_switches,
        witness.involuntary_switches,
    ];
    assert_eq!(used.map(|of| of.is_some()), [cfg!(target_os = "linux"); 3]);
    let seqs: Vec<_> = witness.stamps.iter().map(|stamp| stamp.seq).collect();
    assert_eq!(seqs, [0, 1, 0, 3]);
    // Asking changes nothing.
    let again = server.witness();
    assert_eq!((again.requests, again.connections), (4, 1));
}

#[test]
fn the_integral_is_the_sum_of_the_holds() {
    let server = TestServer::start().unwrap();
    let mut wires: Vec<_> = (0..5).map(|_| Wire::to(&server)).collect();
    for (seq, wire) in wires.iter_mut().enumerate() {
        wire.send(get(&format!("/200?seq={seq}&sleep={seq}")));
    }
    for wire in &mut wires {
        wire.answer();
    }
    let witness = server.witness();
    let holds: u64 = witness.stamps.iter().filter_map(Stamp::hold_ns).sum();
    assert_eq!(witness.in_flight_ns, holds);
    for stamp in &witness.stamps {
        assert_eq!(stamp.end, End::Done);
        assert_eq!(stamp.wait_ns, stamp.seq * MILLISECOND);
        assert!(stamp.hold_ns() >= Some(stamp.wait_ns));
    }
}

#[test]
fn waits_go_by_the_sequence_number() {
    let server = TestServer::start().unwrap();
    server.plan(Plan::waiting(vec![0, 3000, 1000]));
    let mut wire = Wire::to(&server);
    for seq in [4, 2, 0, 7] {
        wire.get(&format!("/200?seq={seq}"));
    }
    wire.get("/200?seq=1&sleep=2");
    let waits = |server: &TestServer| -> Vec<_> {
        server.witness().stamps.iter().map(|stamp| stamp.wait_ns).collect()
    };
    assert_eq!(waits(&server), [3000, 1000, 0, 3000, 2 * MILLISECOND]);
    // A plain reset keeps the plan; here numbers come from the arrival.
    server.reset();
    (0..4).for_each(|_| drop(wire.get("/200")));
    assert_eq!(waits(&server), [0, 3000, 1000, 0]);
}

#[test]
fn a_client_that_hangs_up_is_an_abort() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send(get("/200?sleep=20000"));
    let before = witness_when(&server, |witness| witness.in_flight == 1);
    assert_eq!(before.stamps[0].end, End::InFlight);
    assert_eq!(before.stamps[0].sent_ns, None);
    drop(wire);
    let after = witness_when(&server, |witness| witness.in_flight == 0);
    assert_eq!((after.aborted, after.done), (1, 0));
    assert_eq!(after.stamps[0].end, End::Aborted);
    assert_eq!(after.stamps[0].hold_ns(), Some(after.in_flight_ns));
    assert!(after.statuses.is_empty());
}

#[test]
fn a_body_that_never_comes_is_an_abort() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send("POST /200 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf");
    witness_when(&server, |witness| witness.in_flight == 1);
    drop(wire);
    witness_when(&server, |witness| witness.aborted == 1);
}

#[test]
fn requests_under_way_at_a_reset_belong_to_the_past() {
    let server = TestServer::start().unwrap();
    let mut past = Wire::to(&server);
    past.send("POST /500 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
    let mut aborted = Wire::to(&server);
    aborted.send(get("/200?sleep=20000"));
    witness_when(&server, |witness| witness.in_flight == 2);
    server.reset();
    drop(aborted);
    let mut present = Wire::to(&server);
    assert_eq!(present.get("/200").status, 200);
    past.send("hello");
    assert_eq!(past.answer().status, 500);
    let witness = server.witness();
    assert_eq!((witness.requests, witness.in_flight), (1, 0));
    assert_eq!((witness.done, witness.aborted), (1, 0));
    assert_eq!(witness.connections, 1);
    assert_eq!(witness.statuses, [(200, 1)].into());
    // A connection from before has a number as soon as it needs one.
    assert_eq!(past.get("/200").status, 200);
    let stamps = server.witness().stamps;
    let lanes: Vec<_> = stamps.iter().map(|stamp| stamp.connection).collect();
    assert_eq!(lanes, [0, 1]);
}

#[test]
fn the_oldest_stamps_make_room() {
    let options = Options { stamps: 10, ..Options::default() };
    let server = TestServer::start_with(options).unwrap();
    let mut wire = Wire::to(&server);
    for seq in 0..25 {
        wire.get(&format!("/200?seq={seq}"));
    }
    let witness = server.witness();
    assert_eq!((witness.requests, witness.stamps_dropped), (25, 15));
    let seqs = witness.stamps.iter().map(|stamp| stamp.seq);
    assert!(seqs.eq(15..25));
    assert!(witness.stamps.iter().all(|stamp| stamp.end == End::Done));
}

#[test]
fn a_witness_of_many_megabytes_arrives_whole() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    for _ in 0..60 {
        wire.send(get("/204").repeat(1000));
        (0..1000).for_each(|_| drop(wire.head()));
    }
    // One asks and does not read; it is more than the sockets hold.
    let mut slow = Wire::at(server.control_address()).unwrap();
    slow.send(wire::ask(&server, "GET /witness"));
    let stamps = server.witness().stamps;
    assert_eq!(stamps.len(), 60_000);
    assert!(slow.answer().body.ends_with(b"\"stamps_dropped\":0}"));
}

#[test]
fn the_control_port_refuses_what_it_does_not_know() {
    let server = TestServer::start().unwrap();
    // The data port knows no /witness.
    let token = Token::random().unwrap();
    let data = Control::new(server.address(), token);
    let error = data.witness().unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert!(error.to_string().contains("404"), "{error}");
}
