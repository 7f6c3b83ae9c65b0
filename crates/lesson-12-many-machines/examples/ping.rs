//! Lesson 12 alone: pings the URLs given, or the book's list on a server of
//! its own, over a `nats-server` of its own.
//!
//! ```sh
//! cargo run --example lesson-12
//! cargo run --example lesson-12 -- http://127.0.0.1:8080/200
//! ```
#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use std::env;
use std::error::Error;
use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_12_many_machines::ping_all;
use local_nats::find;
use ping_async::Client;
use ping_core::Setup;
use ping_queue::{Asked, Servers, Terms};
use test_server::TestServer;

fn main() -> Result<(), Box<dyn Error>> {
    if find().is_none() {
        let said = "no nats-server here (Debian: apt install nats-server)";
        return Err(said.into());
    }
    let nats = local_nats::TestServer::start();
    let server = TestServer::start()?;
    let mut urls: Vec<String> = env::args().skip(1).collect();
    let own = !urls.is_empty();
    if !own {
        let book = [200, 400, 404, 408, 500, 524];
        urls.extend(book.map(|code| server.url(&format!("/{code}?sleep=137"))));
    }

    let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
    let setup = Setup::new(concurrency);
    let client = Client::new(&setup)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let batch = runtime.spawn(async move {
        let servers = Servers { urls: vec![nats.url()], ..Servers::default() };
        let asked = Asked {
            concurrency,
            ack_wait: Duration::from_secs(15),
            replicas: NonZeroUsize::MIN,
        };
        let terms = Terms::new(&urls, setup.timeout);
        let queue = servers.connect().await?;
        let batch = queue.open(&"book".parse()?, &terms, asked).await?;
        let pings = ping_all(&client, &batch, &urls, concurrency).await;
        Ok::<_, ping_queue::QueueError>(pings)
    });
    let pings = runtime.block_on(batch)??;

    for ping in &pings {
        println!("{ping}");
    }
    if !own {
        let witness = server.witness();
        println!(
            "the server saw {} requests, at most {} at once",
            witness.requests, witness.peak_in_flight
        );
    }
    Ok(())
}
