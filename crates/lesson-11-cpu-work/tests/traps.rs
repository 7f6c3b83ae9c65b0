//! The traps of lesson 11 still go wrong, and what is right does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]

#[path = "../examples/wrong_false_sharing.rs"]
mod wrong_false_sharing;
#[path = "../examples/wrong_join_all_of_hashes.rs"]
mod wrong_join_all_of_hashes;
#[path = "../examples/wrong_pool_of_64.rs"]
mod wrong_pool_of_64;
#[path = "../examples/wrong_stopped_heartbeat.rs"]
mod wrong_stopped_heartbeat;

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use lesson_11_cpu_work::ping;
use lesson_11_cpu_work::work::hashed;
use ping_async::Client;
use ping_core::{Agent, Ping, Setup};
use test_server::TestServer;
use tokio::runtime::Builder;
use wrong_false_sharing::{Apart, count, counters, lines};

const CURED: &str = "the trap is cured: rewrite it, and the lesson";
const FOUR: NonZeroUsize = NonZeroUsize::new(4).unwrap();

fn urls(server: &TestServer, count: usize) -> Vec<String> {
    (0..count).map(|seq| server.url(&format!("/200?seq={seq}"))).collect()
}

/// Where those that compute meet.
#[derive(Default)]
struct Meeting {
    /// How many are computing, and the most that ever were.
    there: Mutex<(usize, usize)>,
    another: Condvar,
}

impl Meeting {
    /// Computes until another one does, too; for so long at most.
    fn compute(&self, ping: Ping, patience: Duration) -> Ping {
        let mut there = self.there.lock().unwrap();
        there.0 += 1;
        there.1 = there.1.max(there.0);
        self.another.notify_all();
        let alone = |there: &mut (usize, usize)| there.1 < 2;
        let waited = self.another.wait_timeout_while(there, patience, alone);
        waited.unwrap().0.0 -= 1;
        hashed(ping, 1000)
    }

    fn most(&self) -> usize {
        self.there.lock().unwrap().1
    }
}

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(20);

#[test]
fn join_all_computes_one_at_a_time() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, 8);
    let meeting = Arc::new(Meeting::default());
    let met = Arc::clone(&meeting);
    let compute = move |ping| met.compute(ping, SHORT);
    let pings = wrong_join_all_of_hashes::ping_all(&urls, FOUR, compute);
    assert_eq!(pings.len(), 8);
    assert_eq!(meeting.most(), 1, "{CURED}");

    // As the lesson does it, with something else to compute.
    let meeting = Meeting::default();
    let agent = Agent::new(&Setup::new(FOUR)).unwrap();
    let fetch = |url: &String| ping_core::ping(&agent, url);
    let fetched: Vec<Ping> = urls.iter().map(fetch).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build();
    pool.unwrap().scope(|pool| {
        for ping in fetched {
            let meeting = &meeting;
            pool.spawn(move |_| drop(meeting.compute(ping, LONG)));
        }
    });
    assert!(meeting.most() >= 2, "{}", meeting.most());
}

#[test]
fn counters_side_by_side_lie_in_one_line() {
    let beside = counters::<AtomicU64>(8);
    // Eight are as long as a line, and may begin in the middle of one.
    assert!(lines(&beside) <= 2, "{}: {CURED}", lines(&beside));
    let apart = counters::<Apart>(8);
    assert_eq!(lines(&apart), 8);
    // Which is why nobody notices: the numbers are right.
    count(&beside, 1000);
    count(&apart, 1000);
    let right = |counter: &AtomicU64| counter.load(Ordering::SeqCst) == 1000;
    assert!(beside.iter().all(right));
    assert!(
        apart.iter().all(|c| right(wrong_false_sharing::Counter::counter(c)))
    );
    // The lesson hands over what each thread has done.
    let server = TestServer::start().unwrap();
    let pings = wrong_false_sharing::ping_all(&urls(&server, 12), FOUR);
    assert_eq!((pings.len(), server.witness().distinct), (12, 12));
}

#[test]
fn many_threads_begin_everything_and_end_nothing() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, 64);
    let threads = wrong_pool_of_64::THREADS;
    let (pings, begun) = wrong_pool_of_64::ping_all(&urls, threads);
    assert_eq!(pings.len(), 64);
    assert!(begun > 2, "{begun}: {CURED}");
    let (pings, begun) = wrong_pool_of_64::ping_all(&urls, 2);
    assert_eq!(pings.len(), 64);
    assert!(begun <= 2, "{begun}");
}

#[test]
fn the_heart_stops_while_its_thread_computes() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, 4);
    let compute = |ping, _: &AtomicU64| hashed(ping, 400_000);
    let (pings, beats) = wrong_stopped_heartbeat::ping_all(&urls, compute);
    assert_eq!((pings.len(), beats), (4, 0), "{CURED}");

    // On another thread, which goes on until the heart has beaten.
    let client = Client::new(&Setup::new(FOUR)).unwrap();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let pings = runtime.block_on(async {
        let beats = Arc::new(AtomicU64::new(0));
        let heart = Arc::clone(&beats);
        tokio::spawn(async move {
            loop {
                heart.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(wrong_stopped_heartbeat::BEAT).await;
            }
        });
        let mut pings = Vec::new();
        for url in &urls {
            let mut ping = ping(&client, url).await;
            let beats = Arc::clone(&beats);
            let computed = tokio::task::spawn_blocking(move || {
                let before = beats.load(Ordering::SeqCst);
                // Until it has beaten: not at all, and this would never end.
                while beats.load(Ordering::SeqCst) < before + 2 {
                    ping = hashed(ping, 1000);
                }
                ping
            });
            pings.push(computed.await.unwrap());
        }
        pings
    });
    assert_eq!(pings.len(), 4);
}
