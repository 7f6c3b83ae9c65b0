//! How the strategies are made ready: a client, a runtime where there is one, and
//! the lesson's own `ping_all`.

use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use lesson_07_deadlines::{s1_polling, s2_recv_deadline};
use ping_async::Client;
use ping_core::{Agent, Ping, Setup};

use super::clients::threads;
use super::ready::{Ready, on_workers};
use crate::by_hand::{blocking as by_threads, tasks as by_tasks};
use crate::usage::usage;
use crate::variants::in_step;

type Blocking = fn(&Agent, &[String], NonZeroUsize) -> Vec<Ping>;

pub(super) fn blocking(setup: &Setup, ping_all: Blocking) -> Result<Ready> {
    let agent = Agent::new(setup)?;
    Ok(Box::new(move |urls, concurrency| ping_all(&agent, urls, concurrency)))
}

pub(super) fn async_tasks(setup: &Setup) -> Result<Ready> {
    let client = Client::new(setup)?;
    on_workers(setup.workers, move |urls, concurrency| {
        let client = client.clone();
        async move {
            lesson_05_async_tasks::ping_all(&client, &urls, concurrency).await
        }
    })
}

/// A shape of lesson 6: each is of a type of its own.
type Shape = for<'a> fn(
    &'a Client,
    &'a [String],
    NonZeroUsize,
    Duration,
)
    -> Pin<Box<dyn Future<Output = Vec<Ping>> + Send + 'a>>;

pub(super) fn async_shape(setup: &Setup, ping_all: Shape) -> Result<Ready> {
    let client = Client::new(setup)?;
    let handling = setup.handling;
    on_workers(setup.workers, move |urls, concurrency| {
        let client = client.clone();
        async move { ping_all(&client, &urls, concurrency, handling).await }
    })
}

/// Of a batch that nobody gave a limit.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) fn deadlines_polling(setup: &Setup) -> Result<Ready> {
    let agent = Agent::new(setup)?;
    let limit = setup.limit.unwrap_or(A_DAY);
    Ok(Box::new(move |urls, _| s1_polling::ping_all(&agent, urls, limit)))
}

pub(super) fn deadlines_channel(setup: &Setup) -> Result<Ready> {
    let agent = Agent::new(setup)?;
    let limit = setup.limit.unwrap_or(A_DAY);
    Ok(Box::new(move |urls, concurrency| {
        let deadline = Instant::now() + limit;
        s2_recv_deadline::ping_all(&agent, urls, concurrency, deadline)
    }))
}

pub(super) fn deadlines(setup: &Setup) -> Result<Ready> {
    let client = Client::new(setup)?;
    let limit = setup.limit.unwrap_or(A_DAY);
    on_workers(setup.workers, move |urls, concurrency| {
        let client = client.clone();
        let deadline = tokio::time::Instant::now() + limit;
        async move {
            lesson_07_deadlines::ping_all(&client, &urls, concurrency, deadline)
                .await
        }
    })
}

pub(super) fn good_manners(setup: &Setup) -> Result<Ready> {
    let client = Client::new(setup)?;
    let manners = Arc::new(setup.manners.clone());
    on_workers(setup.workers, move |urls, concurrency| {
        let (client, manners) = (client.clone(), Arc::clone(&manners));
        async move {
            lesson_08_good_manners::ping_all(
                &client,
                &urls,
                concurrency,
                &manners,
            )
            .await
        }
    })
}

pub(super) fn retries_in_step(setup: &Setup) -> Result<Ready> {
    let client = Client::new(setup)?;
    let retries = setup.manners.retries;
    on_workers(setup.workers, move |urls, concurrency| {
        let client = client.clone();
        async move { in_step::ping_all(&client, &urls, concurrency, retries).await }
    })
}

pub(super) fn event_loop(setup: &Setup) -> Result<Ready> {
    let client =
        RefCell::new(lesson_09_event_loop::client::Client::new(setup)?);
    Ok(Box::new(move |urls, concurrency| {
        let mut client = client.borrow_mut();
        lesson_09_event_loop::ping_all(&mut client, urls, concurrency)
    }))
}

pub(super) fn tiny_executor(setup: &Setup) -> Result<Ready> {
    let client = lesson_10_tiny_executor::client::Client::new(setup)?;
    Ok(Box::new(move |urls, concurrency| {
        lesson_10_tiny_executor::ping_all(&client, urls, concurrency)
    }))
}

pub(super) fn pool_by_hand(setup: &Setup) -> Result<Ready> {
    let client = by_threads::Client::new(setup);
    Ok(Box::new(move |urls, concurrency| {
        by_threads::ping_all(&client, urls, concurrency)
    }))
}

pub(super) fn tasks_by_hand(setup: &Setup) -> Result<Ready> {
    threads(setup.workers, by_tasks::Client::new(setup))
}

/// What works in processes of its own, over a queue: nothing of it is made
/// ready here.
pub(super) fn not_here(_: &Setup) -> Result<Ready> {
    Err(usage(
        "it works in processes of its own, over a queue; `lesson 12` measures \
         it, and `ping --strategy many-machines` pings with it",
    ))
}
