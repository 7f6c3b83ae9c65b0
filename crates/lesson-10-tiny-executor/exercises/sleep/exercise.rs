//! # Exercise: sleep
//!
//! Twelve pings by four tasks, and each task is to pause for 200 ms before each
//! of its pings. But here the whole thread pauses, and with it all other tasks.
//! Let only the one task sleep: then four pings are in flight at once, and still
//! nobody comes before his pause is over.

use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::task::Context;
use std::thread;
use std::time::Duration;

use lesson_10_tiny_executor::client::Client;
use lesson_10_tiny_executor::ping;
use ping_core::{Ping, Setup};

const TASKS: usize = 4;
const PAUSE: Duration = Duration::from_millis(200);

/// Waits so long.
#[expect(clippy::disallowed_methods, reason = "to be cured")]
async fn sleep(_client: &Client, pause: Duration) {
    thread::sleep(pause);
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
