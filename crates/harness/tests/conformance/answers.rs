//! One ping for each URL, and what it says is what the server answered.

use harness::strategies::all;
use measurement::waits::BOOK_STATUSES;
use ping_core::digest;
use test_server::{TestServer, expected_body};

use crate::{Batches, numbered, outcome_of, sorted, urls_of};

/// Lengths of lists, and how many in flight: none at all, fewer than places,
/// as many, and what does not divide.
const SIZES: [(usize, usize); 8] =
    [(0, 8), (1, 1), (1, 8), (3, 8), (8, 8), (10, 4), (13, 4), (100, 64)];

#[test]
fn every_url_is_sent_once_and_has_one_ping() {
    let server = TestServer::start().unwrap();
    for strategy in all() {
        for (length, concurrency) in SIZES {
            let case =
                format!("{}: {length} at {concurrency}", strategy.way.id);
            server.reset();
            let urls = numbered(&server, length, "");
            let pings = Batches::of(strategy, concurrency).ping(&urls);
            assert_eq!(urls_of(&pings), sorted(&urls), "{case}");
            let seen = server.witness();
            assert_eq!(seen.requests, length as u64, "{case}");
            assert_eq!(seen.distinct, length as u64, "{case}");
            assert_eq!((seen.duplicates, seen.aborted), (0, 0), "{case}");
        }
    }
}

#[test]
fn the_same_url_many_times_is_sent_as_many_times() {
    let server = TestServer::start().unwrap();
    for strategy in all() {
        server.reset();
        let urls = vec![server.url("/200"); 20];
        let pings = Batches::of(strategy, 8).ping(&urls);
        assert_eq!(urls_of(&pings), sorted(&urls), "{}", strategy.way.id);
        assert_eq!(server.witness().done, 20, "{}", strategy.way.id);
    }
}

#[test]
fn a_url_comes_back_as_it_was_spelled() {
    let server = TestServer::start().unwrap();
    let address = server.address();
    let urls = [
        format!("http://{address}"),
        format!("HTTP://{address}/200"),
        format!("http://{address}/200/some%20thing?seq=1&x=%C3%A4"),
        format!("http://{address}/200?seq=2#fragment"),
    ];
    for strategy in all() {
        server.reset();
        let pings = Batches::of(strategy, 2).ping(&urls);
        assert_eq!(urls_of(&pings), sorted(&urls), "{}", strategy.way.id);
        for url in &urls {
            assert_eq!(outcome_of(&pings, url), "200", "{}", strategy.way.id);
        }
        assert_eq!(server.witness().statuses, [(200, 4)].into());
    }
}

#[test]
fn every_status_is_a_result_and_none_is_followed() {
    let server = TestServer::start().unwrap();
    let statuses = [&BOOK_STATUSES[..], &[204, 301, 503]].concat();
    let urls: Vec<String> = statuses
        .iter()
        .map(|status| server.url(&format!("/{status}")))
        .collect();
    for strategy in all() {
        server.reset();
        let pings = Batches::of(strategy, 4).ping(&urls);
        for (url, status) in urls.iter().zip(&statuses) {
            let said = outcome_of(&pings, url);
            assert_eq!(said, status.to_string(), "{}", strategy.way.id);
        }
        let seen = server.witness();
        assert_eq!(seen.requests, urls.len() as u64, "{}", strategy.way.id);
    }
}

#[test]
fn each_ping_has_its_own_body_and_all_of_it() {
    let server = TestServer::start().unwrap();
    let cases: Vec<_> = [0, 1, 64, 100_000]
        .into_iter()
        .flat_map(|bytes| [(1, 5, bytes), (2, 5, bytes), (1, 6, bytes)])
        .map(|(seq, nonce, bytes)| {
            let query = format!("seq={seq}&nonce={nonce}&bytes={bytes}");
            let body = expected_body(seq, nonce, bytes);
            (server.url(&format!("/200?{query}")), body)
        })
        .collect();
    let urls: Vec<String> = cases.iter().map(|(url, _)| url.clone()).collect();
    for strategy in all() {
        let pings = Batches::of(strategy, 5).ping(&urls);
        for (url, body) in &cases {
            let case = format!("{}: {url}", strategy.way.id);
            let ping = pings.iter().find(|ping| ping.url == *url).unwrap();
            let reply = ping.result.as_ref().expect(&case);
            assert_eq!(reply.bytes, body.len() as u64, "{case}");
            assert_eq!(reply.digest, digest(body), "{case}");
            let head = &body[..body.len().min(256)];
            assert_eq!(reply.head.as_bytes(), head, "{case}");
        }
    }
}
