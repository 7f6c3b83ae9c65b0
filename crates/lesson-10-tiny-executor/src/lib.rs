//! # Lesson 10: tiny executor
//!
//! **Idea.** `.await` compiles to lesson 9's enum: whoever polls a future takes
//! it as far as it can go without waiting. A *waker* says which one to poll
//! next, and that is all there is to a runtime: a queue of those that can go
//! on, and somebody who asks the kernel while it is empty.
//!
//! | | |
//! | --- | --- |
//! | New here | `Future::poll`, `Waker`, and an executor whose rest is the kernel's queue |
//! | From the lesson before | the table of states: each is now a future that the compiler wrote |
//! | In flight at once | `concurrency`, the number of tasks |
//! | Best when | one wants to know what a runtime does, or may have none |
//! | Costs | one thread, no https, and all that a runtime brings along |
//!
//! Three steps: [`s1_block_on`] has one future and a thread that sleeps,
//! [`s2_run_queue`] many and a queue of those that were woken, and in
//! [`s3_reactor`] the thread sleeps in the kernel's queue instead, which wakes
//! whoever can go on.
//!
//! **The core** is [`ping_all`]: its tasks, and the loop that runs them.
//! [`ping`] is lesson 5's, on a [`stream`] and a [`client`] of our own.
//!
//! # Why not the previous way?
//!
//! An enum by hand cannot hold a borrow of itself, and every wait cuts the code
//! in two. The compiler's can, and so it may not be moved any more once it has
//! been polled: that is what `Pin` is for.
//!
//! ```compile_fail,E0277
//! async fn first(bytes: Vec<u8>) -> u8 {
//!     let head = &bytes[..4];
//!     std::future::ready(()).await;
//!     head[0]
//! }
//! let mut state = first(vec![1; 8]);
//! let pinned = std::pin::Pin::new(&mut state);
//! ```
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 10    # predict, run, read, explain, break
//! cargo run --example lesson-10        # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! Lesson 5 or 6. tokio with `new_current_thread` is this, and well tested.

pub mod alarms;
pub mod client;
pub mod hosts;
pub mod s1_block_on;
pub mod s2_run_queue;
pub mod s3_reactor;
pub mod stream;

use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::task::Context;

use client::Client;
use ping_by_hand::{Answer, Request};
use ping_core::{Ping, PingError, Reply, Started};

/// Pings every URL on this thread, in `concurrency` tasks. Results come as they
/// are done.
///
/// # Panics
///
/// If the system refuses to wait, which it has no reason to.
pub fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    client.look_around();
    let count = concurrency.get().min(urls.len());
    let pings = RefCell::new(Vec::with_capacity(urls.len()));
    let urls = RefCell::new(urls.iter());
    // ANCHOR: core
    let worker = || async {
        loop {
            // Not in the loop's head: that would keep the list borrowed until
            // the ping is done, and the next worker needs it before.
            let Some(url) = urls.borrow_mut().next() else { return };
            let ping = ping(client, url).await;
            pings.borrow_mut().push(ping);
        }
    };
    // They borrow what is above. A task of lesson 5 must own all it needs, for
    // it may go on when this function is over. These cannot.
    let mut tasks: Vec<_> =
        (0..count).map(|_| Some(Box::pin(worker()))).collect();
    let wakers = client.reactor().wakers(count);
    let mut left = count;
    while left > 0 {
        // The only line that waits. It names a task that was woken: to poll all
        // of them each time would do the same, at `count` times the cost.
        let number = client.reactor().next();
        let Some(task) = &mut tasks[number] else { continue };
        // With this the task says, wherever it has to wait, whom to wake.
        let mut context = Context::from_waker(&wakers[number]);
        if task.as_mut().poll(&mut context).is_ready() {
            tasks[number] = None;
            left -= 1;
        }
    }
    drop(tasks);
    // ANCHOR_END: core
    pings.into_inner()
}

/// Sends one GET to `url` and reads the answer to its end, as in lesson 5.
pub async fn ping(client: &Client, url: &str) -> Ping {
    match client.watch().start(url) {
        Ok(started) => {
            let got = get(client, url, &started).await;
            started.finish(got)
        }
        Err(cancelled) => cancelled,
    }
}

async fn get(
    client: &Client,
    url: &str,
    started: &Started<'_>,
) -> Result<Reply, PingError> {
    let request = Request::of(url)?;
    let mut stream = client.connect(&request, started.at()).await?;
    stream.write_all(&request.bytes()).await?;
    let mut answer = Answer::default();
    loop {
        // Where nothing has come yet, this is where the ping is left.
        if let Some(whole) = stream.read(&mut answer).await? {
            return Ok(client.give_back(stream, whole));
        }
    }
}
