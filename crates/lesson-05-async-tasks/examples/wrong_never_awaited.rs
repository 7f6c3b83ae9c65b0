//! # Trap: called and never awaited
//!
//! **Learners think** that an `async fn` starts when it is called.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Mutex;

use lesson_05_async_tasks::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

pub(crate) async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let pings = Mutex::new(Vec::with_capacity(urls.len()));
    let mut called = Vec::with_capacity(urls.len());
    for url in urls {
        called.push(ping_into(&pings, client, url));
    }
    drop(called);
    pings.into_inner().expect("no poison")
}

async fn ping_into(pings: &Mutex<Vec<Ping>>, client: &Client, url: &str) {
    let ping = ping(client, url).await;
    pings.lock().expect("no poison").push(ping);
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
// **Symptom.** The program ends well and at once, without a result; the server
// sees no request at all.
//
// **Where.** At `called.push(ping_into(&pings, client, url));`: the call makes
// a future, and nobody polls it.
//
// **Why.** The call makes a future: a value that knows what to do and has done
// nothing yet. It runs while somebody polls it, by `.await` or as a task of a
// runtime. Dropped before that, it does nothing at all. (In JavaScript a call
// does start the work.)
//
// **Fix.** Await it, or spawn it and await the handle.
//
// **In the lesson.** `tasks.spawn` in the core starts each, and
// `join_all().await` waits for them.
