//! The rows of the table of ways that differ by their client alone.

use super::table::{EVENT_LOOP, POOL, POOL_BY_HAND, TASKS, TASKS_BY_HAND};
use super::way::{Kin, Sharing, Way};

/// The clients, each the layer under the next, as worker tasks on one thread:
/// the rungs of a ladder.
pub const LADDER: [Way; 4] =
    [WORKERS_BY_HAND, WORKERS_HYPER, WORKERS_HYPER_UTIL, WORKERS_REQWEST];

/// Way by client: a line for each way, and on it whoever goes it, each on
/// another client.
pub const BY_CLIENT: [(&str, &[Way]); 5] = [
    ("an event loop, one thread", &[EVENT_LOOP]),
    ("worker tasks, one thread", &LADDER),
    (
        "a task per URL, one thread",
        &[
            ONE_THREAD_BY_HAND,
            ONE_THREAD_HYPER,
            ONE_THREAD_HYPER_UTIL,
            ONE_THREAD_REQWEST,
        ],
    ),
    (
        "a task per URL, two threads",
        &[TASKS_BY_HAND, TWO_THREADS_HYPER, TWO_THREADS_HYPER_UTIL, TASKS],
    ),
    ("a pool of threads", &[POOL_BY_HAND, POOL]),
];

/// Way by client, as far as no lesson has it.
pub const CLIENTS: &[Way] = &[
    WORKERS_BY_HAND,
    WORKERS_HYPER,
    WORKERS_HYPER_UTIL,
    WORKERS_REQWEST,
    ONE_THREAD_BY_HAND,
    ONE_THREAD_HYPER,
    ONE_THREAD_HYPER_UTIL,
    ONE_THREAD_REQWEST,
    TWO_THREADS_HYPER,
    TWO_THREADS_HYPER_UTIL,
];

/// Lesson 6's shape on one thread, with the GET by hand.
pub const WORKERS_BY_HAND: Way = workers(
    "workers-by-hand",
    "worker tasks, by hand",
    "workers by hand",
    "by hand",
);

/// The same with hyper's connection.
pub const WORKERS_HYPER: Way = workers(
    "workers-hyper",
    "worker tasks, hyper",
    "workers on hyper",
    "hyper",
);

/// The same with hyper-util's client.
pub const WORKERS_HYPER_UTIL: Way = workers(
    "workers-hyper-util",
    "worker tasks, hyper-util",
    "workers on hyper-util",
    "hyper-util",
);

/// The same with reqwest.
pub const WORKERS_REQWEST: Way = workers(
    "workers-reqwest",
    "worker tasks, reqwest",
    "workers on reqwest",
    "reqwest",
);

/// Lesson 5's shape on one thread, with the GET by hand.
pub const ONE_THREAD_BY_HAND: Way = tasks(
    "one-thread-by-hand",
    "tasks on one thread, by hand",
    "one thread by hand",
    "by hand",
);

/// The same with hyper's connection.
pub const ONE_THREAD_HYPER: Way = tasks(
    "one-thread-hyper",
    "tasks on one thread, hyper",
    "one thread on hyper",
    "hyper",
);

/// The same with hyper-util's client.
pub const ONE_THREAD_HYPER_UTIL: Way = tasks(
    "one-thread-hyper-util",
    "tasks on one thread, hyper-util",
    "one thread on hyper-util",
    "hyper-util",
);

/// The same with reqwest.
pub const ONE_THREAD_REQWEST: Way = tasks(
    "one-thread-reqwest",
    "tasks on one thread, reqwest",
    "one thread on reqwest",
    "reqwest",
);

/// Lesson 5's shape on two threads, with hyper's connection.
pub const TWO_THREADS_HYPER: Way = tasks(
    "two-threads-hyper",
    "tasks on two threads, hyper",
    "two threads on hyper",
    "hyper",
);

/// The same with hyper-util's client.
pub const TWO_THREADS_HYPER_UTIL: Way = tasks(
    "two-threads-hyper-util",
    "tasks on two threads, hyper-util",
    "two threads on hyper-util",
    "hyper-util",
);

const fn workers(
    id: &'static str,
    name: &'static str,
    short: &'static str,
    client: &'static str,
) -> Way {
    Way {
        id,
        name,
        short,
        plural: true,
        client,
        sharing: Sharing::Queue,
        shape: "worker tasks take the next by a cursor",
        look: "whoever is free takes the next",
        kin: Kin::Other,
        hollow: false,
    }
}

const fn tasks(
    id: &'static str,
    name: &'static str,
    short: &'static str,
    client: &'static str,
) -> Way {
    Way {
        id,
        name,
        short,
        plural: true,
        client,
        sharing: Sharing::Queue,
        shape: "a task per URL, with permits",
        look: "a free permit starts the next",
        kin: Kin::Other,
        hollow: true,
    }
}
