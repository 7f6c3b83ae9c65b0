//! A failed ping is data: it has its own result and spoils nobody else's.

use harness::strategies::all;
use test_server::TestServer;

use crate::raw::{Nobody, Raw};
use crate::{Batches, outcome_of, sorted, urls_of};

#[test]
fn a_failure_has_its_word_and_ends_no_batch() {
    let server = TestServer::start().unwrap();
    let nobody = Nobody::there();
    let closes = Raw::answering("");
    let halves =
        Raw::answering("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
    let babbles = Raw::answering("SSH-2.0-OpenSSH_10.0\r\n\r\n");
    let failures = [
        (nobody.url(), "refused"),
        (closes.url(), "closed_early"),
        (halves.url(), "closed_early"),
        (babbles.url(), "bad_reply"),
        ("gopher://127.0.0.1/200".to_owned(), "bad_url"),
    ];
    // A good one between each two, and one at either end.
    let mut cases = vec![(server.url("/200?seq=0"), "200")];
    for (seq, failure) in (1..).zip(failures) {
        cases.push(failure);
        cases.push((server.url(&format!("/200?seq={seq}")), "200"));
    }
    let urls: Vec<String> = cases.iter().map(|(url, _)| url.clone()).collect();
    for strategy in all() {
        for concurrency in [1, 4, 64] {
            let case = format!("{} at {concurrency}", strategy.way.id);
            let pings = Batches::of(strategy, concurrency).ping(&urls);
            assert_eq!(urls_of(&pings), sorted(&urls), "{case}");
            for (url, expected) in &cases {
                assert_eq!(outcome_of(&pings, url), *expected, "{case}: {url}");
            }
        }
    }
}
