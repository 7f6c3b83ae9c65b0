//! Lesson 10 alone: pings the URLs given, or the book's list on a server of
//! its own.
//!
//! ```sh
//! cargo run --example lesson-10
//! cargo run --example lesson-10 -- http://127.0.0.1:8080/200
//! ```
#![allow(clippy::print_stdout, reason = "an example prints what it found")]

use std::env;
use std::error::Error;
use std::num::NonZeroUsize;

use lesson_10_tiny_executor::client::Client;
use lesson_10_tiny_executor::ping_all;
use ping_core::Setup;
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
    let pings = ping_all(&client, &urls, concurrency);

    for ping in &pings {
        println!("{ping}");
    }
    let polls = client.reactor().polls();
    println!("{polls} polls of tasks");
    if !own {
        let witness = server.witness();
        println!(
            "the server saw {} requests, at most {} at once",
            witness.requests, witness.peak_in_flight
        );
    }
    Ok(())
}
