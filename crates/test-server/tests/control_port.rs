//! What the control port answers to what, and whom it does not let in.

mod rows;
mod wire;

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::{env, fs};

use measurement::waits::Plan;
use proptest::prelude::*;
use rows::{ROWS, Row, TOKEN};
use test_server::{Options, TestServer, Token};
use wire::{Wire, ask};

static SERVER: LazyLock<TestServer> = LazyLock::new(start);

fn start() -> TestServer {
    let token = Some(Token::chosen(rows::CHOSEN).unwrap());
    let options = Options { token, ..Options::default() };
    TestServer::start_with(options).unwrap()
}

fn text_of(row: &Row) -> String {
    rows::text(row, SERVER.control_address())
}

/// What it answers, and that it closes then.
fn exchange(server: &TestServer, request: &str) -> wire::Answer {
    let mut wire = Wire::at(server.control_address()).unwrap();
    wire.send(request);
    let answer = wire.answer();
    assert!(wire.rest().is_empty(), "{request}");
    answer
}

#[test]
fn it_answers_by_the_table() {
    for row in ROWS {
        let answer = exchange(&SERVER, &text_of(row));
        assert_eq!(answer.status, row.4, "{row:?}: {answer:?}");
        let says = |name| answer.header(name);
        assert_eq!(says("connection"), Some("close"));
        assert_eq!(says("cache-control"), Some("no-store"));
        assert_eq!(says("www-authenticate").is_some(), row.4 == 401, "{row:?}");
        assert_eq!(says("allow").is_some(), row.4 == 405, "{row:?}");
        // No page elsewhere may read it.
        assert_eq!(says("access-control-allow-origin"), None);
    }
}

/// `UPDATE=1` writes it.
#[test]
fn the_page_has_the_table() {
    let mut table = String::from("| answer | to what |\n| --- | --- |\n");
    let statuses: BTreeSet<u16> = ROWS.iter().map(|row| row.4).collect();
    for status in statuses {
        let mut names: Vec<&str> = Vec::new();
        for row in ROWS.iter().filter(|row| row.4 == status) {
            if !names.contains(&row.0) {
                names.push(row.0);
            }
        }
        let answer = format!("{status} {}", test_server::reason(status));
        table += &format!("| {answer} | {} |\n", names.join("; "));
    }
    let page =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/control-port.md");
    let text = fs::read_to_string(page).unwrap();
    let (begin, end) = ("<!-- BEGIN control -->\n", "<!-- END control -->");
    let (before, rest) = text.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let wanted = format!("{before}{begin}{table}{end}{after}");
    if env::var_os("UPDATE").is_some() {
        fs::write(page, wanted).unwrap();
    } else {
        assert!(
            text == wanted,
            "docs/control-port.md: run again with UPDATE=1"
        );
    }
}

/// The crate's documentation has a table, too: each status is in it.
#[test]
fn the_documentation_has_every_status() {
    let documentation = include_str!("../src/lib.rs");
    for (_, _, _, _, status) in ROWS {
        assert!(
            documentation.contains(&format!("//! | {status} |")),
            "{status} is not in the table of src/lib.rs"
        );
    }
}

#[test]
fn a_head_has_its_limits() {
    let long = format!("X: {}\n", "x".repeat(9000));
    let many = "X: y\n".repeat(80);
    for more in [long, many] {
        let head = text_of(&("", "GET / HTTP/1.1", "Host: HERE\n", "", 431));
        let head = head.trim_end();
        let answer = exchange(&SERVER, &format!("{head}\r\n{more}\r\n"));
        assert_eq!(answer.status, 431);
    }
}

#[test]
fn a_head_without_its_body() {
    for line in ["HEAD / HTTP/1.1", "HEAD /witness HTTP/1.1"] {
        let request = text_of(&("", line, TOKEN, "", 200));
        let mut wire = Wire::at(SERVER.control_address()).unwrap();
        wire.send(request);
        assert_eq!(wire.head().status, 200);
        assert!(wire.rest().is_empty());
    }
}

#[test]
fn who_says_no_more_is_still_answered() {
    let mut wire = Wire::at(SERVER.control_address()).unwrap();
    wire.send(ask(&SERVER, "GET /witness?stamps=0"));
    wire.say_no_more();
    assert_eq!(wire.answer().status, 200);
}

#[test]
fn the_newest_stamps_and_the_same_counts() {
    let server = start();
    let mut pings = Wire::to(&server);
    (0..7).for_each(|seq| drop(pings.get(&format!("/200?seq={seq}"))));
    for (query, seqs) in [("0", 7..7), ("3", 4..7), ("99", 0..7)] {
        let line = format!("GET /witness?stamps={query}");
        let answer = exchange(&server, &ask(&server, &line));
        let mut told: measurement::witness::Witness =
            serde_json::from_slice(&answer.body).unwrap();
        assert!(told.stamps.iter().map(|stamp| stamp.seq).eq(seqs), "{query}");
        assert_eq!((told.requests, told.done), (7, 7));
        let mut whole = server.witness();
        assert_eq!(whole.stamps.len(), 7);
        for witness in [&mut told, &mut whole] {
            witness.stamps.clear();
            witness.cpu_ns = None;
            witness.voluntary_switches = None;
            witness.involuntary_switches = None;
        }
        assert_eq!(told, whole);
    }
}

#[test]
fn a_plan_is_sent_when_it_is_asked_for() {
    let server = start();
    let mut wire = Wire::at(server.control_address()).unwrap();
    let head = ask(&server, "POST /reset");
    let head = head.trim_end();
    wire.send(format!(
        "{head}\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n"
    ));
    assert_eq!(wire.head().status, 100);
    wire.send("{\"waits\":[]}");
    assert_eq!(wire.answer().status, 200);
}

/// The longest that a command line can hold: 128 KiB of one argument.
#[test]
fn a_plan_may_be_as_long_as_one_can_be_typed() {
    use measurement::fault::Fault;

    let reset = Fault::named("reset").unwrap();
    let faults = vec![Some(reset); 128 * 1024 / "reset,".len()];
    start().plan(Plan { faults, ..Plan::default() });
}

/// What those say who have not shown the token: nothing, or too little.
const TOO_LITTLE: [&[u8]; 3] = [b"", b"G", b"GET / HTTP/1.1\r\nHost: "];

/// They are more than could be sent away one after the other, with any
/// patience for each, before whoever asks gives up after ten seconds. None of
/// them is late itself by then.
#[test]
fn strangers_cannot_keep_out_who_may_ask() {
    let server = start();
    let strangers: Vec<Wire> = (0..3_500)
        .map(|number| {
            let mut wire = Wire::at(server.control_address()).unwrap();
            let _ = wire.try_send(TOO_LITTLE[number % TOO_LITTLE.len()]);
            wire
        })
        .collect();
    for _ in 0..20 {
        assert_eq!(server.witness().requests, 0);
    }
    drop(strangers);
}

/// Nor can those who have shown the token and then dawdle.
#[test]
fn the_slow_make_way() {
    let server = start();
    let head = ask(&server, "POST /reset");
    let half = format!("{}\r\nContent-Length: 9\r\n\r\n{{", head.trim_end());
    let slow: Vec<Wire> = (0..40)
        .map(|_| {
            let mut wire = Wire::at(server.control_address()).unwrap();
            wire.send(&half);
            wire
        })
        .collect();
    assert_eq!(server.witness().requests, 0);
    drop(slow);
}

/// Nothing is left of a plan that its sender never finishes.
#[test]
fn half_a_plan_changes_nothing() {
    let server = start();
    Wire::to(&server).get("/200");
    let mut wire = Wire::at(server.control_address()).unwrap();
    let head = ask(&server, "POST /reset");
    let head = head.trim_end();
    wire.send(format!("{head}\r\nContent-Length: 12\r\n\r\n{{\"waits\""));
    wire.say_no_more();
    assert!(wire.rest().is_empty());
    assert_eq!(server.witness().requests, 1);
}

/// A good request with something done to it: bytes changed, put in, left out
/// or said twice.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let changes = (any::<prop::sample::Index>(), any::<u8>(), 0..4);
    let changes = prop::collection::vec(changes, 1..8);
    (0..ROWS.len(), changes).prop_map(|(row, changes)| {
        let mut bytes = text_of(&ROWS[row]).into_bytes();
        for (place, byte, kind) in changes {
            let place = place.index(bytes.len().max(1)).min(bytes.len());
            match kind {
                0 => bytes.insert(place, byte),
                1 if place < bytes.len() => bytes[place] = byte,
                2 if place < bytes.len() => drop(bytes.remove(place)),
                _ => {
                    let again = bytes[place..].to_vec();
                    bytes.extend(again);
                }
            }
        }
        bytes
    })
}

proptest! {
    #[test]
    fn whatever_comes_it_answers_or_closes_and_goes_on(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..2000),
            mutated(),
        ],
    ) {
        let mut wire = Wire::at(SERVER.control_address()).unwrap();
        if wire.try_send(&bytes).is_ok() {
            wire.say_no_more();
        }
        let answer = wire.rest();
        prop_assert!(
            answer.is_empty() || answer.starts_with(b"HTTP/1.1 "),
            "{}",
            String::from_utf8_lossy(&answer)
        );
        // One head, whatever was in the request.
        let heads = answer.windows(9).filter(|it| it == b"HTTP/1.1 ").count();
        prop_assert!(heads <= 1);
    }

    #[test]
    fn nothing_is_forgotten_or_told_without_the_token(bytes in mutated()) {
        static SERVER: LazyLock<TestServer> = LazyLock::new(|| {
            let server = TestServer::start().unwrap();
            Wire::to(&server).get("/418?seq=5");
            server
        });
        // Its token is another one than that in the rows, its port is theirs.
        let own = SERVER.control_address().to_string();
        let text = String::from_utf8_lossy(&bytes)
            .replace(&self::SERVER.control_address().to_string(), &own);
        let mut wire = Wire::at(SERVER.control_address()).unwrap();
        if wire.try_send(text.as_bytes()).is_ok() {
            wire.say_no_more();
        }
        let answer = String::from_utf8(wire.rest()).unwrap();
        prop_assert!(!answer.contains("peak_in_flight"), "{answer}");
        prop_assert_eq!(SERVER.witness().requests, 1);
    }
}
