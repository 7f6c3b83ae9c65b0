//! Lesson 11, and what it is compared with: each computes for every answer.

use std::num::NonZeroUsize;
use std::process::Command;
use std::sync::Arc;
use std::thread::available_parallelism;

use anyhow::{Context, Result};
use lesson_11_cpu_work::{join_all, processes, tasks, threads};
use ping_async::Client;
use ping_core::{Agent, Setup};
use rayon::ThreadPoolBuilder;

use super::ready::{Ready, on_workers};
use crate::child;

/// The lesson's own: tasks wait, and rayon's threads compute.
pub(super) fn rayon(setup: &Setup) -> Result<Ready> {
    let (client, hashes) = (Client::new(setup)?, setup.hashes);
    let pool = ThreadPoolBuilder::new().num_threads(processors().get());
    let pool = Arc::new(pool.build().context(
        "the system refused a thread for each processor; end other programs, \
         raise the limit (ulimit -u), or take another strategy",
    )?);
    on_workers(setup.workers, move |urls, concurrency| {
        let (client, pool) = (client.clone(), Arc::clone(&pool));
        async move {
            lesson_11_cpu_work::ping_all(
                &client,
                &pool,
                &urls,
                concurrency,
                hashes,
            )
            .await
        }
    })
}

pub(super) fn threads(setup: &Setup) -> Result<Ready> {
    let (agent, hashes) = (Agent::new(setup)?, setup.hashes);
    Ok(Box::new(move |urls, concurrency| {
        threads::ping_all(&agent, urls, concurrency, hashes)
    }))
}

/// One task of a runtime that has as many threads as the other one: it is the
/// task that is alone, not the thread.
pub(super) fn join_all(setup: &Setup) -> Result<Ready> {
    let (client, hashes) = (Client::new(setup)?, setup.hashes);
    on_workers(processors(), move |urls, concurrency| {
        let client = client.clone();
        async move { join_all::ping_all(&client, &urls, concurrency, hashes).await }
    })
}

pub(super) fn tasks(setup: &Setup) -> Result<Ready> {
    let (client, hashes) = (Client::new(setup)?, setup.hashes);
    on_workers(processors(), move |urls, concurrency| {
        let client = client.clone();
        async move { tasks::ping_all(&client, &urls, concurrency, hashes).await }
    })
}

/// Each is this program again.
pub(super) fn processes(setup: &Setup) -> Result<Ready> {
    // What keeps this from working is told before anything is measured.
    child::own("hasher")?;
    let (hashes, timeout) = (setup.hashes, setup.timeout);
    Ok(Box::new(move |urls, concurrency| {
        let program = || {
            let own = child::own("hasher");
            let mut own = own.unwrap_or_else(|_| Command::new("harness"));
            own.arg("--hashes").arg(hashes.to_string());
            own.arg("--timeout-ms").arg(timeout.as_millis().to_string());
            own
        };
        processes::ping_all(&program, urls, concurrency)
    }))
}

/// Those that this process may use.
fn processors() -> NonZeroUsize {
    available_parallelism().unwrap_or(NonZeroUsize::MIN)
}
