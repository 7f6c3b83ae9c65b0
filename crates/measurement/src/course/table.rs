//! The lessons' own numbers. A page or a chart that names one takes it from
//! here.

mod async_shapes;
mod cpu_work;
mod event_loop;
mod good_manners;
mod many_machines;
mod tiny_executor;

pub use async_shapes::SLOW_CONSUMER;
pub use cpu_work::JOB_NS;

use async_shapes::ASYNC_SHAPES;
use cpu_work::CPU_WORK;
use event_loop::EVENT_LOOP;
use good_manners::GOOD_MANNERS;
use many_machines::MANY_MACHINES;
use tiny_executor::TINY_EXECUTOR;

use super::ask::{Ask, Quantity};
use super::lesson::{Cell, Lesson, ROUNDS};
use crate::MILLISECOND;
use crate::waits::{BOOK_LIMIT, Waits};
use crate::ways;

/// Every lesson, in order.
pub const LESSONS: &[Lesson] = &[
    SEQUENTIAL,
    THREADS,
    SCOPED_THREADS,
    WORKER_POOL,
    ASYNC_TASKS,
    ASYNC_SHAPES,
    DEADLINES,
    GOOD_MANNERS,
    EVENT_LOOP,
    TINY_EXECUTOR,
    CPU_WORK,
    MANY_MACHINES,
];

const SEQUENTIAL: Lesson = Lesson {
    number: 1,
    name: ways::ONE_BY_ONE.id,
    question: "Where does the time go when nothing overlaps?",
    cells: &[in_turn(1), in_turn(2), in_turn(4), in_turn(6)],
    asks: &[
        Ask {
            words: "Six pings, one after another; the server waits 137 ms \
                    before each answer. How long do they take?",
            quantity: Quantity::Makespan,
            strategy: ways::ONE_BY_ONE.id,
            concurrency: 1,
            requests: 6,
        },
        Ask {
            words: "How much processor time does the client need for all six?",
            quantity: Quantity::Cpu,
            strategy: ways::ONE_BY_ONE.id,
            concurrency: 1,
            requests: 6,
        },
    ],
};

const fn in_turn(requests: usize) -> Cell {
    Cell {
        strategy: ways::ONE_BY_ONE.id,
        concurrency: 1,
        requests,
        waits: Waits::Book,
        limit_ns: None,
        consumer: None,
        machines: None,
        share_percent: None,
        rounds: ROUNDS,
        failing: None,
    }
}

const THREADS: Lesson = Lesson {
    number: 2,
    name: ways::WAVES.id,
    question: "What do I buy with a thread per request, and what does it cost?",
    cells: &[a_thread_each(6), a_thread_each(60), a_thread_each(600)],
    asks: &[
        Ask {
            words: "Six pings, a thread for each, all at once; the server \
                    waits 137 ms before each answer. How long do they take?",
            quantity: Quantity::Makespan,
            strategy: ways::WAVES.id,
            concurrency: 6,
            requests: 6,
        },
        Ask {
            words: "And 60 pings on 60 threads?",
            quantity: Quantity::Makespan,
            strategy: ways::WAVES.id,
            concurrency: 60,
            requests: 60,
        },
        Ask {
            words: "And 600 pings on 600 threads?",
            quantity: Quantity::Makespan,
            strategy: ways::WAVES.id,
            concurrency: 600,
            requests: 600,
        },
    ],
};

const fn a_thread_each(requests: usize) -> Cell {
    Cell {
        strategy: ways::WAVES.id,
        concurrency: requests,
        requests,
        waits: Waits::Book,
        limit_ns: None,
        consumer: None,
        machines: None,
        share_percent: None,
        rounds: ROUNDS,
        failing: None,
    }
}

const SCOPED_THREADS: Lesson = Lesson {
    number: 3,
    name: ways::SHARES.id,
    question: "Who promises that the borrow outlives the thread?",
    cells: &[one_slow(ways::SHARES.id), one_slow(ways::CURSOR.id)],
    asks: &[
        Ask {
            words: "Ten pings on two threads. The first waits 500 ms, the \
                    nine others 50 ms each. Dealt like cards, every second \
                    one to each thread: how long do they take?",
            quantity: Quantity::Makespan,
            strategy: ways::SHARES.id,
            concurrency: 2,
            requests: 10,
        },
        Ask {
            words: "The same ten, but each thread takes the next one whenever \
                    it is free: how long?",
            quantity: Quantity::Makespan,
            strategy: ways::CURSOR.id,
            concurrency: 2,
            requests: 10,
        },
    ],
};

const fn one_slow(strategy: &'static str) -> Cell {
    Cell {
        strategy,
        concurrency: 2,
        requests: 10,
        waits: Waits::OneSlow,
        limit_ns: None,
        consumer: None,
        machines: None,
        share_percent: None,
        rounds: ROUNDS,
        failing: None,
    }
}

const WORKER_POOL: Lesson = Lesson {
    number: 4,
    name: ways::POOL.id,
    question: "How many workers, and how do they learn that work is over?",
    cells: &[
        Cell { rounds: 1, ..workers(1) },
        workers(3),
        workers(10),
        workers(33),
        workers(34),
        workers(49),
        workers(100),
    ],
    asks: &[
        Ask {
            words: "A hundred pings; the server waits 50 ms before each \
                    answer. How long do 10 workers take?",
            quantity: Quantity::Makespan,
            strategy: ways::POOL.id,
            concurrency: 10,
            requests: 100,
        },
        Ask {
            words: "And 33 workers?",
            quantity: Quantity::Makespan,
            strategy: ways::POOL.id,
            concurrency: 33,
            requests: 100,
        },
        Ask {
            words: "And 34 workers, one more?",
            quantity: Quantity::Makespan,
            strategy: ways::POOL.id,
            concurrency: 34,
            requests: 100,
        },
    ],
};

const fn workers(concurrency: usize) -> Cell {
    Cell {
        strategy: ways::POOL.id,
        concurrency,
        requests: 100,
        waits: Waits::Fixed(50 * MILLISECOND),
        limit_ns: None,
        consumer: None,
        machines: None,
        share_percent: None,
        rounds: ROUNDS,
        failing: None,
    }
}

/// From this number on records hold histograms, which keeps them small.
const MANY: usize = 2048;

const ASYNC_TASKS: Lesson = Lesson {
    number: 5,
    name: ways::TASKS.id,
    question: "What is a task, if it is not a thread?",
    cells: &[
        at_once(ways::WAVES.id, 6),
        at_once(ways::TASKS.id, 6),
        at_once(ways::POOL_BY_HAND.id, 6),
        at_once(ways::TASKS_BY_HAND.id, 6),
        at_once(ways::WAVES.id, 600),
        at_once(ways::TASKS.id, 600),
        at_once(ways::POOL_BY_HAND.id, 600),
        at_once(ways::TASKS_BY_HAND.id, 600),
        at_once(ways::WAVES.id, MANY),
        at_once(ways::TASKS.id, MANY),
        at_once(ways::POOL_BY_HAND.id, MANY),
        at_once(ways::TASKS_BY_HAND.id, MANY),
    ],
    asks: &[
        Ask {
            words: "600 pings as 600 tasks, all at once; the server waits \
                    500 ms before each answer. How long do they take?",
            quantity: Quantity::Makespan,
            strategy: ways::TASKS.id,
            concurrency: 600,
            requests: 600,
        },
        Ask {
            words: "How many threads does the program have meanwhile? With a \
                    thread per ping it has 601.",
            quantity: Quantity::Threads,
            strategy: ways::TASKS.id,
            concurrency: 600,
            requests: 600,
        },
        Ask {
            words: "How much memory does the program use at its peak, with \
                    2,048 tasks in flight? (such as 100MiB)",
            quantity: Quantity::Memory,
            strategy: ways::TASKS.id,
            concurrency: MANY,
            requests: MANY,
        },
    ],
};

const fn at_once(strategy: &'static str, requests: usize) -> Cell {
    Cell {
        strategy,
        concurrency: requests,
        requests,
        waits: Waits::Fixed(500 * MILLISECOND),
        limit_ns: None,
        consumer: None,
        machines: None,
        share_percent: None,
        rounds: ROUNDS,
        failing: None,
    }
}

const DEADLINES: Lesson = Lesson {
    number: 7,
    name: ways::DEADLINES.id,
    question: "What exactly must be over after five seconds?",
    cells: &[
        with_a_limit(ways::POLLING.id),
        with_a_limit(ways::CHANNEL.id),
        with_a_limit(ways::DEADLINES.id),
    ],
    asks: &[
        Ask {
            words: "Four pings at once; the server waits 20 ms, 400 ms, 2 s \
                    and 20 ms before its answers. The book looks 500 times \
                    whether they are done, with a sleep of 1 ms before each \
                    look, and gives up: after how long?",
            quantity: Quantity::Makespan,
            strategy: ways::POLLING.id,
            concurrency: 4,
            requests: 4,
        },
        Ask {
            words: "The same four on workers, and a receiver that waits for \
                    500 ms in all. How long is the server busy, from the \
                    first request that arrives to the last one that leaves?",
            quantity: Quantity::ServerBusy,
            strategy: ways::CHANNEL.id,
            concurrency: 4,
            requests: 4,
        },
        Ask {
            words: "The same four as tasks, which are dropped after 500 ms: \
                    how long is the server busy?",
            quantity: Quantity::ServerBusy,
            strategy: ways::DEADLINES.id,
            concurrency: 4,
            requests: 4,
        },
    ],
};

const fn with_a_limit(strategy: &'static str) -> Cell {
    Cell {
        strategy,
        concurrency: 4,
        requests: 4,
        waits: Waits::BookSlow,
        limit_ns: Some(BOOK_LIMIT),
        consumer: None,
        machines: None,
        share_percent: None,
        rounds: ROUNDS,
        failing: None,
    }
}
