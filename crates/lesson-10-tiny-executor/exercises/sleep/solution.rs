//! # Solution: sleep
//!
//! A place without a socket, and an alarm. The future says `Pending` and leaves
//! its waker there; the thread goes on with the others, and waits in the kernel
//! until the next alarm at the latest.

use std::cell::RefCell;
use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use lesson_10_tiny_executor::client::Client;
use lesson_10_tiny_executor::ping;
use lesson_10_tiny_executor::s3_reactor::Place;
use ping_core::{Ping, Setup};

const TASKS: usize = 4;
const PAUSE: Duration = Duration::from_millis(200);

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

fn ping_all(urls: &[String]) -> Vec<Ping> {
    let four = NonZeroUsize::new(TASKS).expect("4 is not 0");
    let client = Client::new(&Setup::new(four)).expect("a client");
    let list = RefCell::new(urls.iter());
    let pings = RefCell::new(Vec::new());
    let worker = || async {
        loop {
            let Some(url) = list.borrow_mut().next() else { return };
            sleep(&client, PAUSE).await;
            let ping = ping(&client, url).await;
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
