//! What the server does by which section of the RFC: each row is tried on the
//! wire, and the table of `docs/wire.md` is made of the same rows.
//!
//! `UPDATE=1 cargo test -p test-server --test rfc` writes it anew.

mod rows;
#[path = "../wire/mod.rs"]
mod wire;

use std::path::Path;

use rows::{
    ROWS, Row,
    Then::{Closes, Stays},
};
use test_server::TestServer;
use wire::Wire;

#[test]
fn each_row_is_as_it_says() {
    let server = TestServer::start().unwrap();
    for row in &ROWS {
        let told = row.line();
        let mut wire = Wire::to(&server);
        wire.send(row.bytes());
        for status in row.statuses {
            let head_only = row.sent.starts_with("HEAD");
            let answer = wire.framed(head_only);
            assert_eq!(answer.status, *status, "{told}");
            assert!(answer.status != 405 || answer.header("allow").is_some());
        }
        match row.then {
            Stays if row.statuses == [100] => {
                wire.send("hello");
                assert_eq!(wire.answer().status, 200, "{told}");
            }
            Stays => assert_eq!(wire.get("/204").status, 204, "{told}"),
            Closes => {
                wire.say_no_more();
                assert_eq!(String::from_utf8_lossy(&wire.rest()), "", "{told}");
            }
        }
    }
}

/// Not even a client that goes on sending is answered after a close.
#[test]
fn a_connection_that_closes_does_so_by_itself() {
    let server = TestServer::start().unwrap();
    for row in ROWS.iter().filter(|row| row.then == Closes) {
        let mut wire = Wire::to(&server);
        wire.send(row.bytes());
        for _ in row.statuses {
            wire.framed(row.sent.starts_with("HEAD"));
        }
        assert!(wire.rest().is_empty(), "{}", row.line());
    }
}

#[test]
fn the_page_says_the_same() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/wire.md");
    let old = std::fs::read_to_string(&page).unwrap();
    let (begin, end) = ("<!-- BEGIN rfc -->\n", "<!-- END rfc -->");
    let (before, rest) = old.split_once(begin).unwrap();
    let (table, after) = rest.split_once(end).unwrap();
    let rows: String = ROWS.iter().map(Row::line).collect();
    let head = "| by | what comes | status | connection |\n\
                | --- | --- | --- | --- |\n";
    let wanted = format!("{head}{rows}");
    if std::env::var_os("UPDATE").is_some() {
        let page_now = format!("{before}{begin}{wanted}{end}{after}");
        std::fs::write(&page, page_now).unwrap();
    } else {
        assert_eq!(table, wanted, "docs/wire.md is stale; UPDATE=1 writes it");
    }
}
