//! # Trap: sends that were started
//!
//! **Learners think** that to call `send` is free, and only `.await` costs.
//!
//! **Run it.** Without URLs it has twelve, which are answered after 100 ms.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use ping_async::{Client, admit, classify};
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

pub(crate) async fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let sends: Vec<_> = urls
        .iter()
        .map(|url| (client.watch().start(url), client.get(url).send()))
        .collect();
    let window = stream::iter(sends).map(|(started, send)| async move {
        let read = async {
            let sent = send.await;
            let mut response = sent.map_err(|error| classify(&error))?;
            let mut drain = admit(&response)?;
            while let Some(piece) =
                response.chunk().await.map_err(|error| classify(&error))?
            {
                drain.take(&piece)?;
            }
            Ok(drain.finish())
        };
        match started {
            Ok(started) => started.finish(read.await),
            Err(cancelled) => cancelled,
        }
    });
    window.buffer_unordered(concurrency.get()).collect().await
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let concurrency = NonZeroUsize::new(2).expect("2 is not 0");
        let timeout = Duration::from_millis(350);
        let setup = Setup { timeout, ..Setup::new(concurrency) };
        let client = Client::new(&setup).expect("a client");
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(ping_all(&client, urls, concurrency))
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Each ping takes 100 ms and may take 350, and still those that
// come late in the queue time out, the last of them before the server has seen
// anything of them.
//
// **Where.** At `client.get(url).send()`: it is called for all before the first
// of them is polled.
//
// **Why.** A call makes a future, and this one looks at the clock when it is
// made: its time begins in the queue. (That is this client's choice. An
// `async fn` does nothing at all before its first poll.) The window was meant
// for requests, and holds what has been running out since the beginning.
//
// **Fix.** Call it where it is polled, inside an `async` block or function, so
// that its time begins when it is its turn.
//
// **In the lesson.** `get` is an `async fn`, and `send` is called in it.
