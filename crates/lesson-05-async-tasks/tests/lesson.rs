//! What lesson 5 is about: many waits on few threads, and permits that say how
//! many.

use std::num::NonZeroUsize;

use lesson_05_async_tasks::ping_all;
use ping_async::Client;
use ping_core::{Ping, Setup};
use test_server::TestServer;
use tokio::runtime::{Builder, Runtime};

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn ping(runtime: &Runtime, urls: &[String], concurrency: usize) -> Vec<Ping> {
    let concurrency = NonZeroUsize::new(concurrency).unwrap();
    let client = Client::new(&Setup::new(concurrency)).unwrap();
    runtime.block_on(ping_all(&client, urls, concurrency))
}

#[test]
fn one_thread_has_a_hundred_in_flight() {
    let server = TestServer::start().unwrap();
    let urls = vec![server.url("/gate/100"); 100];
    let pings = ping(&one_thread(), &urls, 100);
    assert!(pings.iter().all(|p| p.result.as_ref().unwrap().status == 200));
    assert_eq!(server.witness().peak_in_flight, 100);
}

#[test]
fn no_more_are_in_flight_than_there_are_permits() {
    let server = TestServer::start().unwrap();
    let urls: Vec<String> = (0..50)
        .map(|seq| server.url(&format!("/200?seq={seq}&sleep=2")))
        .collect();
    assert_eq!(ping(&one_thread(), &urls, 7).len(), 50);
    assert_eq!(server.witness().peak_in_flight, 7);
}

#[test]
fn a_dropped_batch_takes_its_tasks_along() {
    let server = TestServer::start().unwrap();
    let runtime = one_thread();
    let urls = vec![server.url("/200?sleep=20000"); 3];
    let three = NonZeroUsize::new(3).unwrap();
    let client = Client::new(&Setup::new(three)).unwrap();
    runtime.block_on(async {
        // Poll the batch until the server has all three, then drop it.
        let batch = ping_all(&client, &urls, three);
        let all_there = async {
            while server.witness().in_flight < 3 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            _ = batch => panic!("a wait of 20 s came to an end"),
            () = all_there => {}
        }
    });
    drop(runtime);
    // Three closed connections are noticed long before the last of these.
    for _ in 0..10_000 {
        if server.witness().in_flight == 0 {
            break;
        }
    }
    assert_eq!(server.witness().aborted, 3);
}
