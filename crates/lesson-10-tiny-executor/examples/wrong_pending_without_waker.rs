//! # Trap: pending without a waker
//!
//! **Learners think** that an executor polls again whoever is not ready.
//!
//! **Run it.** It shows with more pings than permits; without URLs it has twelve
//! of its own.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::task::{Context, Poll};

use lesson_10_tiny_executor::client::Client;
use lesson_10_tiny_executor::ping;
use ping_core::{Ping, Setup};

/// Waits for a permit.
async fn permit(free: &Cell<usize>) {
    poll_fn(|_context| match free.get() {
        0 => Poll::Pending,
        some => {
            free.set(some - 1);
            Poll::Ready(())
        }
    })
    .await;
}

pub(crate) fn ping_all(
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let client = Client::new(&Setup::new(concurrency)).expect("a client");
    let (client, pings) = (&client, &RefCell::new(Vec::new()));
    let free = &Cell::new(concurrency.get());
    let task = |url| async move {
        permit(free).await;
        let ping = ping(client, url).await;
        pings.borrow_mut().push(ping);
        // Gives the place to the next URL.
        free.set(free.get() + 1);
    };
    let mut tasks: Vec<_> =
        urls.iter().map(|url| Some(Box::pin(task(url)))).collect();
    let wakers = client.reactor().wakers(tasks.len());
    let mut left = tasks.len();
    while left > 0 {
        let number = client.reactor().next();
        let Some(task) = &mut tasks[number] else { continue };
        let mut context = Context::from_waker(&wakers[number]);
        if task.as_mut().poll(&mut context).is_ready() {
            tasks[number] = None;
            left -= 1;
        }
    }
    pings.take()
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        ping_all(urls, NonZeroUsize::new(6).expect("6 is not 0"))
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The server sees six of twelve requests and answers them; then
// nothing happens any more, although all permits are free.
//
// **Where.** At `0 => Poll::Pending,`: nobody was told whom to wake.
//
// **Why.** An executor polls whoever was woken, and nobody else. To say
// `Pending` is a promise that somebody will call the waker, and here nobody has
// it.
//
// **Fix.** Put `context.waker().clone()` into a list, and wake one of them where
// a permit is given back.
//
// **In the lesson.** `wait` in `s3_reactor.rs`: each `Pending` of a stream comes
// from there, and there the waker is kept.
