//! What the server does by which section of the RFC: each row is tried on the
//! wire, and the table of `docs/wire.md` is made of the same rows.
//!
//! `UPDATE=1 cargo test -p test-server --test rfc` writes it anew.

mod rows;
mod targets;
#[path = "../wire/mod.rs"]
mod wire;

use std::path::Path;

use rows::{
    ROWS, Row,
    Then::{Closes, Stays},
};
use targets::TARGETS;
use test_server::TestServer;
use wire::Wire;

fn rows() -> impl Iterator<Item = &'static Row> {
    ROWS.iter().chain(&TARGETS)
}

/// Each row with each request that it stands for.
fn requests() -> impl Iterator<Item = (&'static Row, Vec<u8>, String)> {
    rows().flat_map(|row| {
        row.all().map(move |sent| {
            let told = format!("{}{}", row.line(), sent.escape_ascii());
            (row, sent, told)
        })
    })
}

#[test]
fn each_row_is_as_it_says() {
    let server = TestServer::start().unwrap();
    for (row, sent, told) in requests() {
        let mut wire = Wire::to(&server);
        wire.send(&sent);
        for status in row.statuses {
            let head_only = sent.trim_ascii_start().starts_with(b"HEAD");
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
    for (row, sent, told) in requests() {
        if row.then == Stays {
            continue;
        }
        let mut wire = Wire::to(&server);
        wire.send(&sent);
        for _ in row.statuses {
            wire.framed(sent.trim_ascii_start().starts_with(b"HEAD"));
        }
        assert!(wire.rest().is_empty(), "{told}");
    }
}

#[test]
fn the_page_says_the_same() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/wire.md");
    let old = std::fs::read_to_string(&page).unwrap();
    let (begin, end) = ("<!-- BEGIN rfc -->\n", "<!-- END rfc -->");
    let (before, rest) = old.split_once(begin).unwrap();
    let (table, after) = rest.split_once(end).unwrap();
    let rows: String = rows().map(Row::line).collect();
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
