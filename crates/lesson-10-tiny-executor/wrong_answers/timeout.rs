//! Wrong answers to it.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use lesson_10_tiny_executor::client::Client;
use lesson_10_tiny_executor::ping;
use lesson_10_tiny_executor::s3_reactor::Place;
use ping_core::{Phase, Ping, PingError};

use crate::{client, run};

const TASKS: usize = 2;
const LIMIT: Duration = Duration::from_millis(300);

/// It looks at the clock when the ping is over.
pub(crate) fn afterwards(urls: &[String]) -> Vec<Ping> {
    limited(urls, &async |client, url, _| {
        let ping = ping(client, url).await;
        if ping.elapsed > LIMIT { late(url) } else { ping }
    })
}

/// 300 ms for all of them together.
pub(crate) fn of_the_batch(urls: &[String]) -> Vec<Ping> {
    limited(urls, &async |client, url, start| {
        until(client, url, start + LIMIT).await
    })
}

async fn until(client: &Client, url: &str, end: Instant) -> Ping {
    let place = Place::new(client.reactor());
    place.set_alarm(end);
    let mut ping = pin!(ping(client, url));
    let pinged = poll_fn(|context| {
        if place.is_late() || Instant::now() >= end {
            return Poll::Ready(None);
        }
        let _: Poll<()> = place.wait(context);
        ping.as_mut().poll(context).map(Some)
    });
    pinged.await.unwrap_or_else(|| late(url))
}

fn late(url: &str) -> Ping {
    let error = PingError::Timeout(Phase::Head);
    Ping {
        url: url.to_owned(),
        started: Instant::now(),
        elapsed: LIMIT,
        result: Err(error),
        retried: false,
    }
}

fn limited(
    urls: &[String],
    one: &impl AsyncFn(&Client, &str, Instant) -> Ping,
) -> Vec<Ping> {
    let client = client(TASKS);
    let start = Instant::now();
    let list = RefCell::new(urls.iter());
    let pings = RefCell::new(Vec::new());
    let worker = || async {
        loop {
            let Some(url) = list.borrow_mut().next() else { return };
            let ping = one(&client, url, start).await;
            pings.borrow_mut().push(ping);
        }
    };
    run(&client, (0..TASKS).map(|_| worker()));
    pings.take()
}
