//! A batch that is stopped ends with a ping for each URL all the same.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use harness::strategies::all;
use ping_core::{Ping, Setup, Watch};

use crate::raw::{Raw, read_head};
use crate::{Batches, count, outcome, sorted, urls_of};

/// Answers every request, and stops the watch at the `last`: before that one
/// has its answer.
fn stops_at(last: u64, watch: &Watch) -> (Raw, Arc<AtomicU64>) {
    let (watch, seen) = (watch.clone(), Arc::new(AtomicU64::new(0)));
    let counter = Arc::clone(&seen);
    let server = Raw::serve(move |stream| {
        loop {
            read_head(stream)?;
            if counter.fetch_add(1, SeqCst) + 1 == last {
                watch.stop();
            }
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")?;
        }
    });
    (server, seen)
}

fn with_outcome(pings: &[Ping], expected: &str) -> u64 {
    pings.iter().filter(|ping| outcome(ping) == expected).count() as u64
}

#[test]
fn what_was_not_sent_when_it_stopped_is_never_sent() {
    for strategy in all() {
        for (asked, last) in [(1, 1), (1, 7), (4, 4), (4, 9), (8, 1)] {
            let case = format!("{}: stop at {last}, {asked}", strategy.way.id);
            let setup = Setup::new(count(asked));
            let (server, seen) = stops_at(last, &setup.watch);
            let urls: Vec<String> =
                (0..30).map(|i| format!("{}?{i}", server.url())).collect();
            let pings = Batches::with(strategy, &setup).ping(&urls);
            assert_eq!(urls_of(&pings), sorted(&urls), "{case}");
            // Those who were under way by then run to their end.
            let seen = seen.load(SeqCst);
            let most = strategy.effective(count(asked)).get() as u64;
            assert!((last..last + most).contains(&seen), "{case}: {seen}");
            assert_eq!(with_outcome(&pings, "200"), seen, "{case}");
            assert_eq!(with_outcome(&pings, "cancelled"), 30 - seen, "{case}");
            assert_eq!(setup.watch.done(), seen, "{case}");
        }
    }
}

#[test]
fn a_batch_that_is_stopped_before_it_begins_sends_nothing() {
    for strategy in all() {
        let setup = Setup::new(count(4));
        let (server, seen) = stops_at(u64::MAX, &setup.watch);
        setup.watch.stop();
        let urls = vec![server.url(); 9];
        let pings = Batches::with(strategy, &setup).ping(&urls);
        assert_eq!(with_outcome(&pings, "cancelled"), 9, "{}", strategy.way.id);
        assert_eq!(pings.len(), 9, "{}", strategy.way.id);
        assert_eq!(seen.load(SeqCst), 0, "{}", strategy.way.id);
    }
}
