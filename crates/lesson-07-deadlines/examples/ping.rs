//! Lesson 7 alone: pings the URLs given, or the book's list on a server of
//! its own. All is over after half a second: the book's five, ten times as
//! fast.
//!
//! ```sh
//! cargo run --example lesson-07
//! cargo run --example lesson-07 -- http://127.0.0.1:8080/200
//! ```
#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use std::env;
use std::error::Error;
use std::num::NonZeroUsize;

use lesson_07_deadlines::ping_all;
use ping_async::Client;
use ping_core::Setup;
use test_server::TestServer;
use tokio::time::{Duration, Instant};

/// How long the batch may take.
const LIMIT: Duration = Duration::from_millis(500);

fn main() -> Result<(), Box<dyn Error>> {
    let server = TestServer::start()?;
    let mut urls: Vec<String> = env::args().skip(1).collect();
    let own = !urls.is_empty();
    if !own {
        let book = ["/200", "/200?sleep=400", "/200?sleep=2000", "/400"];
        urls.extend(book.map(|path| server.url(path)));
    }

    let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
    let client = Client::new(&Setup::new(concurrency))?;
    // The runtime, in the open: two threads that poll whatever task is ready.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    // Spawned, so that the workers run it; this thread only waits.
    let deadline = Instant::now() + LIMIT;
    let batch = runtime.spawn(async move {
        ping_all(&client, &urls, concurrency, deadline).await
    });
    let pings = runtime.block_on(batch)?;

    for ping in &pings {
        println!("{ping}");
    }
    if !own {
        let witness = server.witness();
        println!(
            "the server saw {} requests, at most {} at once; it answered {}, \
             and {} of its clients had gone",
            witness.requests,
            witness.peak_in_flight,
            witness.done,
            witness.aborted
        );
    }
    Ok(())
}
