//! # Trap: a permit taken in the task
//!
//! **Learners think** that what is limited at the server is limited at home.
//!
//! **Run it.** The server cannot see it: look at the line about tasks.

use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::pin::pin;
use std::process::ExitCode;
use std::sync::Arc;

use lesson_06_async_shapes::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::{Builder, Handle};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

pub(crate) async fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let permits = Arc::new(Semaphore::new(concurrency.get()));
    let mut tasks = JoinSet::new();
    for url in urls {
        let permits = Arc::clone(&permits);
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move {
            let _permit = permits.acquire().await;
            ping(&client, &url).await
        });
    }
    tasks.join_all().await
}

/// What the batch returns, and the most tasks that its runtime had meanwhile.
pub(crate) async fn with_most_tasks(
    batch: impl Future<Output = Vec<Ping>>,
) -> (Vec<Ping>, usize) {
    let metrics = Handle::current().metrics();
    let (mut batch, mut most) = (pin!(batch), 0);
    let pings = poll_fn(|context| {
        let polled = batch.as_mut().poll(context);
        // A batch spawns while it is polled.
        most = most.max(metrics.num_alive_tasks());
        polled
    });
    (pings.await, most)
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let concurrency = NonZeroUsize::new(2).expect("2 is not 0");
        let client = Client::new(&Setup::new(concurrency)).expect("a client");
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let batch = ping_all(&client, urls, concurrency);
        let (pings, most) = runtime.block_on(with_most_tasks(batch));
        eprintln!("the runtime had {most} tasks at once");
        pings
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The server sees two at once, as it should. The runtime has as
// many tasks as there are URLs, and more; a million URLs would be a million.
//
// **Where.** At `let _permit = permits.acquire().await;`: by then the task is
// there, with its copies, and waits in memory.
//
// **Why.** A permit limits what comes after it. Here the ping comes after it,
// and the task came before. Nobody holds back the loop that spawns: it goes
// through the whole list at once, however slow the server is.
//
// **Fix.** Take the permit in the loop, before the spawn, so that the loop waits
// for a place. Or spawn as many tasks as may be in flight, and no more.
//
// **In the lesson.** `workers.spawn` stands in a loop over the places, not over
// the URLs; `shapes::join_set` takes the permit before the spawn.
