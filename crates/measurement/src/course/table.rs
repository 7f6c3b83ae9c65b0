//! The lessons' own numbers. A page or a chart that names one takes it from
//! here.

use super::{Ask, Cell, Failing, Lesson, Quantity};
use crate::MILLISECOND;
use crate::fault::Fault;
use crate::manners::Manners;
use crate::waits::{BOOK_LIMIT, Waits};

/// Every lesson, in order.
pub const LESSONS: &[Lesson] = &[
    SEQUENTIAL,
    THREADS,
    SCOPED_THREADS,
    WORKER_POOL,
    ASYNC_TASKS,
    DEADLINES,
    GOOD_MANNERS,
];

/// Rounds of a lesson: enough for a median that one bad trial does not move,
/// few enough to be waited for.
const ROUNDS: u32 = 3;

const SEQUENTIAL: Lesson = Lesson {
    number: 1,
    name: "sequential",
    question: "Where does the time go when nothing overlaps?",
    cells: &[in_turn(1), in_turn(2), in_turn(4), in_turn(6)],
    asks: &[
        Ask {
            words: "Six pings, one after another; the server waits 137 ms \
                    before each answer. How long do they take?",
            quantity: Quantity::Makespan,
            strategy: "sequential",
            concurrency: 1,
            requests: 6,
        },
        Ask {
            words: "How much processor time does the client need for all six?",
            quantity: Quantity::Cpu,
            strategy: "sequential",
            concurrency: 1,
            requests: 6,
        },
    ],
};

const fn in_turn(requests: usize) -> Cell {
    Cell {
        strategy: "sequential",
        concurrency: 1,
        requests,
        waits: Waits::Book,
        limit_ns: None,
        rounds: ROUNDS,
        failing: None,
    }
}

const THREADS: Lesson = Lesson {
    number: 2,
    name: "threads",
    question: "What do I buy with a thread per request, and what does it cost?",
    cells: &[a_thread_each(6), a_thread_each(60), a_thread_each(600)],
    asks: &[
        Ask {
            words: "Six pings, a thread for each, all at once; the server \
                    waits 137 ms before each answer. How long do they take?",
            quantity: Quantity::Makespan,
            strategy: "threads",
            concurrency: 6,
            requests: 6,
        },
        Ask {
            words: "And 60 pings on 60 threads?",
            quantity: Quantity::Makespan,
            strategy: "threads",
            concurrency: 60,
            requests: 60,
        },
        Ask {
            words: "And 600 pings on 600 threads?",
            quantity: Quantity::Makespan,
            strategy: "threads",
            concurrency: 600,
            requests: 600,
        },
    ],
};

const fn a_thread_each(requests: usize) -> Cell {
    Cell {
        strategy: "threads",
        concurrency: requests,
        requests,
        waits: Waits::Book,
        limit_ns: None,
        rounds: ROUNDS,
        failing: None,
    }
}

const SCOPED_THREADS: Lesson = Lesson {
    number: 3,
    name: "scoped-threads",
    question: "Who promises that the borrow outlives the thread?",
    cells: &[one_slow("scoped-threads"), one_slow("scoped-cursor")],
    asks: &[
        Ask {
            words: "Ten pings on two threads. The first waits 500 ms, the \
                    nine others 50 ms each. Dealt like cards, every second \
                    one to each thread: how long do they take?",
            quantity: Quantity::Makespan,
            strategy: "scoped-threads",
            concurrency: 2,
            requests: 10,
        },
        Ask {
            words: "The same ten, but each thread takes the next one whenever \
                    it is free: how long?",
            quantity: Quantity::Makespan,
            strategy: "scoped-cursor",
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
        rounds: ROUNDS,
        failing: None,
    }
}

const WORKER_POOL: Lesson = Lesson {
    number: 4,
    name: "worker-pool",
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
            strategy: "worker-pool",
            concurrency: 10,
            requests: 100,
        },
        Ask {
            words: "And 33 workers?",
            quantity: Quantity::Makespan,
            strategy: "worker-pool",
            concurrency: 33,
            requests: 100,
        },
        Ask {
            words: "And 34 workers, one more?",
            quantity: Quantity::Makespan,
            strategy: "worker-pool",
            concurrency: 34,
            requests: 100,
        },
    ],
};

const fn workers(concurrency: usize) -> Cell {
    Cell {
        strategy: "worker-pool",
        concurrency,
        requests: 100,
        waits: Waits::Fixed(50 * MILLISECOND),
        limit_ns: None,
        rounds: ROUNDS,
        failing: None,
    }
}

/// So many that their records hold histograms, which keeps them small.
const MANY: usize = 2048;

const ASYNC_TASKS: Lesson = Lesson {
    number: 5,
    name: "async-tasks",
    question: "What is a task, if it is not a thread?",
    cells: &[
        at_once("threads", 6),
        at_once("async-tasks", 6),
        at_once("control-threads", 6),
        at_once("control-tasks", 6),
        at_once("threads", 600),
        at_once("async-tasks", 600),
        at_once("control-threads", 600),
        at_once("control-tasks", 600),
        at_once("threads", MANY),
        at_once("async-tasks", MANY),
        at_once("control-threads", MANY),
        at_once("control-tasks", MANY),
    ],
    asks: &[
        Ask {
            words: "600 pings as 600 tasks, all at once; the server waits \
                    500 ms before each answer. How long do they take?",
            quantity: Quantity::Makespan,
            strategy: "async-tasks",
            concurrency: 600,
            requests: 600,
        },
        Ask {
            words: "How many threads does the program have meanwhile? With a \
                    thread per ping it is 601.",
            quantity: Quantity::Threads,
            strategy: "async-tasks",
            concurrency: 600,
            requests: 600,
        },
        Ask {
            words: "How much memory has the program with 2048 tasks in \
                    flight, at its peak? (such as 100MiB)",
            quantity: Quantity::Memory,
            strategy: "async-tasks",
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
        rounds: ROUNDS,
        failing: None,
    }
}

const DEADLINES: Lesson = Lesson {
    number: 7,
    name: "deadlines",
    question: "What exactly must be over after five seconds?",
    cells: &[
        with_a_limit("deadlines-polling"),
        with_a_limit("deadlines-channel"),
        with_a_limit("deadlines"),
    ],
    asks: &[
        Ask {
            words: "Four pings at once; the server waits 20 ms, 400 ms, 2 s \
                    and 20 ms before its answers. The book gives up after 500 \
                    looks with a sleep of 1 ms before each: when?",
            quantity: Quantity::Makespan,
            strategy: "deadlines-polling",
            concurrency: 4,
            requests: 4,
        },
        Ask {
            words: "The same four on workers, and a receiver that waits for \
                    500 ms in all. From the first request to the moment the \
                    last one has left it: how long is the server busy?",
            quantity: Quantity::ServerBusy,
            strategy: "deadlines-channel",
            concurrency: 4,
            requests: 4,
        },
        Ask {
            words: "The same four as tasks, which are dropped after 500 ms: \
                    how long is the server busy?",
            quantity: Quantity::ServerBusy,
            strategy: "deadlines",
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
        rounds: ROUNDS,
        failing: None,
    }
}

const GOOD_MANNERS: Lesson = Lesson {
    number: 8,
    name: "good-manners",
    question: "How do I retry without becoming the outage?",
    cells: &[
        tried_again("retries-in-step", RETRIES),
        tried_again(
            "retries-spread",
            Manners { per_second: Some(200), ..RETRIES },
        ),
        tried_again(
            "good-manners",
            Manners {
                per_second: Some(200),
                budget_percent: Some(20),
                ..RETRIES
            },
        ),
    ],
    asks: &[
        Ask {
            words: "A hundred pings, all at once, to a server that answers \
                    every second request with 503. What failed is tried again, \
                    three times at most. How many requests does the server see?",
            quantity: Quantity::Requests,
            strategy: "retries-in-step",
            concurrency: 100,
            requests: 100,
        },
        Ask {
            words: "The same hundred, but all together they may retry no more \
                    than 20 times, a budget of 20 %: how many requests?",
            quantity: Quantity::Requests,
            strategy: "good-manners",
            concurrency: 100,
            requests: 100,
        },
        Ask {
            words: "And with a rate of 200 a second, from a bucket of one \
                    token: how many arrive in the busiest 10 ms?",
            quantity: Quantity::Arrivals,
            strategy: "good-manners",
            concurrency: 100,
            requests: 100,
        },
    ],
};

/// What failed is tried again, three times at most.
const RETRIES: Manners = Manners { retries: 3, ..Manners::NONE };

const fn tried_again(strategy: &'static str, manners: Manners) -> Cell {
    Cell {
        strategy,
        concurrency: 100,
        requests: 100,
        waits: Waits::Fixed(10 * MILLISECOND),
        limit_ns: None,
        rounds: ROUNDS,
        failing: Some(Failing {
            // Without `Retry-After`, so that a run is over in seconds.
            faults: &[None, Some(Fault::Overloaded)],
            manners,
        }),
    }
}
