use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Runs `work` on a thread of its own and waits this long for it; `None` if it
/// has not come to an end by then. It is then left behind: a thread cannot be
/// stopped from outside, only the process ends it.
///
/// # Panics
///
/// If `work` does, with what it panicked with.
pub fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (done_tx, done_rx) = mpsc::channel();
    let worker = thread::spawn(move || {
        // Nobody listens any more if the limit is over.
        let _ = done_tx.send(work());
    });
    match done_rx.recv_timeout(limit) {
        Ok(done) => Some(done),
        Err(mpsc::RecvTimeoutError::Timeout) => None,
        // The sender is gone without a word: it was dropped by a panic.
        Err(mpsc::RecvTimeoutError::Disconnected) => match worker.join() {
            Ok(()) => None,
            Err(panic) => std::panic::resume_unwind(panic),
        },
    }
}
