//! What lesson 8 is about: what is tried again, when, and how often at most;
//! decided by what the server saw, and when it saw it.

use std::num::{NonZeroU32, NonZeroUsize};

use lesson_08_good_manners::ping_all;
use measurement::fault::Fault;
use measurement::waits::Plan;
use ping_async::Client;
use ping_core::{Manners, Ping, PingError, Rate, Setup};
use test_server::TestServer;
use tokio::runtime::{Builder, Runtime};

const SECOND: u64 = 1_000_000_000;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn ping(urls: &[String], concurrency: usize, manners: &Manners) -> Vec<Ping> {
    let concurrency = NonZeroUsize::new(concurrency).unwrap();
    let client = Client::new(&Setup::new(concurrency)).unwrap();
    runtime().block_on(ping_all(&client, urls, concurrency, manners))
}

fn retrying(retries: u32) -> Manners {
    Manners { retries, ..Manners::default() }
}

/// The statuses, in their order.
fn statuses(pings: &[Ping]) -> Vec<u16> {
    pings.iter().map(|ping| ping.result.as_ref().unwrap().status).collect()
}

/// When each request arrived, ns, from the first.
fn arrivals(server: &TestServer) -> Vec<u64> {
    server.witness().stamps.iter().map(|stamp| stamp.received_ns).collect()
}

/// Requests without a number of their own meet these in the order of arrival.
fn faulty(faults: &[Option<Fault>]) -> TestServer {
    let server = TestServer::start().unwrap();
    server.plan(Plan { faults: faults.to_vec(), ..Plan::default() });
    server
}

#[test]
fn what_failed_once_is_asked_twice() {
    let server = faulty(&[Some(Fault::Reset), None]);
    let pings = ping(&[server.url("/200")], 1, &retrying(3));
    assert_eq!(server.witness().requests, 2);
    assert_eq!(pings[0].result, Err(PingError::Reset));
    assert!(pings[0].retried);
    assert_eq!(statuses(&pings[1..]), [200]);
    assert!(!pings[1].retried);
}

#[test]
fn what_fails_for_good_is_asked_as_often_as_agreed() {
    let server = faulty(&[Some(Fault::EmptyReply)]);
    let pings = ping(&[server.url("/200")], 1, &retrying(2));
    assert_eq!(server.witness().requests, 3);
    let retried: Vec<bool> = pings.iter().map(|ping| ping.retried).collect();
    assert_eq!(retried, [true, true, false]);
}

#[test]
fn what_would_be_the_same_again_is_asked_once() {
    let server = TestServer::start().unwrap();
    let own = ["/404", "/500", "/200?fault=garbage", "/200?fault=redirect"];
    let mut urls: Vec<String> = own.map(|path| server.url(path)).to_vec();
    urls.push("nonsense".to_owned());
    let pings = ping(&urls, 5, &retrying(3));
    assert_eq!(server.witness().requests, 4);
    assert_eq!(pings.len(), 5);
    assert!(pings.iter().all(|ping| !ping.retried));
}

#[test]
fn no_more_is_tried_again_than_the_budget_has() {
    let server = faulty(&[Some(Fault::EmptyReply)]);
    let manners = Manners { retry_share: Some(0.2), ..retrying(3) };
    let pings = ping(&vec![server.url("/200"); 100], 20, &manners);
    let requests = server.witness().requests;
    assert!((101..=120).contains(&requests), "{requests}");
    assert_eq!(pings.len() as u64, requests);
    let retried = pings.iter().filter(|ping| ping.retried).count();
    assert_eq!(retried as u64, requests - 100);
}

#[test]
fn one_host_has_no_more_at_once_than_it_was_promised() {
    let server = TestServer::start().unwrap();
    let manners =
        Manners { per_host: NonZeroUsize::new(3), ..Manners::default() };
    let pings = ping(&vec![server.url("/200?sleep=20"); 12], 12, &manners);
    assert_eq!(statuses(&pings), [200; 12]);
    assert_eq!(server.witness().peak_in_flight, 3);
}

#[test]
fn one_host_does_not_wait_for_the_places_of_another() {
    let (here, there) = (TestServer::start().unwrap(), TestServer::start());
    let there = there.unwrap();
    let manners = Manners { per_host: Some(NonZeroUsize::MIN), ..retrying(0) };
    let urls = [here.url("/gate/2"), there.url("/200"), here.url("/200")];
    // The first waits for another to come, which has no place. The one there
    // is answered all the same, and who has seen that lets the first one go.
    let one = NonZeroUsize::new(3).unwrap();
    let client = Client::new(&Setup::new(one)).unwrap();
    runtime().block_on(async {
        let batch = ping_all(&client, &urls, one, &manners);
        let answered = async {
            while there.witness().done == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            _ = batch => panic!("a gate for two has opened for one"),
            () = answered => {}
        }
    });
    assert_eq!(here.witness().requests, 1);
}

#[test]
fn who_waits_to_try_again_leaves_its_place_to_others() {
    let server = faulty(&[Some(Fault::Unavailable), None]);
    let manners = Manners { per_host: Some(NonZeroUsize::MIN), ..retrying(1) };
    let urls = [server.url("/200?seq=0"), server.url("/200?seq=1")];
    ping(&urls, 2, &manners);
    let stamps = server.witness().stamps;
    let order: Vec<u64> = stamps.iter().map(|stamp| stamp.seq).collect();
    assert_eq!(order, [0, 1, 0]);
    // And not only when the first one's patience is over.
    let over = stamps[0].received_ns + SECOND;
    assert!(stamps[1].received_ns < over, "{stamps:?}");
}

#[test]
fn requests_come_no_faster_than_was_agreed() {
    const RATE: u64 = 100;
    let server = faulty(&[None, Some(Fault::EmptyReply)]);
    // Before the first token, so that no request can be early by this one's
    // being late.
    ping(&[server.url("/200")], 1, &Manners::default());
    let begun = server.witness().last_sent_ns.unwrap();
    server.reset();
    let rate = NonZeroU32::new(RATE as u32).map(Rate::per_second);
    let manners = Manners { rate, ..retrying(1) };
    // Every other request fails, and its retry keeps to the rate, too.
    let pings = ping(&vec![server.url("/200"); 20], 20, &manners);
    assert!(pings.len() > 25, "{}", pings.len());
    let arrivals = arrivals(&server);
    assert_eq!(arrivals.len(), pings.len());
    for (place, arrival) in (0..).zip(arrivals) {
        let since = arrival - begun;
        let least = place * SECOND / RATE;
        assert!(since >= least, "request {place}: {since} ns, not {least}");
    }
}

#[test]
fn who_is_asked_for_patience_has_it() {
    for fault in [Fault::Unavailable, Fault::TooManyRequests] {
        let server = faulty(&[Some(fault), None]);
        let pings = ping(&[server.url("/200")], 1, &retrying(1));
        assert_eq!(statuses(&pings).last(), Some(&200));
        let arrivals = arrivals(&server);
        // `Retry-After: 1`, and the backoff on top.
        assert!(arrivals[1] - arrivals[0] >= SECOND, "{arrivals:?}");
    }
}
