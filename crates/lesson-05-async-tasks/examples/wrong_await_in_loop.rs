//! # Trap: awaited in the loop
//!
//! **Learners think** that `async` makes a loop run all at once.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use lesson_05_async_tasks::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

pub(crate) async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let mut pings = Vec::with_capacity(urls.len());
    for url in urls {
        pings.push(ping(client, url).await);
    }
    pings
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let client = Client::new(&Setup::new(NonZeroUsize::MIN));
        let (client, urls) = (client.expect("a client"), urls.to_vec());
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let batch =
            runtime.spawn(async move { ping_all(&client, &urls).await });
        runtime.block_on(batch).expect("a batch never panics")
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Every answer is right, and the server never sees more than 1 at
// once.
//
// **Where.** At `pings.push(ping(client, url).await);`: the next URL has to
// wait for this answer.
//
// **Why.** `.await` gives the thread away until the answer is there, and goes
// on with the next line only then. Others may use the thread meanwhile, but
// this loop has given them nothing to do: it is lesson 1, without the blocking.
//
// **Fix.** Make a task of each ping, and await them when all are spawned.
//
// **In the lesson.** `tasks.spawn` in the core, and `join_all` after the loop.
