//! Way by client: the rows that `run --preset clients` adds to the lessons and
//! the pair by hand.

use std::sync::Arc;

use anyhow::Result;
use measurement::ways::{self, Way};
use ping_core::Setup;

use super::Strategy;
use super::ready::{Ready, on_one_thread, on_two_workers};
use crate::by_hand::tasks as by_hand;
use crate::clients::AsyncClient;
use crate::clients::connection::Connections;
use crate::clients::pooled::Pooled;
use crate::clients::shapes::{task_per_url, worker_tasks};

/// The four clients as worker tasks and as a task per URL, on one thread; and
/// what lesson 5's shape has on two of those that no lesson has.
pub const CLIENTS: &[Strategy] = &[
    row(ways::WORKERS_BY_HAND, |setup| workers(by_hand::Client::new(setup))),
    row(ways::WORKERS_HYPER, |setup| workers(Connections::new(setup))),
    row(ways::WORKERS_HYPER_UTIL, |setup| workers(Pooled::new(setup))),
    row(ways::WORKERS_REQWEST, |setup| workers(reqwest(setup)?)),
    row(ways::ONE_THREAD_BY_HAND, |setup| tasks(by_hand::Client::new(setup))),
    row(ways::ONE_THREAD_HYPER, |setup| tasks(Connections::new(setup))),
    row(ways::ONE_THREAD_HYPER_UTIL, |setup| tasks(Pooled::new(setup))),
    row(ways::ONE_THREAD_REQWEST, |setup| tasks(reqwest(setup)?)),
    row(ways::TWO_THREADS_HYPER, |setup| on_two(Connections::new(setup))),
    row(ways::TWO_THREADS_HYPER_UTIL, |setup| on_two(Pooled::new(setup))),
];

const fn row(way: Way, prepare: fn(&Setup) -> Result<Ready>) -> Strategy {
    Strategy { way, lesson: None, usual: false, prepare }
}

fn reqwest(setup: &Setup) -> Result<ping_async::Client> {
    Ok(ping_async::Client::new(setup)?)
}

fn workers(client: impl AsyncClient) -> Result<Ready> {
    let client = Arc::new(client);
    on_one_thread(move |urls, c| worker_tasks(Arc::clone(&client), urls, c))
}

fn tasks(client: impl AsyncClient) -> Result<Ready> {
    let client = Arc::new(client);
    on_one_thread(move |urls, c| task_per_url(Arc::clone(&client), urls, c))
}

fn on_two(client: impl AsyncClient) -> Result<Ready> {
    let client = Arc::new(client);
    on_two_workers(move |urls, c| task_per_url(Arc::clone(&client), urls, c))
}
