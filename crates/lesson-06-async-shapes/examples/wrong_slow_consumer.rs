//! # Trap: a stream and a slow consumer
//!
//! **Learners think** that `buffer_unordered` keeps things moving.
//!
//! **Run it.** Without URLs it has twelve, which are answered after 20 ms.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use lesson_06_async_shapes::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

pub(crate) async fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
    handling: Duration,
) -> Vec<Ping> {
    let mut in_flight = stream::iter(0..urls.len())
        .map(|i| ping(client, &urls[i]))
        .buffer_unordered(concurrency.get());
    let mut pings = Vec::with_capacity(urls.len());
    while let Some(ping) = in_flight.next().await {
        tokio::time::sleep(handling).await;
        pings.push(ping);
    }
    pings
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..12).map(|seq| format!("/200?seq={seq}&sleep=20")).collect();
    witnessed::perform(&paths, |urls| {
        let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
        let timeout = Duration::from_millis(200);
        let setup = Setup { timeout, ..Setup::new(concurrency) };
        let client = Client::new(&setup).expect("a client");
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let handling = Duration::from_millis(250);
        runtime.block_on(ping_all(&client, urls, concurrency, handling))
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The server answers all twelve in time; ten of them time out at
// the client.
//
// **Where.** At `tokio::time::sleep(handling).await;`: while this waits, nobody
// polls the stream, and nobody else polls what is in it.
//
// **Why.** The pings in the window belong to the stream, and the stream goes on
// only in `next`. Their answers have come, and lie in the sockets; nobody looks.
// When the loop comes round, the client's clock is the first to be asked, and it
// says that the time is up. No error names the consumer: what you see is a
// server that seems slow.
//
// **Fix.** Give the pings to somebody who always polls: spawn what the window
// holds, or let worker tasks ping and send their results.
//
// **In the lesson.** `workers.spawn` in the core; `ping_rx.recv` is all that the
// consumer polls.
