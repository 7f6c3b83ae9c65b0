//! Step 1: one future, and a thread that sleeps while it cannot go on.
//!
//! It sleeps for that one future only. A second one would have to wait until
//! the first is done: that is lesson 1 again, with another spelling.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Polls a future until it is ready, and sleeps in between.
pub fn block_on<F: Future>(future: F) -> F::Output {
    // ANCHOR: s1
    // From here on it stays where it is: it may have borrows of itself.
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Sleeper(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        // Whoever wakes it before it sleeps is not lost: the thread then wakes
        // up at once. It may wake up for nothing, too, and then polls in vain.
        thread::park();
    }
    // ANCHOR_END: s1
}

/// The thread that is to be woken.
struct Sleeper(Thread);

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
