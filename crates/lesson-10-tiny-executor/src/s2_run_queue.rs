//! Step 2: many futures, and a queue of those that were woken.
//!
//! A waker now says *which* future can go on. But somebody has to call it: here
//! that can only be another thread, since this one sleeps.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Wake, Waker};
use std::thread::{self, Thread};

/// A future that nobody asks for a result.
pub type Task<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Polls those that were woken, until all are ready. Each is polled once to
/// begin with, since nothing happens before that.
pub fn run_all(tasks: Vec<Task<'_>>) {
    // ANCHOR: s2
    let queue = Arc::new(Queue::default());
    let mut left = tasks.len();
    let mut tasks: Vec<_> = tasks.into_iter().map(Some).collect();
    let name = |number| Name {
        number,
        queued: AtomicBool::new(false),
        queue: Arc::clone(&queue),
        thread: thread::current(),
    };
    let names: Vec<_> =
        (0..left).map(|number| Arc::new(name(number))).collect();
    for name in &names {
        Arc::clone(name).wake();
    }
    while left > 0 {
        let Some(number) = queue.pop() else {
            thread::park();
            continue;
        };
        // Before the poll: what happens during it is another reason to poll.
        names[number].queued.store(false, SeqCst);
        let Some(task) = &mut tasks[number] else { continue };
        let waker = Waker::from(Arc::clone(&names[number]));
        let mut context = Context::from_waker(&waker);
        if task.as_mut().poll(&mut context).is_ready() {
            tasks[number] = None;
            left -= 1;
        }
    }
    // ANCHOR_END: s2
}

/// The numbers of those that were woken, in that order.
#[derive(Default)]
struct Queue(Mutex<VecDeque<usize>>);

impl Queue {
    fn pop(&self) -> Option<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    fn push(&self, number: usize) {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queue.push_back(number);
    }
}

/// What a waker is: the number of a task, and where to say it.
struct Name {
    number: usize,
    queued: AtomicBool,
    queue: Arc<Queue>,
    thread: Thread,
}

impl Wake for Name {
    fn wake(self: Arc<Self>) {
        // One that is queued already is polled anyway. Twice in the queue, it
        // would be polled a second time for nothing.
        if !self.queued.swap(true, SeqCst) {
            self.queue.push(self.number);
            self.thread.unpark();
        }
    }
}
