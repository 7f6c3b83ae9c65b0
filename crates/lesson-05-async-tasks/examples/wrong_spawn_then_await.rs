//! # Trap: spawned and awaited at once
//!
//! **Learners think** that spawned tasks overlap, wherever they are awaited.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use lesson_05_async_tasks::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

pub(crate) async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let mut pings = Vec::with_capacity(urls.len());
    for url in urls {
        let (client, url) = (client.clone(), url.clone());
        let task = tokio::spawn(async move { ping(&client, &url).await });
        pings.push(task.await.expect("a ping never panics"));
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
// **Symptom.** Every ping is a task of its own, and the server never sees more
// than 1 at once.
//
// **Where.** At `pings.push(task.await.expect("a ping never panics"));`: it
// waits for this task before the next is spawned.
//
// **Why.** To await a handle is to wait for the task's end, as `join` is for a
// thread. In the loop that spawns, there is never a second task. It is the trap
// of lesson 2, `wrong_join_in_loop`, in other clothes.
//
// **Fix.** Keep the handles and await them in a second loop, or give the tasks
// to a `JoinSet`.
//
// **In the lesson.** The `JoinSet` in the core: it is awaited after the loop.
