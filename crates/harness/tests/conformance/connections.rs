//! A connection outlives its ping, so that no strategy pays for dialling
//! what another one keeps.

use harness::strategies::all;
use measurement::waits::BOOK_STATUSES;
use test_server::TestServer;

use crate::{Batches, count, numbered, outcome};

#[test]
fn what_a_warm_up_dialled_is_enough_for_the_next_batch() {
    let server = TestServer::start().unwrap();
    for strategy in all() {
        for asked in [1, 8, 64] {
            let case = format!("{} at {asked}", strategy.way.id);
            let places = strategy.effective(count(asked)).get();
            let batches = Batches::of(strategy, asked);
            server.reset();
            let gate = vec![server.url(&format!("/gate/{places}")); places];
            for ping in batches.ping(&gate) {
                assert_eq!(outcome(&ping), "200", "{case}");
            }
            assert_eq!(server.witness().connections, places as u64, "{case}");
            server.reset();
            batches.ping(&numbered(&server, 4 * places, "&sleep=5"));
            let seen = server.witness();
            assert_eq!(seen.done, 4 * places as u64, "{case}");
            assert_eq!(seen.connections, 0, "{case}");
        }
    }
}

#[test]
fn a_bad_status_keeps_the_connection() {
    let server = TestServer::start().unwrap();
    let statuses = [&BOOK_STATUSES[..], &[204, 301, 503]].concat();
    let urls: Vec<String> = statuses
        .iter()
        .map(|status| server.url(&format!("/{status}")))
        .collect();
    for strategy in all() {
        server.reset();
        Batches::of(strategy, 1).ping(&urls);
        let seen = server.witness();
        assert_eq!(seen.done, urls.len() as u64, "{}", strategy.way.id);
        assert_eq!(seen.connections, 1, "{}", strategy.way.id);
    }
}
