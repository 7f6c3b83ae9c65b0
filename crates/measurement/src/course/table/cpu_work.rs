//! Lesson 11's numbers.

use crate::MILLISECOND;
use crate::course::ask::{Ask, Quantity};
use crate::course::lesson::{Cell, Lesson, ROUNDS};
use crate::waits::Waits;
use crate::ways;

/// How long a job takes, its wait and its computing together, ns.
pub const JOB_NS: u64 = 20 * MILLISECOND;

pub(super) const CPU_WORK: Lesson = Lesson {
    number: 11,
    name: OWN,
    question: "And if the work is not waiting?",
    cells: &[
        jobs(OWN, LITTLE, 1),
        jobs(ways::COMPUTING_JOIN_ALL.id, LITTLE, 2),
        jobs(OWN, LITTLE, 2),
        jobs(ways::COMPUTING_JOIN_ALL.id, LITTLE, 4),
        jobs(OWN, LITTLE, 4),
        jobs(ways::COMPUTING_JOIN_ALL.id, LITTLE, 8),
        jobs(ways::COMPUTING_THREADS.id, LITTLE, 8),
        jobs(ways::COMPUTING_TASKS.id, LITTLE, 8),
        jobs(ways::COMPUTING_PROCESSES.id, LITTLE, 8),
        jobs(OWN, LITTLE, 8),
        jobs(OWN, HALF, 1),
        jobs(ways::COMPUTING_JOIN_ALL.id, HALF, 2),
        jobs(OWN, HALF, 2),
        jobs(ways::COMPUTING_JOIN_ALL.id, HALF, 4),
        jobs(OWN, HALF, 4),
        jobs(ways::COMPUTING_JOIN_ALL.id, HALF, 8),
        jobs(ways::COMPUTING_THREADS.id, HALF, 8),
        jobs(ways::COMPUTING_TASKS.id, HALF, 8),
        jobs(ways::COMPUTING_PROCESSES.id, HALF, 8),
        jobs(OWN, HALF, 8),
        jobs(OWN, MOST, 1),
        jobs(ways::COMPUTING_JOIN_ALL.id, MOST, 2),
        jobs(OWN, MOST, 2),
        jobs(ways::COMPUTING_JOIN_ALL.id, MOST, 4),
        jobs(OWN, MOST, 4),
        jobs(ways::COMPUTING_JOIN_ALL.id, MOST, 8),
        jobs(ways::COMPUTING_THREADS.id, MOST, 8),
        jobs(ways::COMPUTING_TASKS.id, MOST, 8),
        jobs(ways::COMPUTING_PROCESSES.id, MOST, 8),
        jobs(OWN, MOST, 8),
    ],
    asks: &[
        Ask {
            words: "48 jobs of 20 ms: the server waits for half of it, the \
                    other half is hashing. Eight at once by `join_all`, in one \
                    task: how long do they take?",
            quantity: Quantity::Makespan,
            strategy: ways::COMPUTING_JOIN_ALL.id,
            concurrency: 8,
            requests: HALF.requests,
        },
        Ask {
            words: "The same 48, eight at once, by tasks that wait and a \
                    thread for each processor that there is here: how long?",
            quantity: Quantity::Makespan,
            strategy: OWN,
            concurrency: 8,
            requests: HALF.requests,
        },
        Ask {
            words: "And 40 jobs of 20 ms of which nine tenths are hashing, \
                    eight at once, in the same way: how long?",
            quantity: Quantity::Makespan,
            strategy: OWN,
            concurrency: 8,
            requests: MOST.requests,
        },
    ],
};

const OWN: &str = ways::CPU_WORK.id;

/// So much of each job is computing, and there are so many of them. The less
/// they wait, the fewer they are, so that each batch is over in about a second;
/// and by its number of pings a batch is known.
#[derive(Clone, Copy)]
struct Jobs {
    share_percent: u32,
    requests: usize,
}

const LITTLE: Jobs = Jobs { share_percent: 10, requests: 96 };
const HALF: Jobs = Jobs { share_percent: 50, requests: 48 };
const MOST: Jobs = Jobs { share_percent: 90, requests: 40 };

const fn jobs(strategy: &'static str, jobs: Jobs, concurrency: usize) -> Cell {
    let Jobs { share_percent, requests } = jobs;
    Cell {
        strategy,
        concurrency,
        requests,
        waits: Waits::Fixed(JOB_NS / 100 * (100 - share_percent as u64)),
        limit_ns: None,
        consumer: None,
        machines: None,
        share_percent: Some(share_percent),
        rounds: ROUNDS,
        failing: None,
    }
}
