//! Lesson 12's numbers.

use crate::MILLISECOND;
use crate::course::ask::{Ask, Quantity};
use crate::course::lesson::{Cell, Lesson, ROUNDS};
use crate::machines::Machines;
use crate::waits::Waits;
use crate::ways;

pub(super) const MANY_MACHINES: Lesson = Lesson {
    number: 12,
    name: OWN,
    question: "What changes when a worker can die on another machine?",
    cells: &[
        over_a_queue(ways::NOBODY_DIES.id, THREE),
        over_a_queue(OWN, Machines { killed_at: KILLED, ..THREE }),
        over_a_queue(
            ways::ACK_FIRST.id,
            Machines { killed_at: KILLED, ack_first: true, ..THREE },
        ),
    ],
    asks: &[
        Ask {
            words: "60 jobs on a queue and three worker processes, each with \
                    four jobs in its hands; the server waits 100 ms before \
                    each answer. Half way one worker is killed, in mid-job. \
                    How many requests does the server see?",
            quantity: Quantity::Requests,
            strategy: OWN,
            concurrency: JOBS_AT_ONCE,
            requests: JOBS,
        },
        Ask {
            words: "The queue hands a job out again when nobody has \
                    acknowledged it for 2 s. With all workers alive the 60 \
                    take half a second; how long now?",
            quantity: Quantity::Makespan,
            strategy: OWN,
            concurrency: JOBS_AT_ONCE,
            requests: JOBS,
        },
        Ask {
            words: "The same, but a worker acknowledges a job before it pings. \
                    How many of the 60 jobs never have a result?",
            quantity: Quantity::Lost,
            strategy: ways::ACK_FIRST.id,
            concurrency: JOBS_AT_ONCE,
            requests: JOBS,
        },
    ],
};

const OWN: &str = ways::MANY_MACHINES.id;

const JOBS: usize = 60;

/// Over all workers.
const JOBS_AT_ONCE: usize = (THREE.workers * THREE.tasks) as usize;

/// Half way, where every worker has its hands full.
const KILLED: Option<u64> = Some(30);

const THREE: Machines = Machines {
    workers: 3,
    tasks: 4,
    ack_wait_ns: 2000 * MILLISECOND,
    ack_first: false,
    killed_at: None,
};

const fn over_a_queue(strategy: &'static str, machines: Machines) -> Cell {
    Cell {
        strategy,
        concurrency: JOBS_AT_ONCE,
        requests: JOBS,
        waits: Waits::Fixed(100 * MILLISECOND),
        limit_ns: None,
        consumer: None,
        machines: Some(machines),
        share_percent: None,
        rounds: ROUNDS,
        failing: None,
    }
}
