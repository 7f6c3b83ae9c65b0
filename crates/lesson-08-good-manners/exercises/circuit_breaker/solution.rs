//! # Solution: a circuit breaker
//!
//! Closed, open, half open: the three states of the pattern are two numbers
//! here. A breaker of the field counts time where this one counts pings, so
//! that it works at any rate; the rest is the same.

use std::process::ExitCode;

use lesson_08_good_manners::ping;
use lesson_08_good_manners::retries::is_transient;
use ping_async::Client;
use ping_core::{Ping, PingError, Setup};
use tokio::runtime::Builder;

/// Failures in a row that open the breaker.
const FAILURES: u32 = 5;
/// Pings that an open breaker leaves out.
const LEFT_OUT: u32 = 10;

async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let mut pings = Vec::new();
    let (mut failed, mut left_out) = (0, 0);
    for url in urls {
        if left_out > 0 {
            left_out -= 1;
            pings.push(Ping::unstarted(url, PingError::Cancelled));
            continue;
        }
        let ping = ping(client, url).await;
        failed = if is_transient(&ping) { failed + 1 } else { 0 };
        // Also when the ping that looked for the server has failed.
        if failed >= FAILURES {
            left_out = LEFT_OUT;
        }
        pings.push(ping);
    }
    pings
}

fn main() -> ExitCode {
    let paths = vec!["/503?sleep=5".to_owned(); 40];
    witnessed::perform(&paths, |urls| {
        let many = urls.len().try_into().expect("there are URLs");
        let client = Client::new(&Setup::new(many)).expect("a client");
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(ping_all(&client, urls))
    })
}
