//! What the front page promises of a test like its own: it passes for a client
//! that does several things at once, and fails for one that only says so.

mod fetch;

use std::panic::catch_unwind;
use std::thread;
use std::time::Duration;

use fetch::fetch;
use test_server::{Fault, Plan, TestServer};

fn at_once(urls: &[String]) {
    thread::scope(|scope| {
        for url in urls {
            scope.spawn(move || fetch(url));
        }
    });
}

fn one_by_one(urls: &[String]) {
    urls.iter().for_each(|url| fetch(url));
}

/// The test of the front page.
fn the_test(fetch_all: fn(&[String])) {
    let server = TestServer::start().unwrap();
    fetch_all(&server.urls("/gate/3", 3));
    let seen = server.witness();
    assert_eq!(seen.peak_in_flight, 3, "the most in flight at once");
    assert_eq!((seen.requests, seen.duplicates), (3, 0));
}

#[test]
fn it_passes_for_a_client_that_is_concurrent() {
    the_test(at_once);
}

#[test]
fn it_fails_for_one_that_is_secretly_serial() {
    let failure = catch_unwind(|| the_test(one_by_one)).unwrap_err();
    let said = failure.downcast_ref::<String>().unwrap();
    assert!(said.contains("the most in flight at once"), "{said}");
    assert!(said.contains("left: 1") && said.contains("right: 3"), "{said}");
}

#[test]
fn the_other_tests_that_it_names() {
    let server = TestServer::start().unwrap();
    server.plan(Plan::each(Duration::from_millis(5)));
    one_by_one(&server.urls("/200?bytes=3", 2));
    let seen = server.witness();
    let waits: Vec<u64> = seen.stamps.iter().map(|it| it.wait_ns).collect();
    assert_eq!(waits, [5_000_000; 2]);
    assert_eq!((seen.peak_in_flight, seen.connections), (1, 2));
    let refused = vec![Some(Fault::Unavailable), None];
    server.plan(Plan { faults: refused, ..Plan::default() });
    one_by_one(&server.urls("/200", 2));
    let seen = server.witness();
    assert_eq!((seen.requests, seen.statuses[&503]), (2, 1));
    server.reset();
    assert_eq!(server.witness().requests, 0);
}
