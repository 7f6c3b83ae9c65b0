//! Wrong answers to it.

use std::num::NonZeroUsize;

use lesson_05_async_tasks::ping_all;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

/// One worker is one thread more than none.
pub(crate) fn one_worker(urls: &[String]) -> Vec<Ping> {
    let many = NonZeroUsize::new(urls.len()).expect("there are URLs");
    let client = Client::new(&Setup::new(many)).expect("a client");
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.worker_threads(1).enable_all().build();
    runtime.expect("a runtime").block_on(ping_all(&client, urls, many))
}

/// One thread, and one ping at a time.
pub(crate) fn one_by_one(urls: &[String]) -> Vec<Ping> {
    on_one_thread(urls, NonZeroUsize::MIN)
}

/// One thread, and a hundred at a time.
pub(crate) fn a_hundred(urls: &[String]) -> Vec<Ping> {
    on_one_thread(urls, NonZeroUsize::new(100).expect("not 0"))
}

fn on_one_thread(urls: &[String], at_once: NonZeroUsize) -> Vec<Ping> {
    let client = Client::new(&Setup::new(at_once)).expect("a client");
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(ping_all(&client, urls, at_once))
}
