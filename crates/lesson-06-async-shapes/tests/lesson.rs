//! What lesson 6 is about: five shapes of one batch, alike in their work and
//! their limit, and unlike in their order and in what a slow consumer costs.

use std::num::NonZeroUsize;
use std::pin::Pin;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use lesson_06_async_shapes::{ping, ping_all, shapes};
use ping_async::Client;
use ping_core::{Ping, PingError, Setup};
use test_server::TestServer;
use tokio::runtime::{Builder, Runtime};
use tokio::time::{sleep, timeout};

type Batch<'a> = Pin<Box<dyn Future<Output = Vec<Ping>> + Send + 'a>>;
type Shape =
    for<'a> fn(&'a Client, &'a [String], NonZeroUsize, Duration) -> Batch<'a>;

const WORKERS: Shape = |c, u, n, h| Box::pin(ping_all(c, u, n, h));
const JOIN_ALL: Shape = |c, u, n, h| Box::pin(shapes::join_all(c, u, n, h));
const BUFFER: Shape =
    |c, u, n, h| Box::pin(shapes::buffer_unordered(c, u, n, h));
const FUTURES: Shape =
    |c, u, n, h| Box::pin(shapes::futures_unordered(c, u, n, h));
const JOIN_SET: Shape = |c, u, n, h| Box::pin(shapes::join_set(c, u, n, h));

const ALL: [(&str, Shape); 5] = [
    ("worker tasks", WORKERS),
    ("join_all", JOIN_ALL),
    ("buffer_unordered", BUFFER),
    ("FuturesUnordered", FUTURES),
    ("JoinSet", JOIN_SET),
];

/// The limit of a ping, and how long the slow consumer takes for a result:
/// longer than that, whatever else the machine does.
const TIMEOUT: Duration = Duration::from_millis(500);
const SLOW: Duration = Duration::from_millis(700);
const THREE: usize = 3;

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn run(shape: Shape, urls: &[String], concurrency: usize) -> Vec<Ping> {
    let concurrency = NonZeroUsize::new(concurrency).unwrap();
    let client = Client::new(&Setup::new(concurrency)).unwrap();
    one_thread().block_on(shape(&client, urls, concurrency, Duration::ZERO))
}

/// By a consumer that is slow, of pings that time out; connections are there.
fn run_slowly(shape: Shape, server: &TestServer, count: usize) -> Vec<Ping> {
    let three = NonZeroUsize::new(THREE).unwrap();
    let setup = Setup { timeout: TIMEOUT, ..Setup::new(three) };
    let client = Client::new(&setup).unwrap();
    let gate = vec![server.url("/gate/3"); THREE];
    let runtime = one_thread();
    runtime.block_on(shape(&client, &gate, three, Duration::ZERO));
    server.reset();
    let urls = numbered(server, count, 10);
    runtime.block_on(shape(&client, &urls, three, SLOW))
}

fn numbered(server: &TestServer, count: usize, sleep: u64) -> Vec<String> {
    (0..count)
        .map(|seq| server.url(&format!("/200?seq={seq}&sleep={sleep}")))
        .collect()
}

fn answered(pings: &[Ping]) -> usize {
    let status = |ping: &&Ping| {
        ping.result.as_ref().is_ok_and(|reply| reply.status == 200)
    };
    pings.iter().filter(status).count()
}

fn lost(pings: &[Ping]) -> usize {
    let late = |ping: &&Ping| matches!(ping.result, Err(PingError::Timeout(_)));
    pings.iter().filter(late).count()
}

#[test]
fn each_shape_does_the_same_work_within_the_same_limit() {
    for (name, shape) in ALL {
        let server = TestServer::start().unwrap();
        let urls = numbered(&server, 50, 2);
        let pings = run(shape, &urls, 7);
        let mut of: Vec<&str> = pings.iter().map(|p| &*p.url).collect();
        of.sort_unstable();
        let mut asked: Vec<&str> = urls.iter().map(|url| &**url).collect();
        asked.sort_unstable();
        assert_eq!(of, asked, "{name}");
        assert_eq!(answered(&pings), 50, "{name}");
        let seen = server.witness();
        assert_eq!((seen.requests, seen.distinct), (50, 50), "{name}");
        assert_eq!(seen.peak_in_flight, 7, "{name}");
        // Nothing opens a gate but as many as it is for.
        let pings = run(shape, &vec![server.url("/gate/7"); 21], 7);
        assert_eq!(answered(&pings), 21, "{name}");
        assert_eq!(answered(&run(shape, &[], 7)), 0, "{name}");
    }
}

#[test]
fn only_join_all_keeps_the_order_of_its_urls() {
    for (name, shape) in ALL {
        let server = TestServer::start().unwrap();
        let mut urls = numbered(&server, 4, 0);
        urls[0] = server.url("/200?seq=0&sleep=300");
        let pings = run(shape, &urls, 4);
        let first = pings.iter().position(|ping| ping.url == urls[0]);
        let expected = if name == "join_all" { 0 } else { 3 };
        assert_eq!(first, Some(expected), "{name}");
    }
}

#[test]
fn a_slow_consumer_loses_nothing_that_others_poll() {
    for (name, shape) in [ALL[0], ALL[1], ALL[4]] {
        let server = TestServer::start().unwrap();
        let pings = run_slowly(shape, &server, 5);
        assert_eq!((answered(&pings), lost(&pings)), (5, 0), "{name}");
        assert_eq!(server.witness().done, 5, "{name}");
    }
}

#[test]
fn a_slow_consumer_loses_what_only_it_polls() {
    for (name, shape) in [ALL[2], ALL[3]] {
        let server = TestServer::start().unwrap();
        let pings = run_slowly(shape, &server, 5);
        assert_eq!(answered(&pings) + lost(&pings), 5, "{name}");
        // Those that were in flight with the first one that came back.
        assert!(lost(&pings) >= THREE - 1, "{name}: {pings:?}");
        // The server did its part, long before their time was up.
        let done = server.witness().done as usize;
        assert!(done >= answered(&pings) + THREE - 1, "{name}: {done}");
    }
}

/// One that is full holds its workers back: one result is used, two are in the
/// channel, and each of the two workers has one more.
#[test]
fn workers_do_not_run_ahead_of_a_slow_consumer() {
    let server = TestServer::start().unwrap();
    let two = NonZeroUsize::new(2).unwrap();
    let client = Client::new(&Setup::new(two)).unwrap();
    let urls = numbered(&server, 7, 0);
    one_thread().block_on(ping_all(&client, &urls, two, SLOW));
    let seen = server.witness();
    let first = seen.stamps.iter().filter_map(|s| s.sent_ns).min().unwrap();
    let mut came: Vec<u64> =
        seen.stamps.iter().map(|stamp| stamp.received_ns).collect();
    came.sort_unstable();
    let sixth = Duration::from_nanos(came[5] - first);
    assert!(sixth >= SLOW, "the sixth came after {sixth:?}");
}

/// tokio's `timeout` asks the ping first and the clock afterwards, where the
/// client asks the clock first. So nothing is lost, and the times are wrong.
#[test]
fn a_timeout_around_it_loses_nothing_and_lets_times_pass() {
    let server = TestServer::start().unwrap();
    let three = NonZeroUsize::new(THREE).unwrap();
    let client = Client::new(&Setup::new(three)).unwrap();
    let urls = numbered(&server, THREE, 10);
    let mut took = one_thread().block_on(async {
        let mut in_flight = stream::iter(0..urls.len())
            .map(|i| timeout(TIMEOUT, ping(&client, &urls[i])))
            .buffer_unordered(THREE);
        let mut took = Vec::new();
        while let Some(done) = in_flight.next().await {
            sleep(SLOW).await;
            let ping = done.expect("it is in time, says the timeout");
            assert!(ping.result.is_ok(), "{ping}");
            took.push(ping.elapsed);
        }
        took
    });
    took.sort_unstable();
    assert!(took[0] < TIMEOUT, "{took:?}");
    assert!(took[1] >= SLOW, "{took:?}");
}
