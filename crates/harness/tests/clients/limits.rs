//! How much a server may send.

use std::io::Write;
use std::process::Command;

use ping_core::BODY_LIMIT;
use serde_json::Value;

use crate::Both;
use crate::raw::{Raw, read_head};

#[test]
fn a_huge_head_is_a_bad_reply() {
    let both = Both::new();
    for (bytes, fine) in [(0, true), (15_000, true), (1 << 20, false)] {
        let case = format!("{bytes} bytes");
        let value = "x".repeat(bytes);
        let server = Raw::answering(format!(
            "HTTP/1.1 200 OK\r\nX: {value}\r\nContent-Length: 2\r\n\r\nok"
        ));
        let said = both.ping(&server.url());
        match fine {
            true => assert_eq!(said.reply(&case).status, 200),
            false => drop(said.fail("bad_reply", &case)),
        }
    }
}

#[test]
fn too_many_headers_are_a_bad_reply() {
    let both = Both::new();
    for (count, fine) in [(1, true), (100, true), (129, false)] {
        let case = format!("{count} headers");
        let lines = "X: x\r\n".repeat(count - 1);
        let server = Raw::answering(format!(
            "HTTP/1.1 200 OK\r\n{lines}Content-Length: 2\r\n\r\nok"
        ));
        let said = both.ping(&server.url());
        match fine {
            true => assert_eq!(said.reply(&case).status, 200),
            false => drop(said.fail("bad_reply", &case)),
        }
    }
}

#[test]
fn an_endless_body_is_given_up_and_never_held_in_memory() {
    for length in ["Content-Length: 99999999999\r\n", ""] {
        let server = Raw::serve(move |stream| {
            read_head(stream)?;
            write!(stream, "HTTP/1.1 200 OK\r\n{length}\r\n")?;
            let piece = vec![b'x'; 1 << 20];
            loop {
                stream.write_all(&piece)?;
            }
        });
        for strategy in
            ["worker-pool", "async-tasks", "event-loop", "tiny-executor"]
        {
            let output = Command::new(env!("CARGO_BIN_EXE_harness"))
                .args(["ping", "--strategy", strategy, "--timeout", "60s"])
                .args(["--output-format", "json", &server.url()])
                .output()
                .unwrap();
            let said: Value = serde_json::from_slice(&output.stdout).unwrap();
            let outcomes = &said["outcomes"];
            assert_eq!(outcomes["body_too_large"], 1, "{strategy}: {said}");
            if let Some(peak) = said["peak_rss_bytes"].as_u64() {
                assert!(peak < BODY_LIMIT / 2, "{strategy}: {peak} bytes");
            }
        }
    }
}
