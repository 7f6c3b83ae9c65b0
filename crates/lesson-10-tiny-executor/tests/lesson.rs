//! What lesson 10 is about: tasks that are polled when they can go on, and not
//! otherwise; and one thread for all of them.

use std::cell::Cell;
use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::rc::Rc;
use std::sync::mpsc;
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use lesson_10_tiny_executor::client::Client;
use lesson_10_tiny_executor::ping_all;
use lesson_10_tiny_executor::s1_block_on::block_on;
use lesson_10_tiny_executor::s2_run_queue::{Task, run_all};
use lesson_10_tiny_executor::s3_reactor::{Place, Reactor};
use ping_core::{Ping, PingError, Setup};
use test_server::TestServer;

fn at_once(concurrency: usize) -> Setup {
    Setup::new(NonZeroUsize::new(concurrency).unwrap())
}

fn is_200(ping: &Ping) -> bool {
    ping.result.as_ref().is_ok_and(|reply| reply.status == 200)
}

/// A thread that wakes whoever is sent to it.
fn waker_of_others() -> mpsc::Sender<Waker> {
    let (wake_tx, wake_rx) = mpsc::channel::<Waker>();
    thread::spawn(move || wake_rx.into_iter().for_each(Waker::wake));
    wake_tx
}

/// Is ready when it is polled so many times; each time it waits to be woken by
/// that thread.
async fn ready_after(
    polls: &Cell<usize>,
    many: usize,
    by: &mpsc::Sender<Waker>,
) {
    poll_fn(|context| {
        polls.set(polls.get() + 1);
        if polls.get() >= many {
            return Poll::Ready(());
        }
        by.send(context.waker().clone()).unwrap();
        Poll::Pending
    })
    .await;
}

#[test]
fn a_thread_that_sleeps_is_woken_for_each_poll() {
    let (polls, by) = (Cell::new(0), waker_of_others());
    block_on(ready_after(&polls, 1000, &by));
    assert_eq!(polls.get(), 1000);
}

#[test]
fn the_run_queue_polls_those_that_were_woken_and_nobody_else() {
    let by = waker_of_others();
    let polls: Vec<Cell<usize>> = vec![Cell::new(0); 20];
    let tasks: Vec<Task<'_>> = polls
        .iter()
        .zip(1..)
        .map(|(polls, many)| -> Task<'_> {
            Box::pin(ready_after(polls, many, &by))
        })
        .collect();
    run_all(tasks);
    let polls: Vec<usize> = polls.iter().map(Cell::get).collect();
    assert_eq!(polls, (1..=20).collect::<Vec<_>>());
}

#[test]
fn who_is_woken_twice_is_polled_once() {
    let polls = Cell::new(0);
    let wakes_itself_thrice: Task<'_> = Box::pin(poll_fn(|context| {
        polls.set(polls.get() + 1);
        if polls.get() == 2 {
            return Poll::Ready(());
        }
        (0..3).for_each(|_| context.waker().wake_by_ref());
        Poll::Pending
    }));
    // Is asked again for as long as there is anything in the queue.
    let others = Cell::new(0);
    let other: Task<'_> = Box::pin(poll_fn(|context| {
        others.set(others.get() + 1);
        context.waker().wake_by_ref();
        if others.get() == 10 { Poll::Ready(()) } else { Poll::Pending }
    }));
    run_all(vec![wakes_itself_thrice, other]);
    assert_eq!((polls.get(), others.get()), (2, 10));
}

#[test]
fn a_warm_ping_is_one_poll_and_a_new_connection_two_more() {
    let server = TestServer::start().unwrap();
    let setup = at_once(8);
    let client = Client::new(&setup).unwrap();
    let urls = vec![server.url("/200"); 400];
    let mut before = 0;
    // A task begins with a poll, and has another one for its dial.
    for (most, dials) in [(2 * 8 + 400, 8), (400 + 8, 8)] {
        let pings = ping_all(&client, &urls, setup.concurrency);
        assert!(pings.iter().all(is_200));
        let polls = client.reactor().polls() - before;
        // A machine that is busy may tell of an answer in two events.
        let most = most + most / 10;
        assert!((400..=most).contains(&polls), "{polls} of {most}");
        assert_eq!(server.witness().connections, dials);
        before = client.reactor().polls();
    }
    // All of them were woken on the thread that polled them.
    assert_eq!(client.reactor().bells(), 0);
}

#[test]
fn one_thread_has_a_thousand_in_flight_and_no_more() {
    let server = TestServer::start().unwrap();
    let setup = at_once(1000);
    let client = Client::new(&setup).unwrap();
    let urls = vec![server.url("/gate/1000"); 2000];
    let pings = ping_all(&client, &urls, setup.concurrency);
    assert_eq!(pings.len(), 2000);
    assert!(pings.iter().all(is_200));
    let seen = server.witness();
    assert_eq!((seen.peak_in_flight, seen.connections), (1000, 1000));
}

#[test]
fn whose_time_is_up_is_given_up_and_nobody_else() {
    let server = TestServer::start().unwrap();
    let hangs = server.url("/200?fault=hang");
    let mut urls = vec![server.url("/200"); 300];
    urls[0].clone_from(&hangs);
    let timeout = Duration::from_millis(300);
    let setup = Setup { timeout, ..at_once(2) };
    let pings =
        ping_all(&Client::new(&setup).unwrap(), &urls, setup.concurrency);
    for ping in &pings {
        match ping.url == hangs {
            true => {
                let timeouts =
                    matches!(ping.result, Err(PingError::Timeout(_)));
                assert!(timeouts && ping.elapsed >= timeout, "{ping}");
            }
            false => assert!(is_200(ping), "{ping}"),
        }
    }
    let seen = server.witness();
    assert_eq!((seen.requests, seen.done, seen.connections), (300, 299, 2));
}

#[test]
fn a_thread_wakes_an_executor_that_sleeps_in_the_kernel() {
    let reactor = Rc::new(Reactor::new().unwrap());
    let by = waker_of_others();
    let place = Place::new(&reactor);
    place.set_alarm(Instant::now() + Duration::from_secs(60));
    let wakers = reactor.wakers(1);
    assert_eq!(reactor.next(), 0);
    // Nothing else would end its sleep within a minute.
    let start = Instant::now();
    for _ in 0..1000 {
        by.send(wakers[0].clone()).unwrap();
        assert_eq!(reactor.next(), 0);
    }
    assert!(start.elapsed() < Duration::from_secs(60));
    assert_eq!(reactor.polls(), 1001);
    assert!(reactor.bells() <= 1000);
}
