//! Every fault that leaves a whole answer, for every kind of client: the answer
//! is whole, and the connection ends where it has to and nowhere else.

mod wire;

use measurement::fault::Fault;
use measurement::waits::Plan;
use test_server::TestServer;
use wire::{Answer, Wire, witness_when};

/// How a client asks, and whether its connection stays.
#[derive(Clone, Copy, Debug)]
struct Client {
    method: &'static str,
    version: &'static str,
    connection: &'static str,
    stays: bool,
}

const CLIENTS: [Client; 8] = [
    client("GET", "1.1", "", true),
    client("GET", "1.1", "close", false),
    client("GET", "1.1", "keep-alive, close", false),
    client("GET", "1.0", "", false),
    client("GET", "1.0", "keep-alive", true),
    client("GET", "1.0", "close, keep-alive", false),
    client("HEAD", "1.1", "", true),
    client("HEAD", "1.0", "", false),
];

const fn client(
    method: &'static str,
    version: &'static str,
    connection: &'static str,
    stays: bool,
) -> Client {
    Client { method, version, connection, stays }
}

impl Client {
    fn request(self, path: &str) -> String {
        let Self { method, version, connection, .. } = self;
        let host = if version == "1.1" { "Host: test\r\n" } else { "" };
        let connection = match connection {
            "" => String::new(),
            words => format!("Connection: {words}\r\n"),
        };
        format!("{method} {path} HTTP/{version}\r\n{host}{connection}\r\n")
    }

    fn ask(self, wire: &mut Wire, path: &str) -> Answer {
        wire.send(self.request(path));
        wire.framed(self.method == "HEAD")
    }
}

/// The faults that cut nothing off an answer with a body of six bytes.
fn leaves_it_whole(fault: Fault) -> bool {
    match fault {
        Fault::Dribble
        | Fault::SlowHeaders
        | Fault::Unframed
        | Fault::Chunked
        | Fault::Surplus
        | Fault::Close
        | Fault::CloseUnsaid
        | Fault::Redirect
        | Fault::RedirectLoop
        | Fault::TooManyRequests
        | Fault::TooManyRequestsUntil
        | Fault::Unavailable
        | Fault::UnavailableUntil
        | Fault::Overloaded
        | Fault::NotFound
        | Fault::ServerError => true,
        Fault::EmptyReply
        | Fault::Reset
        | Fault::AbortInHeaders
        | Fault::AbortAfterHeaders
        | Fault::AbortInBody
        | Fault::ResetInBody
        | Fault::Hang
        | Fault::HangInBody
        | Fault::Garbage
        | Fault::EndlessHeaders
        | Fault::EndlessBody
        | Fault::HugeLength
        | Fault::BrokenChunk => false,
    }
}

/// A connection ends by the fault itself, or has bytes before the next answer.
fn spoils_the_connection(fault: Fault, with_body: bool) -> bool {
    match fault {
        Fault::Close | Fault::CloseUnsaid | Fault::Surplus => true,
        Fault::Unframed => with_body,
        _ => false,
    }
}

/// What strikes a body, and so spares an answer that has none.
const OF_A_BODY: [Fault; 8] = [
    Fault::AbortAfterHeaders,
    Fault::AbortInBody,
    Fault::ResetInBody,
    Fault::HangInBody,
    Fault::EndlessBody,
    Fault::HugeLength,
    Fault::BrokenChunk,
    Fault::Chunked,
];

fn whole_faults() -> impl Iterator<Item = Option<Fault>> {
    let faults = Fault::all().filter(|fault| leaves_it_whole(*fault));
    [None].into_iter().chain(faults.map(Some))
}

fn path(status: u16, fault: Option<Fault>, more: &str) -> String {
    let fault = fault.map_or("none", Fault::name);
    format!("/{status}?fault={fault}{more}").replace("fault=none", "x=1")
}

fn assert_ends(wire: &mut Wire, told: &str) {
    assert_eq!(String::from_utf8_lossy(&wire.rest()), "", "{told}");
}

#[test]
fn each_kind_of_client_has_a_whole_answer_and_the_end_it_asked_for() {
    let server = TestServer::start().unwrap();
    for fault in whole_faults() {
        for client in CLIENTS {
            let told = format!("{fault:?} {client:?}");
            let mut wire = Wire::to(&server);
            let answer = client.ask(&mut wire, &path(200, fault, ""));
            let (body, text) = match answer.status {
                _ if client.method != "GET" => (false, ""),
                200 => (true, "200 OK"),
                404 => (true, "404 Not Found"),
                500 => (true, "500 Internal Server Error"),
                _ => (false, ""),
            };
            assert_eq!(answer.body, text.as_bytes(), "{told}");
            let spoilt = fault.is_some_and(|f| spoils_the_connection(f, body));
            let said = answer.header("connection");
            match (client.stays && !spoilt, client.version) {
                (true, "1.1") => assert_eq!(said, None, "{told}"),
                (true, _) => assert_eq!(said, Some("keep-alive"), "{told}"),
                (false, _) if client.stays => {}
                (false, _) => assert_eq!(said, Some("close"), "{told}"),
            }
            if client.stays && !spoilt {
                let next = client.ask(&mut wire, "/404");
                assert_eq!(next.status, 404, "{told}");
            } else if fault == Some(Fault::Surplus) {
                // Whatever else comes, it is that, and then the end.
                wire.say_no_more();
                let more = wire.rest();
                assert!(more.starts_with(b"and these bytes"), "{told}");
            } else {
                assert_ends(&mut wire, &told);
            }
        }
    }
    let seen = server.witness();
    assert_eq!((seen.faulted, seen.aborted, seen.malformed), (0, 0, 0));
    assert_eq!(seen.done, seen.requests);
}

#[test]
fn a_client_that_has_said_its_last_word_is_answered_all_the_same() {
    let server = TestServer::start().unwrap();
    let mut asked = 0;
    for fault in whole_faults() {
        for client in CLIENTS {
            for wait in ["", "&sleep=5"] {
                let told = format!("{fault:?} {client:?} {wait}");
                let mut wire = Wire::to(&server);
                wire.send(client.request(&path(200, fault, wait)));
                wire.say_no_more();
                let answer = wire.framed(client.method == "HEAD");
                assert!(
                    [200, 302, 404, 429, 500, 503].contains(&answer.status),
                    "{told}"
                );
                asked += 1;
                let rest = wire.rest();
                let surplus = fault == Some(Fault::Surplus);
                assert_eq!(rest.is_empty(), !surplus, "{told}");
            }
        }
    }
    let seen = server.witness();
    assert_eq!((seen.requests, seen.done, seen.aborted), (asked, asked, 0));
}

#[test]
fn it_is_answered_in_a_queue_too_and_at_a_gate() {
    let server = TestServer::start().unwrap();
    let plan = Plan {
        capacity: Some(measurement::waits::Capacity { at_once: 1, queue: 9 }),
        ..Plan::waiting(vec![5_000_000])
    };
    server.plan(plan);
    let mut wires: Vec<Wire> = (0..5).map(|_| Wire::to(&server)).collect();
    for wire in &mut wires {
        wire.send(wire::get("/200"));
        wire.say_no_more();
    }
    for wire in &mut wires {
        assert_eq!(wire.answer().status, 200);
    }
    server.plan(Plan::default());
    let mut first = Wire::to(&server);
    first.send(wire::get("/gate/2"));
    first.say_no_more();
    assert_eq!(Wire::to(&server).get("/gate/2").status, 200);
    assert_eq!(first.answer().status, 200);
}

#[test]
fn one_that_closes_both_sides_is_gone_at_once_wherever_it_waits() {
    let server = TestServer::start().unwrap();
    for (number, path) in
        (1..).zip(["/200?sleep=20000", "/gate/3", "/200?fault=hang"])
    {
        let mut wire = Wire::to(&server);
        wire.send(wire::get(path));
        witness_when(&server, |seen| seen.in_flight == 1);
        drop(wire);
        let seen = witness_when(&server, |seen| seen.in_flight == 0);
        assert_eq!(seen.aborted, number, "{path}");
    }
}

/// It says its last word first, and then goes without another sign.
#[test]
fn one_that_goes_after_its_last_word_is_found_to_be_gone() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send(wire::get("/200?sleep=20000"));
    wire.say_no_more();
    witness_when(&server, |seen| seen.in_flight == 1);
    drop(wire);
    let seen = witness_when(&server, |seen| seen.in_flight == 0);
    assert_eq!((seen.aborted, seen.done), (1, 0));
}

#[test]
fn what_has_no_body_ends_with_its_head_whatever_strikes_bodies() {
    let server = TestServer::start().unwrap();
    let head = client("HEAD", "1.1", "", true);
    let get = client("GET", "1.1", "", true);
    for fault in OF_A_BODY {
        let mut wire = Wire::to(&server);
        for (client, status) in
            [(head, 200), (get, 204), (get, 304), (head, 204)]
        {
            let path = path(status, Some(fault), "");
            let answer = client.ask(&mut wire, &path);
            assert_eq!(answer.status, status, "{fault:?} {client:?}");
            assert_eq!(answer.header("transfer-encoding"), None);
        }
        // And nothing stands before the next answer.
        assert_eq!(wire.get("/404").text(), "404 Not Found", "{fault:?}");
    }
    let seen = server.witness();
    assert_eq!(seen.done, seen.requests);
    assert!(seen.faults.is_empty(), "{:?}", seen.faults);
}

#[test]
fn a_connection_that_is_used_up_says_so_and_ends_whatever_is_met() {
    let server = TestServer::start().unwrap();
    let plan = Plan { requests_per_connection: Some(2), ..Plan::default() };
    server.plan(plan);
    let client = client("GET", "1.1", "", true);
    for fault in whole_faults().flatten() {
        if spoils_the_connection(fault, true) {
            continue;
        }
        let mut wire = Wire::to(&server);
        let first = client.ask(&mut wire, &path(200, Some(fault), ""));
        assert_eq!(first.header("connection"), None, "{fault:?}");
        let last = client.ask(&mut wire, &path(200, Some(fault), ""));
        assert_eq!(last.header("connection"), Some("close"), "{fault:?}");
        assert_ends(&mut wire, fault.name());
    }
}

#[test]
fn a_slow_head_without_a_body_ends_with_its_last_byte() {
    let server = TestServer::start().unwrap();
    let mut wires = [Wire::to(&server), Wire::to(&server)];
    for (number, method) in (0..).zip(["HEAD", "GET", "HEAD", "GET"]) {
        let client = client(method, "1.1", "", true);
        let status = if method == "GET" { 204 } else { 200 };
        let path = path(status, Some(Fault::SlowHeaders), "");
        client.ask(&mut wires[number % 2], &path);
    }
    let seen = server.witness();
    assert_eq!((seen.peak_in_flight, seen.pipelined), (1, 0));
}

/// What a client still sends when its last answer is due must not take the
/// answer away.
#[test]
fn an_answer_that_ends_a_connection_arrives_whatever_was_sent_meanwhile() {
    let server = TestServer::start().unwrap();
    for fault in [None, Some(Fault::Unframed), Some(Fault::Close)] {
        let mut wire = Wire::to(&server);
        let client = client("GET", "1.1", "close", false);
        wire.send(client.request(&path(200, fault, "&sleep=50")));
        witness_when(&server, |seen| seen.in_flight == 1);
        wire.send(wire::get("/404"));
        let answer = wire.framed(false);
        assert_eq!(answer.text(), "200 OK", "{fault:?}");
        wire.say_no_more();
        assert_ends(&mut wire, "it is not reset");
    }
}
