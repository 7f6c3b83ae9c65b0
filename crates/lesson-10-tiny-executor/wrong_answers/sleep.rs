//! Wrong answers to it.

use std::cell::RefCell;
use std::future::poll_fn;
use std::task::Poll;
use std::time::{Duration, Instant};

use lesson_10_tiny_executor::client::Client;
use lesson_10_tiny_executor::ping;
use ping_core::Ping;

use crate::{client, run};

const PAUSE: Duration = Duration::from_millis(200);

/// Nobody sleeps.
pub(crate) fn no_pause(urls: &[String]) -> Vec<Ping> {
    paused(urls, 4, &async |_| ())
}

/// With fewer tasks there are fewer to hold up.
#[expect(clippy::disallowed_methods, reason = "that is what is wrong")]
pub(crate) fn two_tasks(urls: &[String]) -> Vec<Ping> {
    paused(urls, 2, &async |_| std::thread::sleep(PAUSE))
}

/// Nobody is told to wake it.
pub(crate) fn looks_at_the_clock(urls: &[String]) -> Vec<Ping> {
    paused(urls, 4, &async |_| {
        let end = Instant::now() + PAUSE;
        poll_fn(|_| match Instant::now() < end {
            true => Poll::Pending,
            false => Poll::Ready(()),
        })
        .await;
    })
}

fn paused(
    urls: &[String],
    tasks: usize,
    pause: &impl AsyncFn(&Client),
) -> Vec<Ping> {
    let client = client(tasks);
    let list = RefCell::new(urls.iter());
    let pings = RefCell::new(Vec::new());
    let worker = || async {
        loop {
            let Some(url) = list.borrow_mut().next() else { return };
            pause(&client).await;
            let ping = ping(&client, url).await;
            pings.borrow_mut().push(ping);
        }
    };
    run(&client, (0..tasks).map(|_| worker()));
    pings.take()
}
