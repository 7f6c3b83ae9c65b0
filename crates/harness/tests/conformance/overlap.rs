//! `concurrency` is the most requests in flight at once, and they are.

use harness::strategies::all;
use measurement::waits::{Plan, Waits};
use test_server::TestServer;

use crate::{Batches, count, numbered, outcome};

#[test]
fn as_many_as_asked_for_are_in_flight_at_once() {
    let server = TestServer::start().unwrap();
    for strategy in all() {
        for asked in [1, 2, 8, 64] {
            let places = strategy.effective(count(asked)).get();
            // Fewer URLs than places, as many, and more that do not divide.
            for length in [asked.div_ceil(2), asked, 2 * asked + 1] {
                let case = format!("{}: {length} at {asked}", strategy.way.id);
                server.reset();
                // It opens for as many at once, and for nobody who is alone.
                let peak = places.min(length);
                let urls = vec![server.url(&format!("/gate/{peak}")); length];
                let pings = Batches::of(strategy, asked).ping(&urls);
                for ping in &pings {
                    assert_eq!(outcome(ping), "200", "{case}");
                }
                let seen = server.witness();
                assert_eq!(seen.peak_in_flight, peak as u64, "{case}");
            }
        }
    }
}

#[test]
fn never_more_are_in_flight_than_asked_for() {
    let server = TestServer::start().unwrap();
    let (uneven, even) = (vec![0, 9_000_000, 0], vec![3_000_000]);
    // The waits, how many pings, and how many in flight.
    let cases = [
        (Waits::None.list(), 2000, 8),
        (Waits::None.list(), 200, 1),
        (even.clone(), 40, 3),
        (even, 40, 8),
        (uneven.clone(), 40, 1),
        (uneven, 40, 8),
    ];
    for strategy in all() {
        for (waits, length, asked) in &cases {
            let case = format!("{}: {asked}, {waits:?}", strategy.way.id);
            server.plan(Plan::waiting(waits.clone()));
            let urls = numbered(&server, *length, "");
            Batches::of(strategy, *asked).ping(&urls);
            let seen = server.witness();
            let most = strategy.effective(count(*asked)).get() as u64;
            assert!(seen.peak_in_flight <= most, "{case}: {seen:?}");
            assert_eq!(seen.requests, *length as u64, "{case}");
            assert_eq!(seen.distinct, *length as u64, "{case}");
        }
    }
}
