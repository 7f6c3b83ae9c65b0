//! Each fault as a client that reads bytes sees it, and as the witness counts
//! it.

mod wire;

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use measurement::fault::Fault;
use measurement::waits::Plan;
use measurement::witness::{End, Witness};
use test_server::TestServer;
use wire::{Wire, get, witness_when};

fn path(fault: Fault) -> String {
    format!("/200?fault={}", fault.name())
}

/// All that comes after a request, up to the end of the connection.
fn all(server: &TestServer, fault: Fault) -> String {
    let mut wire = Wire::to(server);
    wire.send(get(&path(fault)));
    String::from_utf8(wire.rest()).unwrap()
}

fn at_rest(server: &TestServer) -> Witness {
    witness_when(server, |seen| {
        seen.in_flight == 0
            && seen.done + seen.aborted + seen.faulted == seen.requests
    })
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\
                    Content-Length: 6\r\n\r\n";

#[test]
fn what_is_cut_off_is_cut_off_there_and_counted_as_done_on_purpose() {
    let server = TestServer::start().unwrap();
    let in_head = &HEAD[..HEAD.len() / 2];
    let in_body = &format!("{HEAD}200");
    let cases = [
        (Fault::EmptyReply, ""),
        (Fault::Reset, ""),
        (Fault::AbortInHeaders, in_head),
        (Fault::AbortAfterHeaders, HEAD),
        (Fault::AbortInBody, in_body),
        (Fault::ResetInBody, in_body),
    ];
    for (number, (fault, bytes)) in (1..).zip(cases) {
        assert_eq!(all(&server, fault), bytes, "{fault:?}");
        let seen = at_rest(&server);
        assert_eq!((seen.faulted, seen.done), (number, 0), "{fault:?}");
        assert_eq!(seen.faults[&fault], 1);
    }
    let ends: BTreeSet<_> = at_rest(&server)
        .stamps
        .iter()
        .map(|stamp| stamp.end == End::Faulted)
        .collect();
    assert_eq!(ends, BTreeSet::from([true]));
}

#[test]
fn what_is_strange_and_whole_is_an_answer_and_the_connection_stays() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    let whole = [
        (Fault::Dribble, 200, "200 OK"),
        (Fault::SlowHeaders, 200, "200 OK"),
        (Fault::Redirect, 302, ""),
        (Fault::RedirectLoop, 302, ""),
        (Fault::TooManyRequests, 429, ""),
        (Fault::Unavailable, 503, ""),
        (Fault::Overloaded, 503, ""),
        (Fault::TooManyRequestsUntil, 429, ""),
        (Fault::UnavailableUntil, 503, ""),
        (Fault::NotFound, 404, "404 Not Found"),
        (Fault::ServerError, 500, "500 Internal Server Error"),
    ];
    for (number, (fault, status, body)) in (1..).zip(whole) {
        let answer = wire.get(&path(fault));
        assert_eq!((answer.status, answer.text()), (status, body), "{fault:?}");
        let seen = at_rest(&server);
        assert_eq!((seen.done, seen.faulted), (number, 0), "{fault:?}");
        assert_eq!(seen.connections, 1);
    }
    let again = wire.get(&path(Fault::TooManyRequests));
    assert_eq!(again.header("retry-after"), Some("1"));
    let unsaid = wire.get(&path(Fault::Overloaded));
    assert_eq!(unsaid.header("retry-after"), None);
    let dated = wire.get(&path(Fault::UnavailableUntil));
    let date = dated.header("retry-after").unwrap();
    let until = httpdate::parse_http_date(date).unwrap();
    let ahead = until.duration_since(SystemTime::now()).unwrap_or_default();
    assert!(ahead <= Duration::from_secs(2), "{date} is {ahead:?} ahead");
    let redirect = wire.get(&path(Fault::RedirectLoop));
    assert_eq!(redirect.header("location"), Some("/200?fault=redirect-loop"));
    let numbered = wire.get("/200?fault=redirect&seq=7");
    assert_eq!(numbered.header("location"), Some("/200?seq=7"));
    let numbered = wire.get("/200?seq=7&fault=redirect-loop");
    let itself = Some("/200?fault=redirect-loop&seq=7");
    assert_eq!(numbered.header("location"), itself);
}

#[test]
fn a_steady_plan_meets_whoever_asks_again_with_the_same() {
    let server = TestServer::start().unwrap();
    let faults = vec![None, Some(Fault::Overloaded)];
    for (steady, later) in [(false, 200), (true, 503)] {
        let faults = faults.clone();
        server.plan(Plan { faults, steady, ..Plan::default() });
        let mut wire = Wire::to(&server);
        let statuses = [0; 3].map(|_| wire.get("/200?seq=1").status);
        assert_eq!(statuses, [503, later, later]);
    }
}

#[test]
fn a_body_may_be_framed_in_other_ways() {
    let server = TestServer::start().unwrap();
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut wire = Wire::to(&server);
    wire.send(get(&path(Fault::Chunked)));
    wire.send(get("/200"));
    wire.say_no_more();
    let text = String::from_utf8(wire.rest()).unwrap();
    let own = format!("{chunked}3\r\n200\r\n3\r\n OK\r\n0\r\n\r\n");
    assert_eq!(text, format!("{own}{HEAD}200 OK"));

    let broken = all(&server, Fault::BrokenChunk);
    assert_eq!(broken, format!("{chunked}so many\r\n"));
    let unframed = all(&server, Fault::Unframed);
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    assert_eq!(unframed, format!("{head}200 OK"));
    let unsaid = all(&server, Fault::CloseUnsaid);
    assert_eq!(unsaid, format!("{HEAD}200 OK"));
    assert!(all(&server, Fault::Close).contains("Connection: close\r\n"));
    let mut wire = Wire::to(&server);
    wire.send(get(&path(Fault::Surplus)));
    wire.send(get("/404"));
    assert_eq!(wire.answer().text(), "200 OK");
    wire.say_no_more();
    let rest = String::from_utf8(wire.rest()).unwrap();
    assert!(rest.starts_with("and these bytes nobody was told of\r\nHTTP/1.1"));
    let seen = at_rest(&server);
    assert_eq!((seen.done, seen.faulted), (7, 1));
}

/// A client that leaves is what ends them, and is counted as one that left.
#[test]
fn what_never_ends_lasts_until_the_client_leaves() {
    let server = TestServer::start().unwrap();
    let endless = [
        Fault::Hang,
        Fault::HangInBody,
        Fault::EndlessHeaders,
        Fault::EndlessBody,
        Fault::HugeLength,
    ];
    for (number, fault) in (1..).zip(endless) {
        let mut wire = Wire::to(&server);
        wire.send(get(&path(fault)));
        let seen = witness_when(&server, |seen| seen.requests == number);
        assert_eq!((seen.in_flight, seen.aborted), (1, number - 1));
        drop(wire);
        let seen = at_rest(&server);
        assert_eq!((seen.aborted, seen.in_flight), (number, 0), "{fault:?}");
    }
}

#[test]
fn garbage_is_no_http_and_differs_by_request() {
    let server = TestServer::start().unwrap();
    let [one, other] = [0, 1].map(|seq| {
        let mut wire = Wire::to(&server);
        wire.send(get(&format!("/200?fault=garbage&seq={seq}")));
        wire.rest()
    });
    assert_ne!(one, other);
    assert!(!one.starts_with(b"HTTP"));
}

#[test]
fn a_plan_says_which_request_meets_what_and_a_url_wins() {
    let server = TestServer::start().unwrap();
    let faults = vec![None, Some(Fault::Unavailable), None];
    server.plan(Plan { faults, ..Plan::default() });
    let mut wire = Wire::to(&server);
    let statuses =
        (0..6).map(|seq| wire.get(&format!("/200?seq={seq}")).status);
    assert_eq!(statuses.collect::<Vec<_>>(), [200, 503, 200, 200, 503, 200]);
    assert_eq!(wire.get("/200?seq=1&fault=redirect").status, 302);
    // Only what has a status can go wrong.
    assert_eq!(wire.get("/?seq=1").status, 200);
    assert_eq!(wire.get("/200?seq=1&fault=nonsense").status, 400);
    let seen = at_rest(&server);
    assert_eq!(seen.faults[&Fault::Unavailable], 2);
    assert_eq!(seen.faults[&Fault::Redirect], 1);
}

/// A hundred numbers, each asked for until it is well or four times over: what
/// F10 says of a half, as near as whole numbers come to 187.5.
#[test]
fn another_attempt_at_a_number_meets_another_fault() {
    let server = TestServer::start().unwrap();
    let faults = vec![None, Some(Fault::Overloaded)];
    let plan = Plan { faults, ..Plan::default() };
    server.plan(plan.clone());
    let mut wire = Wire::to(&server);
    let mut sent = [0; 4];
    for seq in 0..100 {
        for count in &mut sent {
            *count += 1;
            if wire.get(&format!("/200?seq={seq}")).status == 200 {
                break;
            }
        }
    }
    assert_eq!(sent, [100, 50, 25, 12]);
    assert_eq!(at_rest(&server).requests, 187);
    // A reset forgets the attempts; without a number there are none.
    server.plan(plan);
    let twice = [0; 2].map(|_| wire.get("/200?seq=1").status);
    assert_eq!(twice, [503, 200]);
    let numbered = [0; 4].map(|_| wire.get("/200").status);
    assert_eq!(numbered, [200, 503, 200, 503]);
}

#[test]
fn a_wait_comes_before_a_fault() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::to(&server);
    wire.send(get("/200?sleep=20&fault=empty-reply"));
    assert!(wire.rest().is_empty());
    let seen = at_rest(&server);
    assert!(seen.stamps[0].hold_ns() >= Some(20_000_000));
}
