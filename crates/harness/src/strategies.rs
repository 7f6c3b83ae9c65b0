//! The only place that lists the lessons: a row per strategy. The pair by hand,
//! the clients and what a lesson is compared with have tables of their own,
//! because they are no lessons.

mod clients;
mod computing;
mod machines;
mod prepare;
mod ready;

use measurement::course::{self, Lesson};
use measurement::ways::{self, Way};
use std::num::NonZeroUsize;

use anyhow::{Context, Result};
use lesson_06_async_shapes::shapes;
use ping_async::Client;
use ping_core::{Agent, Setup};

use clients::{one_thread, two_threads, workers};
pub use machines::{MANY_MACHINES, names_to_ping};
use prepare::{
    async_shape, async_tasks, blocking, deadlines, deadlines_channel,
    deadlines_polling, event_loop, good_manners, not_here, pool_by_hand,
    retries_in_step, tasks_by_hand, tiny_executor,
};
pub use ready::{Ready, Urls};

use crate::by_hand::tasks as by_tasks;
use crate::clients::connection::Connections;
use crate::clients::pooled::Pooled;
use crate::variants::scoped_cursor;

/// One way to do a batch of pings.
#[derive(Debug)]
pub struct Strategy {
    /// What it is called and how it shares the work out. Its id is its crate's
    /// name without `lesson-NN-`.
    pub way: Way,
    /// The number of its lesson; none if it is no lesson.
    pub lesson: Option<u8>,
    /// Whether a run measures it without being asked to. A run takes about a
    /// minute whatever becomes of the course, so a later lesson is measured
    /// by its own `lesson N`, or with `run --only`.
    pub usual: bool,
    prepare: fn(&Setup) -> Result<Ready>,
}

impl Strategy {
    /// Builds its client and, for async, its runtime.
    pub fn prepare(&self, setup: &Setup) -> Result<Ready> {
        (self.prepare)(setup)
            .with_context(|| format!("cannot prepare `{}`", self.way.id))
    }

    /// The concurrency that it makes of the one asked for.
    pub fn effective(&self, asked: NonZeroUsize) -> NonZeroUsize {
        if self.way.is_concurrent() { asked } else { NonZeroUsize::MIN }
    }

    /// The name of its lesson's crate, such as `lesson-04-worker-pool`.
    pub fn package(&self) -> Option<String> {
        course::lesson(self.lesson?).map(Lesson::package)
    }
}

/// Every strategy, in the order of the lessons.
pub const STRATEGIES: &[Strategy] = &[
    Strategy {
        way: ways::ONE_BY_ONE,
        lesson: Some(1),
        usual: true,
        prepare: |setup| {
            let agent = Agent::new(setup)?;
            Ok(Box::new(move |urls, _| {
                lesson_01_sequential::ping_all(&agent, urls)
            }))
        },
    },
    Strategy {
        way: ways::WAVES,
        lesson: Some(2),
        usual: true,
        prepare: |setup| blocking(setup, lesson_02_threads::ping_all),
    },
    Strategy {
        way: ways::SHARES,
        lesson: Some(3),
        usual: true,
        prepare: |setup| blocking(setup, lesson_03_scoped_threads::ping_all),
    },
    Strategy {
        way: ways::POOL,
        lesson: Some(4),
        usual: true,
        prepare: |setup| blocking(setup, lesson_04_worker_pool::ping_all),
    },
    Strategy {
        way: ways::TASKS,
        lesson: Some(5),
        usual: true,
        prepare: async_tasks,
    },
    Strategy {
        way: ways::SHAPES,
        lesson: Some(6),
        usual: false,
        prepare: |setup| {
            async_shape(setup, |c, u, n, h| {
                Box::pin(lesson_06_async_shapes::ping_all(c, u, n, h))
            })
        },
    },
    Strategy {
        way: ways::DEADLINES,
        lesson: Some(7),
        usual: false,
        prepare: deadlines,
    },
    Strategy {
        way: ways::GOOD_MANNERS,
        lesson: Some(8),
        usual: false,
        prepare: good_manners,
    },
    Strategy {
        way: ways::EVENT_LOOP,
        lesson: Some(9),
        usual: false,
        prepare: event_loop,
    },
    Strategy {
        way: ways::TINY_EXECUTOR,
        lesson: Some(10),
        usual: false,
        prepare: tiny_executor,
    },
    Strategy {
        way: ways::CPU_WORK,
        lesson: Some(11),
        usual: false,
        prepare: computing::rayon,
    },
];

/// The pair by hand: the shapes of two lessons with a GET written by hand
/// under them, so that no cost is credited to threads or tasks that is ureq's
/// or reqwest's.
pub const BY_HAND: &[Strategy] = &[
    Strategy {
        way: ways::POOL_BY_HAND,
        lesson: None,
        usual: true,
        prepare: pool_by_hand,
    },
    Strategy {
        way: ways::TASKS_BY_HAND,
        lesson: None,
        usual: true,
        prepare: tasks_by_hand,
    },
];

/// Four clients as worker tasks and as a task per URL, on one thread; and
/// lesson 5's shape on two with those that no lesson has.
pub const CLIENTS: &[Strategy] = &[
    client(ways::WORKERS_BY_HAND, |s| workers(by_tasks::Client::new(s))),
    client(ways::WORKERS_HYPER, |s| workers(Connections::new(s))),
    client(ways::WORKERS_HYPER_UTIL, |s| workers(Pooled::new(s))),
    client(ways::WORKERS_REQWEST, |s| workers(Client::new(s)?)),
    client(ways::ONE_THREAD_BY_HAND, |s| one_thread(by_tasks::Client::new(s))),
    client(ways::ONE_THREAD_HYPER, |s| one_thread(Connections::new(s))),
    client(ways::ONE_THREAD_HYPER_UTIL, |s| one_thread(Pooled::new(s))),
    client(ways::ONE_THREAD_REQWEST, |s| one_thread(Client::new(s)?)),
    client(ways::TWO_THREADS_HYPER, |s| two_threads(Connections::new(s))),
    client(ways::TWO_THREADS_HYPER_UTIL, |s| two_threads(Pooled::new(s))),
];

const fn client(way: Way, prepare: fn(&Setup) -> Result<Ready>) -> Strategy {
    Strategy { way, lesson: None, usual: false, prepare }
}

/// Other ways to do what a lesson does, which that lesson's own run compares
/// it with.
pub const VARIANTS: &[Strategy] = &[
    Strategy {
        way: ways::CURSOR,
        lesson: None,
        usual: false,
        prepare: |setup| blocking(setup, scoped_cursor::ping_all),
    },
    Strategy {
        way: ways::JOIN_ALL,
        lesson: None,
        usual: false,
        prepare: |setup| {
            async_shape(setup, |c, u, n, h| {
                Box::pin(shapes::join_all(c, u, n, h))
            })
        },
    },
    Strategy {
        way: ways::BUFFER_UNORDERED,
        lesson: None,
        usual: false,
        prepare: |setup| {
            async_shape(setup, |c, u, n, h| {
                Box::pin(shapes::buffer_unordered(c, u, n, h))
            })
        },
    },
    Strategy {
        way: ways::FUTURES_UNORDERED,
        lesson: None,
        usual: false,
        prepare: |setup| {
            async_shape(setup, |c, u, n, h| {
                Box::pin(shapes::futures_unordered(c, u, n, h))
            })
        },
    },
    Strategy {
        way: ways::JOIN_SET,
        lesson: None,
        usual: false,
        prepare: |setup| {
            async_shape(setup, |c, u, n, h| {
                Box::pin(shapes::join_set(c, u, n, h))
            })
        },
    },
    Strategy {
        way: ways::POLLING,
        lesson: None,
        usual: false,
        prepare: deadlines_polling,
    },
    Strategy {
        way: ways::CHANNEL,
        lesson: None,
        usual: false,
        prepare: deadlines_channel,
    },
    Strategy {
        way: ways::IN_STEP,
        lesson: None,
        usual: false,
        prepare: retries_in_step,
    },
    Strategy {
        way: ways::SPREAD,
        lesson: None,
        usual: false,
        prepare: good_manners,
    },
    Strategy {
        way: ways::COMPUTING_JOIN_ALL,
        lesson: None,
        usual: false,
        prepare: computing::join_all,
    },
    Strategy {
        way: ways::COMPUTING_THREADS,
        lesson: None,
        usual: false,
        prepare: computing::threads,
    },
    Strategy {
        way: ways::COMPUTING_TASKS,
        lesson: None,
        usual: false,
        prepare: computing::tasks,
    },
    Strategy {
        way: ways::COMPUTING_PROCESSES,
        lesson: None,
        usual: false,
        prepare: computing::processes,
    },
];

/// Lesson 12, and what its own run compares it with: batches that are shared
/// over a queue. Their workers are processes.
pub const SHARED: &[Strategy] = &[
    over_a_queue(ways::MANY_MACHINES, Some(12)),
    over_a_queue(ways::NOBODY_DIES, None),
    over_a_queue(ways::ACK_FIRST, None),
];

const fn over_a_queue(way: Way, lesson: Option<u8>) -> Strategy {
    Strategy { way, lesson, usual: false, prepare: not_here }
}

/// Those that a run measures where none is named.
pub fn usual() -> impl Iterator<Item = &'static Strategy> {
    all().filter(|strategy| strategy.usual)
}

/// The lessons in their order, and after them the pair by hand and the clients.
pub fn all() -> impl Iterator<Item = &'static Strategy> {
    STRATEGIES.iter().chain(BY_HAND).chain(CLIENTS)
}

/// The names of the lessons, in their order.
pub fn names() -> Vec<&'static str> {
    STRATEGIES.iter().map(|strategy| strategy.way.id).collect()
}

/// Their names, in that order.
pub fn all_names() -> Vec<&'static str> {
    all().map(|strategy| strategy.way.id).collect()
}

/// The lessons in their order, those too that are shared over a queue.
pub fn lessons() -> impl Iterator<Item = &'static Strategy> {
    let all = STRATEGIES.iter().chain(SHARED);
    all.filter(|strategy| strategy.lesson.is_some())
}

/// The strategy of this name: lesson, by hand, client or variant.
pub fn find(name: &str) -> Option<&'static Strategy> {
    all().chain(VARIANTS).chain(SHARED).find(|strategy| strategy.way.id == name)
}

/// The strategy that the lesson of this number is about.
pub fn of_lesson(number: u8) -> Option<&'static Strategy> {
    lessons().find(|strategy| strategy.lesson == Some(number))
}
