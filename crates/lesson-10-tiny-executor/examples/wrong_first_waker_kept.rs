//! # Trap: the first waker is kept
//!
//! **Learners think** that a future is polled by the same task all its life.
//!
//! **Run it.** It shows with more pings than permits; without URLs it has twelve
//! of its own.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::task::{Context, Poll, Waker};

use lesson_10_tiny_executor::client::Client;
use lesson_10_tiny_executor::ping;
use ping_core::{Ping, Setup};

/// How many permits are free, and who waits for one.
struct Permits {
    free: Cell<usize>,
    waiting: RefCell<VecDeque<Waker>>,
}

impl Permits {
    async fn take(&self) {
        let mut asked = false;
        poll_fn(|context| {
            if self.free.get() > 0 {
                self.free.set(self.free.get() - 1);
                return Poll::Ready(());
            }
            if !asked {
                let waker = context.waker().clone();
                self.waiting.borrow_mut().push_back(waker);
                asked = true;
            }
            Poll::Pending
        })
        .await;
    }

    fn give_back(&self) {
        self.free.set(self.free.get() + 1);
        if let Some(waker) = self.waiting.borrow_mut().pop_front() {
            waker.wake();
        }
    }
}

pub(crate) fn ping_all(
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let client = Client::new(&Setup::new(concurrency)).expect("a client");
    let (client, pings) = (&client, &RefCell::new(Vec::new()));
    let (free, waiting) = (Cell::new(concurrency.get()), RefCell::default());
    let permits = &Permits { free, waiting };
    let task = |url| async move {
        permits.take().await;
        let ping = ping(client, url).await;
        pings.borrow_mut().push(ping);
        permits.give_back();
    };
    let mut tasks: Vec<_> =
        urls.iter().map(|url| Some(Box::pin(task(url)))).collect();
    // All begin now, and ask for their permit in the order of the list.
    let mut nobody = Context::from_waker(Waker::noop());
    for task in tasks.iter_mut().flatten() {
        let _ = task.as_mut().poll(&mut nobody);
    }
    // From here on each is a task, and polled with a waker of its own at once.
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
// nothing happens any more.
//
// **Where.** At `if !asked {`: the waker of the first poll is woken, and that is
// nobody's any more.
//
// **Why.** A future may be polled by one task and later by another: it is moved
// into a list, or a `select` has it for a while. Only the waker of the last poll
// counts. The streams were begun by nobody, too; they go on, for each of their
// polls leaves the new one.
//
// **Fix.** Keep a place in the list, and at each poll put the waker into it that
// was given with it.
//
// **In the lesson.** `wait` in `s3_reactor.rs` replaces the waker each time.
