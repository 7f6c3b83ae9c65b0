//! Whom both clients trust, and what they say where they do not.

use std::fs;
use std::io::{Read, Write};
use std::process::Command;

use harness::strategies::STRATEGIES;
use serde_json::{Value, json};

use crate::authority::End;
use crate::raw::Raw;
use crate::{Both, authority};

fn secure(server: &Raw) -> String {
    server.url().replace("http://", "https://")
}

#[test]
fn a_server_that_speaks_no_tls() {
    let both = Both::new();
    let plain = Raw::serve(|stream| {
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    });
    both.ping(&secure(&plain)).fail("tls", "plain text");
}

#[test]
fn a_server_that_hangs_up_on_tls() {
    // Read first: what is left unread would make a reset of the end.
    let closes = Raw::serve(|stream| stream.read(&mut [0; 16384]).map(drop));
    Both::new().ping(&secure(&closes)).fail("closed_early", "hangs up");
}

#[test]
fn plain_http_to_a_server_that_speaks_tls() {
    let (server, _) = authority::serve();
    Both::new().ping(&server.url()).fail("bad_reply", "plain");
}

#[test]
fn an_authority_that_nobody_knows_is_not_trusted() {
    let (server, _) = authority::serve();
    let [ureq, reqwest] =
        Both::new().ping(&secure(&server)).fail("tls", "unknown authority");
    // In the same words, too.
    assert_eq!(ureq, reqwest);
}

#[test]
fn both_trust_whom_ssl_cert_file_names_and_nobody_else() {
    let (server, pem) = authority::serve();
    let (_, other) = authority::serve();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authority.pem");
    for strategy in ["worker-pool", "async-tasks"] {
        for (pem, outcomes) in [
            (Some(&pem), json!({"200": 1})),
            (Some(&other), json!({"tls": 1})),
            (None, json!({"tls": 1})),
        ] {
            let mut ping = Command::new(env!("CARGO_BIN_EXE_harness"));
            ping.args(["ping", "--strategy", strategy])
                .args(["--output-format", "json", &secure(&server)])
                .env_remove("SSL_CERT_FILE");
            if let Some(pem) = pem {
                fs::write(&file, pem).unwrap();
                ping.env("SSL_CERT_FILE", &file);
            }
            let output = ping.output().unwrap();
            let said: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(said["outcomes"], outcomes, "{strategy}: {said}");
        }
    }
}

/// RFC 9112, 9.8: without its announcement an end is no end of a body that
/// says no length. Whoever sits between the two could have cut it.
#[test]
fn an_encrypted_answer_that_was_cut_is_none() {
    let whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    let unframed = "HTTP/1.1 200 OK\r\n\r\nok";
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok";
    let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
                 2\r\nok\r\n0\r\n";
    let head = "HTTP/1.1 200 OK\r\nContent-Le";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authority.pem");
    for (answer, end, word) in [
        (whole, End::Announced, "200"),
        (whole, End::Cut, "200"),
        (unframed, End::Announced, "200"),
        (unframed, End::Cut, "closed_early"),
        (half, End::Announced, "closed_early"),
        (half, End::Cut, "closed_early"),
        (chunk, End::Announced, "closed_early"),
        (chunk, End::Cut, "closed_early"),
        (head, End::Announced, "closed_early"),
        (head, End::Cut, "closed_early"),
    ] {
        let (server, pem) = authority::answering(answer, end);
        fs::write(&file, pem).unwrap();
        // A GET by hand encrypts nothing.
        let speak = STRATEGIES.iter().map(|strategy| strategy.way);
        let speak = speak.filter(|way| way.client != "by hand");
        for strategy in speak.map(|way| way.id) {
            let output = Command::new(env!("CARGO_BIN_EXE_harness"))
                .args(["ping", "--strategy", strategy])
                .args(["--output-format", "json", &secure(&server)])
                .env("SSL_CERT_FILE", &file)
                .output()
                .unwrap();
            let said: Value = serde_json::from_slice(&output.stdout).unwrap();
            let case = format!("{strategy}: {answer:?}");
            assert_eq!(said["outcomes"], json!({ word: 1 }), "{case}: {said}");
        }
    }
}

#[test]
fn a_file_without_certificates_is_refused_before_the_first_ping() {
    let (server, _) = authority::serve();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("empty.pem");
    fs::write(&file, "no certificate in here\n").unwrap();
    for path in [file, folder.path().join("missing.pem")] {
        for strategy in ["worker-pool", "async-tasks"] {
            let output = Command::new(env!("CARGO_BIN_EXE_harness"))
                .args(["ping", "--strategy", strategy, &secure(&server)])
                .env("SSL_CERT_FILE", &path)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(said.contains("SSL_CERT_FILE"), "{strategy}: {said}");
            assert!(said.contains(path.to_str().unwrap()), "{said}");
            assert!(!output.status.success(), "{strategy}");
        }
    }
}
