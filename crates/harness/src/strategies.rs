//! The only place that lists the lessons: a row per strategy.

use std::num::NonZeroUsize;
use std::sync::Arc;

use anyhow::{Context, Result};
use ping_async::Client;
use ping_core::{Agent, Ping, Setup};

/// The urls of a batch, shared with tasks that may outlive the caller.
pub type Urls = Arc<Vec<String>>;

/// A lesson with its client built and its runtime started: what is left is to
/// ping.
pub type Ready = Box<dyn Fn(&Urls, NonZeroUsize) -> Vec<Ping>>;

/// One way to do a batch of pings.
pub struct Strategy {
    /// Its crate's name without `lesson-NN-`.
    pub name: &'static str,
    /// The number of its lesson; the control pair is in none.
    pub lesson: Option<u8>,
    /// The HTTP client under it.
    pub client: &'static str,
    /// How it shares the work out, in a few words.
    pub shape: &'static str,
    /// Whether it ever has more than one ping in flight.
    pub concurrent: bool,
    prepare: fn(&Setup) -> Result<Ready>,
}

impl Strategy {
    /// Builds its client and, for async, its runtime.
    pub fn prepare(&self, setup: &Setup) -> Result<Ready> {
        (self.prepare)(setup)
            .with_context(|| format!("cannot prepare `{}`", self.name))
    }

    /// The concurrency that it makes of the one asked for.
    pub fn effective(&self, asked: NonZeroUsize) -> NonZeroUsize {
        if self.concurrent { asked } else { NonZeroUsize::MIN }
    }

    /// The name of its crate, such as `lesson-04-worker-pool`.
    pub fn package(&self) -> Option<String> {
        Some(format!("lesson-{:02}-{}", self.lesson?, self.name))
    }
}

/// Every strategy, in the order of the lessons.
pub const STRATEGIES: &[Strategy] = &[
    Strategy {
        name: "sequential",
        lesson: Some(1),
        client: "ureq",
        shape: "one after another",
        concurrent: false,
        prepare: |setup| {
            let agent = Agent::new(setup)?;
            Ok(Box::new(move |urls, _| {
                lesson_01_sequential::ping_all(&agent, urls)
            }))
        },
    },
    Strategy {
        name: "threads",
        lesson: Some(2),
        client: "ureq",
        shape: "a thread per URL, in waves",
        concurrent: true,
        prepare: |setup| blocking(setup, lesson_02_threads::ping_all),
    },
    Strategy {
        name: "scoped-threads",
        lesson: Some(3),
        client: "ureq",
        shape: "a fixed share for each thread",
        concurrent: true,
        prepare: |setup| blocking(setup, lesson_03_scoped_threads::ping_all),
    },
    Strategy {
        name: "worker-pool",
        lesson: Some(4),
        client: "ureq",
        shape: "workers take the next from a queue",
        concurrent: true,
        prepare: |setup| blocking(setup, lesson_04_worker_pool::ping_all),
    },
    Strategy {
        name: "async-tasks",
        lesson: Some(5),
        client: "reqwest",
        shape: "a task per URL, with permits",
        concurrent: true,
        prepare: async_tasks,
    },
];

/// The control pair.
pub const CONTROLS: &[Strategy] = &[];

/// The lessons, and after them the control pair.
pub fn all() -> impl Iterator<Item = &'static Strategy> {
    STRATEGIES.iter().chain(CONTROLS)
}

/// The names, in the order of the lessons.
pub fn names() -> Vec<&'static str> {
    STRATEGIES.iter().map(|strategy| strategy.name).collect()
}

/// The strategy of this name.
pub fn find(name: &str) -> Option<&'static Strategy> {
    all().find(|strategy| strategy.name == name)
}

type Blocking = fn(&Agent, &[String], NonZeroUsize) -> Vec<Ping>;

fn blocking(setup: &Setup, ping_all: Blocking) -> Result<Ready> {
    let agent = Agent::new(setup)?;
    Ok(Box::new(move |urls, concurrency| ping_all(&agent, urls, concurrency)))
}

fn async_tasks(setup: &Setup) -> Result<Ready> {
    let client = Client::new(setup)?;
    // Two workers on any machine, so that a result means the same on all.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    Ok(Box::new(move |urls, concurrency| {
        let (client, urls) = (client.clone(), Arc::clone(urls));
        // Spawned, because the thread that blocks here is no worker: left on
        // it, the root would be woken across threads for every ping.
        let batch = runtime.spawn(async move {
            lesson_05_async_tasks::ping_all(&client, &urls, concurrency).await
        });
        runtime.block_on(batch).expect("a ping never panics")
    }))
}
