//! # Exercise: a timeout out of a sleep
//!
//! Forty pings by two tasks, and the server never answers one of them. The
//! client gives it up after five seconds. Let `timeout` do so after 300 ms, for
//! any future: it has a `sleep`, and whichever of the two is ready first counts.

use std::cell::RefCell;
use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::pin::{Pin, pin};
use std::process::ExitCode;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use lesson_10_tiny_executor::client::Client;
use lesson_10_tiny_executor::ping;
use lesson_10_tiny_executor::s3_reactor::Place;
use ping_core::{Phase, Ping, PingError, Setup};

const TASKS: usize = 2;
const LIMIT: Duration = Duration::from_millis(300);

/// Waits so long. The place is given up with the future, be it ready or not.
async fn sleep(client: &Client, pause: Duration) {
    let place = Place::new(client.reactor());
    place.set_alarm(Instant::now() + pause);
    poll_fn(|context| match place.is_late() {
        true => Poll::Ready(()),
        false => place.wait(context),
    })
    .await;
}

/// What the future gives, or nothing if it is not ready in time.
async fn timeout<T>(
    client: &Client,
    limit: Duration,
    future: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    let over = sleep(client, limit);
    let output = future.await;
    drop(over);
    Some(output)
}

/// A ping, and what it is if its time is up.
async fn ping_in_time(client: &Client, url: &str) -> Ping {
    let start = Instant::now();
    let pinged = timeout(client, LIMIT, pin!(ping(client, url))).await;
    pinged.unwrap_or_else(|| Ping {
        url: url.to_owned(),
        started: start,
        elapsed: start.elapsed(),
        result: Err(PingError::Timeout(Phase::Head)),
        retried: false,
    })
}

fn ping_all(urls: &[String]) -> Vec<Ping> {
    let two = NonZeroUsize::new(TASKS).expect("2 is not 0");
    let client = Client::new(&Setup::new(two)).expect("a client");
    let list = RefCell::new(urls.iter());
    let pings = RefCell::new(Vec::new());
    let worker = || async {
        loop {
            let Some(url) = list.borrow_mut().next() else { return };
            let ping = ping_in_time(&client, url).await;
            pings.borrow_mut().push(ping);
        }
    };
    let mut tasks: Vec<_> =
        (0..TASKS).map(|_| Some(Box::pin(worker()))).collect();
    let wakers = client.reactor().wakers(TASKS);
    let mut left = TASKS;
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
    witnessed::perform(&witnessed::twelve(), ping_all)
}
