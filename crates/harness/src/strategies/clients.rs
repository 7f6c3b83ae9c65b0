//! The two shapes that `run --preset clients` has for any client, on one thread
//! or two.

use std::num::NonZeroUsize;
use std::sync::Arc;

use anyhow::Result;

use super::ready::{Ready, on_one_thread, on_workers};
use crate::clients::AsyncClient;
use crate::clients::shapes::{task_per_url, worker_tasks};

const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// Worker tasks on one thread.
pub(super) fn workers(client: impl AsyncClient) -> Result<Ready> {
    let client = Arc::new(client);
    on_one_thread(move |urls, c| worker_tasks(Arc::clone(&client), urls, c))
}

/// A task per URL, all on one thread.
pub(super) fn one_thread(client: impl AsyncClient) -> Result<Ready> {
    let client = Arc::new(client);
    on_one_thread(move |urls, c| task_per_url(Arc::clone(&client), urls, c))
}

/// A task per URL, on two threads.
pub(super) fn two_threads(client: impl AsyncClient) -> Result<Ready> {
    let client = Arc::new(client);
    on_workers(TWO, move |urls, c| task_per_url(Arc::clone(&client), urls, c))
}
