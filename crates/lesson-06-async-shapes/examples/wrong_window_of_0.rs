//! # Trap: a window of 0
//!
//! **Learners think** that a limit of 0 is an error, or no limit.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use futures_util::stream::{self, StreamExt};
use lesson_06_async_shapes::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

pub(crate) async fn ping_all(
    client: &Client,
    urls: &[String],
    workers: usize,
) -> Vec<Ping> {
    // A share of the places for each of eight machines.
    let share = workers / 8;
    stream::iter(0..urls.len())
        .map(|i| ping(client, &urls[i]))
        .buffered(share)
        .collect()
        .await
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let client = Client::new(&Setup::new(NonZeroUsize::MIN));
        let client = client.expect("a client");
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(ping_all(&client, urls, 6))
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** It hangs, without an error and without using the processor; the
// server sees no request.
//
// **Where.** At `.buffered(share)`: six places for eight machines are 0 for
// each, by a division that rounds down.
//
// **Why.** The window takes a future in when it has room, and it never has. It
// is not done either, since there are URLs left. So `next` says that it waits,
// and nobody is there who could wake it. Nothing in the types forbids the 0.
//
// **Fix.** Say in the type that there is at least one: `NonZeroUsize`. Where a
// number is computed, take `.max(1)` of it, or refuse it with an error.
//
// **In the lesson.** `concurrency: NonZeroUsize`, in every lesson.
