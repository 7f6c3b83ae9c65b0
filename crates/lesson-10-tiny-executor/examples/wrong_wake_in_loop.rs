//! # Trap: waking oneself in a loop
//!
//! **Learners think** that who cannot go on yet asks to be polled again.
//!
//! **Run it.** It shows with more pings than permits; without URLs it has twelve
//! of its own. Watch a processor meanwhile.

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
    poll_fn(|context| match free.get() {
        0 => {
            context.waker().wake_by_ref();
            Poll::Pending
        }
        some => {
            free.set(some - 1);
            Poll::Ready(())
        }
    })
    .await;
}

/// The pings, and how many times a task was polled for them.
pub(crate) fn ping_all(
    urls: &[String],
    concurrency: NonZeroUsize,
) -> (Vec<Ping>, u64) {
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
    (pings.take(), client.reactor().polls())
}

#[allow(clippy::print_stderr, reason = "it shows nowhere else")]
fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let six = NonZeroUsize::new(6).expect("6 is not 0");
        let (pings, polls) = ping_all(urls, six);
        eprintln!("{polls} polls of tasks for {} pings", pings.len());
        pings
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** All answers are right and in time, the waterfall is that of the
// right program, and a processor is busy for as long as it takes: tasks are
// polled many thousand times for twelve pings.
//
// **Where.** At `context.waker().wake_by_ref();`: the task is in the queue again
// before its poll is over.
//
// **Why.** A waker says "I can go on now", and this one cannot. The queue is
// never empty, so the thread never sleeps. Nothing is wrong but the bill.
//
// **Fix.** Give the waker to whoever gives the permit back.
//
// **In the lesson.** `read` in `stream.rs` wakes itself in one case only: there
// was more to read, and others are to have their turn first.
