//! Lesson 11 alone: pings the URLs given, or the book's list on a server of
//! its own, and computes 50 ms for each.
//!
//! ```sh
//! cargo run --example lesson-11
//! cargo run --example lesson-11 -- http://127.0.0.1:8080/200
//! ```
#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use std::env;
use std::error::Error;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use lesson_11_cpu_work::{ping_all, work};
use ping_async::Client;
use ping_core::Setup;
use rayon::ThreadPoolBuilder;
use test_server::TestServer;

fn main() -> Result<(), Box<dyn Error>> {
    let server = TestServer::start()?;
    let mut urls: Vec<String> = env::args().skip(1).collect();
    let own = !urls.is_empty();
    if !own {
        let book = [200, 400, 404, 408, 500, 524];
        urls.extend(book.map(|code| server.url(&format!("/{code}?sleep=137"))));
    }

    let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
    let client = Client::new(&Setup::new(concurrency))?;
    let hashes = work::hashes_in(Duration::from_millis(50));
    // Two threads that wait, and one for each processor that computes.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let pool = Arc::new(ThreadPoolBuilder::new().build()?);
    let start = Instant::now();
    let batch = runtime.spawn(async move {
        ping_all(&client, &pool, &urls, concurrency, hashes).await
    });
    let pings = runtime.block_on(batch)?;
    let took = start.elapsed();

    for ping in &pings {
        println!("{ping}");
    }
    if !own {
        let witness = server.witness();
        println!(
            "the server saw {} requests, at most {} at once",
            witness.requests, witness.peak_in_flight
        );
        println!(
            "{hashes} hashes for each, by {} processors: {} ms in all",
            available_parallelism()?,
            took.as_millis()
        );
    }
    Ok(())
}
