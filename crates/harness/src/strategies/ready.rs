//! What a strategy is when it is ready; and the runtime under every async one.

use std::num::NonZeroUsize;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use ping_core::Ping;

/// The urls of a batch, shared with tasks that may outlive the caller.
pub type Urls = Arc<Vec<String>>;

/// A lesson with its client built and its runtime started: what is left is to
/// ping.
pub type Ready = Box<dyn Fn(&Urls, NonZeroUsize) -> Vec<Ping>>;

/// Tries whether there can be so many threads more at once. A runtime panics
/// where the system refuses one.
///
/// # Errors
///
/// If it does.
fn check_threads(count: usize) -> Result<()> {
    let mut waiting = Vec::new();
    for _ in 0..count {
        // Ends when its sender is dropped.
        let (end, ended) = mpsc::channel::<()>();
        let thread = thread::Builder::new().spawn(move || ended.recv());
        let thread = thread.with_context(|| {
            format!(
                "the system refused one of the {count} threads of the runtime; \
                 end other programs, raise the limit (ulimit -u), or take a \
                 strategy with blocking threads, which does with fewer"
            )
        })?;
        waiting.push((end, thread));
    }
    for (end, thread) in waiting {
        drop(end);
        let _ = thread.join();
    }
    Ok(())
}

/// Batches that are tasks of a runtime with so many threads.
pub(super) fn on_workers<B>(
    workers: NonZeroUsize,
    batch: impl Fn(Urls, NonZeroUsize) -> B + 'static,
) -> Result<Ready>
where
    B: Future<Output = Vec<Ping>> + Send + 'static,
{
    check_threads(workers.get())?;
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    ready(builder.worker_threads(workers.get()), batch)
}

/// Batches that are tasks of a runtime without a thread of its own: all of it
/// is done by whoever waits for the batch.
pub(super) fn on_one_thread<B>(
    batch: impl Fn(Urls, NonZeroUsize) -> B + 'static,
) -> Result<Ready>
where
    B: Future<Output = Vec<Ping>> + Send + 'static,
{
    ready(&mut tokio::runtime::Builder::new_current_thread(), batch)
}

fn ready<B>(
    builder: &mut tokio::runtime::Builder,
    batch: impl Fn(Urls, NonZeroUsize) -> B + 'static,
) -> Result<Ready>
where
    B: Future<Output = Vec<Ping>> + Send + 'static,
{
    let runtime = Runtime(Some(builder.enable_all().build()?));
    Ok(Box::new(move |urls, concurrency| {
        let runtime = runtime.0.as_ref().expect("it is there until the end");
        // Spawned, because the thread that blocks here need be no worker: left
        // on it, the root would be woken across threads for every ping.
        let batch = runtime.spawn(batch(Arc::clone(urls), concurrency));
        runtime.block_on(batch).expect("a ping never panics")
    }))
}

/// A runtime that is not waited for at its end for longer than a moment. A
/// look-up of a name cannot be stopped, and where nobody answers it the system
/// tries for many seconds, whatever the ping's timeout was.
struct Runtime(Option<tokio::runtime::Runtime>);

/// Tasks and workers need less than a millisecond to end.
const MOMENT: Duration = Duration::from_millis(50);

impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_timeout(MOMENT);
        }
    }
}
