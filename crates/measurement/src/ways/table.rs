//! The rows of the table of ways.

use super::computing::{
    COMPUTING_JOIN_ALL, COMPUTING_PROCESSES, COMPUTING_TASKS,
    COMPUTING_THREADS, CPU_WORK,
};
use super::machines::{ACK_FIRST, MANY_MACHINES, NOBODY_DIES};
use super::way::{Kin, Sharing, Way};

/// The lessons, in their order.
pub const LESSONS: &[Way] = &[
    ONE_BY_ONE,
    WAVES,
    SHARES,
    POOL,
    TASKS,
    SHAPES,
    DEADLINES,
    GOOD_MANNERS,
    EVENT_LOOP,
    TINY_EXECUTOR,
    CPU_WORK,
    MANY_MACHINES,
];

/// The shapes of two lessons with a GET written by hand under them, so that no
/// cost is credited to a way that is its client library's.
pub const BY_HAND: &[Way] = &[POOL_BY_HAND, TASKS_BY_HAND];

/// What else a lesson's own run compares with its strategy, and the job in
/// another language.
pub const VARIANTS: &[Way] = &[
    CURSOR,
    JOIN_ALL,
    BUFFER_UNORDERED,
    FUTURES_UNORDERED,
    JOIN_SET,
    POLLING,
    CHANNEL,
    IN_STEP,
    SPREAD,
    COMPUTING_JOIN_ALL,
    COMPUTING_THREADS,
    COMPUTING_TASKS,
    COMPUTING_PROCESSES,
    NOBODY_DIES,
    ACK_FIRST,
    PYTHON,
    PYTHON_THREADS,
];

/// The lesson that pings one by one, and every speed-up's baseline.
pub const ONE_BY_ONE: Way = Way {
    id: "sequential",
    name: "one by one",
    short: "one by one",
    plural: false,
    client: "ureq",
    sharing: Sharing::OneByOne,
    shape: "one after another",
    look: "one after another",
    kin: Kin::OneByOne,
    hollow: false,
};

/// The lesson that starts a thread for each ping, in waves.
pub const WAVES: Way = Way {
    id: "threads",
    name: "threads (waves)",
    short: "waves",
    plural: true,
    client: "ureq",
    sharing: Sharing::Waves,
    shape: "a thread per URL, in waves",
    look: "each wave waits for its slowest",
    kin: Kin::Waves,
    hollow: false,
};

/// The lesson whose threads have a fixed share each.
pub const SHARES: Way = Way {
    id: "scoped-threads",
    name: "scoped threads (shares)",
    short: "shares",
    plural: true,
    client: "ureq",
    sharing: Sharing::Shares,
    shape: "a fixed share for each thread",
    look: "one share takes longest",
    kin: Kin::Shares,
    hollow: false,
};

/// The lesson whose workers take the next ping from a queue, and what all
/// others are compared with.
pub const POOL: Way = Way {
    id: "worker-pool",
    name: "worker pool (queue)",
    short: "the pool",
    plural: false,
    client: "ureq",
    sharing: Sharing::Queue,
    shape: "workers take the next from a queue",
    look: "whoever is free takes the next",
    kin: Kin::Pool,
    hollow: false,
};

/// The lesson with a task for each ping.
pub const TASKS: Way = Way {
    id: "async-tasks",
    name: "async tasks (permits)",
    short: "tasks",
    plural: true,
    client: "reqwest",
    sharing: Sharing::Queue,
    shape: "a task per URL, with permits",
    look: "a free permit starts the next",
    kin: Kin::Tasks,
    hollow: false,
};

/// The lesson whose workers are tasks; and four other shapes of the same.
pub const SHAPES: Way = Way {
    id: "async-shapes",
    name: "worker tasks (cursor)",
    short: "worker tasks",
    plural: true,
    client: "reqwest",
    sharing: Sharing::Queue,
    shape: "worker tasks take the next by a cursor",
    look: "whoever is free takes the next",
    kin: Kin::Other,
    hollow: false,
};

/// The lesson with a deadline for the whole batch.
pub const DEADLINES: Way = Way {
    id: "deadlines",
    name: "async tasks (deadline)",
    short: "dropped tasks",
    plural: true,
    client: "reqwest",
    sharing: Sharing::Queue,
    shape: "a task per URL, dropped at the deadline",
    look: "dropped at the deadline",
    kin: Kin::Tasks,
    hollow: true,
};

/// The lesson that retries when the server allows it.
pub const GOOD_MANNERS: Way = Way {
    id: "good-manners",
    name: "async tasks (good manners)",
    short: "good manners",
    plural: true,
    client: "reqwest",
    sharing: Sharing::Queue,
    shape: "a task per URL, which retries when it may",
    look: "each waits until it may go",
    kin: Kin::Other,
    hollow: false,
};

/// The lesson whose one thread asks the kernel which sockets are ready.
pub const EVENT_LOOP: Way = Way {
    id: "event-loop",
    name: "event loop",
    short: "the event loop",
    plural: false,
    client: "by hand",
    sharing: Sharing::Queue,
    shape: "one thread, a table of states",
    look: "a free place takes the next",
    kin: Kin::Loop,
    hollow: false,
};

/// The lesson whose one thread runs tasks without a runtime.
pub const TINY_EXECUTOR: Way = Way {
    id: "tiny-executor",
    name: "tiny executor",
    short: "the tiny executor",
    plural: false,
    client: "by hand",
    sharing: Sharing::Queue,
    shape: "one thread, tasks on an executor of its own",
    look: "whoever is free takes the next",
    kin: Kin::Loop,
    hollow: true,
};

/// The pool with a GET written by hand.
pub const POOL_BY_HAND: Way = Way {
    id: "pool-by-hand",
    name: "worker pool, GET by hand",
    short: "the pool by hand",
    plural: false,
    client: "by hand",
    sharing: Sharing::Queue,
    shape: "workers take the next from a queue",
    look: "whoever is free takes the next",
    kin: Kin::Pool,
    hollow: true,
};

/// The tasks with a GET written by hand.
pub const TASKS_BY_HAND: Way = Way {
    id: "tasks-by-hand",
    name: "async tasks, GET by hand",
    short: "tasks by hand",
    plural: true,
    client: "by hand",
    sharing: Sharing::Queue,
    shape: "a task per URL, with permits",
    look: "a free permit starts the next",
    kin: Kin::Tasks,
    hollow: true,
};

/// Lesson 3's threads, which take the next ping by a shared cursor.
pub const CURSOR: Way = Way {
    id: "scoped-cursor",
    name: "scoped threads (cursor)",
    short: "a shared cursor",
    plural: false,
    client: "ureq",
    sharing: Sharing::Queue,
    shape: "each thread takes the next by a shared cursor",
    look: "whoever is free takes the next of the list",
    kin: Kin::Shares,
    hollow: true,
};

/// Lesson 6's list of futures.
pub const JOIN_ALL: Way = Way {
    id: "shapes-join-all",
    name: "join_all (permits)",
    short: "join_all",
    plural: false,
    client: "reqwest",
    sharing: Sharing::Queue,
    shape: "all futures in one task, with permits",
    look: "a free permit starts the next",
    kin: Kin::Other,
    hollow: false,
};

/// Lesson 6's stream with a window.
pub const BUFFER_UNORDERED: Way = Way {
    id: "shapes-buffer-unordered",
    name: "buffer_unordered",
    short: "buffer_unordered",
    plural: false,
    client: "reqwest",
    sharing: Sharing::Queue,
    shape: "a stream with a window",
    look: "nobody polls while a result is used",
    kin: Kin::Other,
    hollow: false,
};

/// Lesson 6's window by hand.
pub const FUTURES_UNORDERED: Way = Way {
    id: "shapes-futures-unordered",
    name: "FuturesUnordered",
    short: "FuturesUnordered",
    plural: false,
    client: "reqwest",
    sharing: Sharing::Queue,
    shape: "a window by hand",
    look: "nobody polls while a result is used",
    kin: Kin::Other,
    hollow: false,
};

/// Lesson 6's tasks with permits, results taken one by one.
pub const JOIN_SET: Way = Way {
    id: "shapes-join-set",
    name: "JoinSet (permits)",
    short: "JoinSet",
    plural: false,
    client: "reqwest",
    sharing: Sharing::Queue,
    shape: "a task per URL, with permits",
    look: "a free permit starts the next",
    kin: Kin::Other,
    hollow: false,
};

/// Lesson 7's first step.
pub const POLLING: Way = Way {
    id: "deadlines-polling",
    name: "threads, polled",
    short: "polling",
    plural: false,
    client: "ureq",
    sharing: Sharing::Queue,
    shape: "a thread per URL, looked at 500 times",
    look: "looked at 500 times",
    kin: Kin::Waves,
    hollow: true,
};

/// Lesson 7's second step.
pub const CHANNEL: Way = Way {
    id: "deadlines-channel",
    name: "worker pool (deadline)",
    short: "the channel",
    plural: false,
    client: "ureq",
    sharing: Sharing::Queue,
    shape: "workers, waited for until the deadline",
    look: "nobody receives after the deadline",
    kin: Kin::Pool,
    hollow: true,
};

/// Lesson 8's wrong way: all retry at the same time.
pub const IN_STEP: Way = Way {
    id: "retries-in-step",
    name: "retries in step",
    short: "retries in step",
    plural: true,
    client: "reqwest",
    sharing: Sharing::Retries,
    shape: "a task per URL, which retries when all others do",
    look: "all retry together",
    kin: Kin::Other,
    hollow: false,
};

/// Lesson 8's half-way: spread retries without a budget.
pub const SPREAD: Way = Way {
    id: "retries-spread",
    name: "spread retries",
    short: "spread retries",
    plural: true,
    client: "reqwest",
    sharing: Sharing::Retries,
    shape: "a task per URL, which retries without a budget",
    look: "each retries when it may",
    kin: Kin::Other,
    hollow: false,
};

/// The job in Python, one by one, where there is a Python.
pub const PYTHON: Way = Way {
    id: "python-sequential",
    name: "Python, one by one",
    short: "Python",
    plural: false,
    client: "urllib",
    sharing: Sharing::OneByOne,
    shape: "Python, one after another",
    look: "one after another",
    kin: Kin::Other,
    hollow: false,
};

/// The same with a thread for each ping.
pub const PYTHON_THREADS: Way = Way {
    id: "python-threads",
    name: "Python, a thread each",
    short: "Python's threads",
    plural: true,
    client: "urllib",
    sharing: Sharing::Queue,
    shape: "Python, a thread per URL",
    look: "all at once",
    kin: Kin::Other,
    hollow: false,
};
