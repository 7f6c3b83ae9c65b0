//! Lesson 9's numbers.

use crate::MILLISECOND;
use crate::course::ask::{Ask, Quantity};
use crate::course::lesson::{Cell, Lesson, ROUNDS};
use crate::waits::Waits;
use crate::ways;

/// So many that records hold histograms, as in lesson 5.
const MANY: usize = 2048;

pub(super) const EVENT_LOOP: Lesson = Lesson {
    number: 9,
    name: ways::EVENT_LOOP.id,
    question: "What does the runtime do while my futures sleep?",
    cells: &[
        in_flight(ways::TASKS.id, 64),
        in_flight(ways::TASKS_BY_HAND.id, 64),
        in_flight(ways::EVENT_LOOP.id, 64),
        in_flight(ways::TASKS.id, 512),
        in_flight(ways::TASKS_BY_HAND.id, 512),
        in_flight(ways::EVENT_LOOP.id, 512),
        in_flight(ways::TASKS.id, MANY),
        in_flight(ways::TASKS_BY_HAND.id, MANY),
        in_flight(ways::EVENT_LOOP.id, MANY),
    ],
    asks: &[
        Ask {
            words: "4,096 pings, 2,048 at a time; the server waits 100 ms \
                    before each answer. How long do they take on one thread?",
            quantity: Quantity::Makespan,
            strategy: ways::EVENT_LOOP.id,
            concurrency: MANY,
            requests: 2 * MANY,
        },
        Ask {
            words: "How much processor time does that thread need for all of \
                    them?",
            quantity: Quantity::Cpu,
            strategy: ways::EVENT_LOOP.id,
            concurrency: MANY,
            requests: 2 * MANY,
        },
        Ask {
            words: "And how much memory does the program use at its peak? \
                    (such as 100MiB)",
            quantity: Quantity::Memory,
            strategy: ways::EVENT_LOOP.id,
            concurrency: MANY,
            requests: 2 * MANY,
        },
    ],
};

/// Twice as many pings as are in flight, each of which waits 100 ms.
pub(super) const fn in_flight(
    strategy: &'static str,
    concurrency: usize,
) -> Cell {
    Cell {
        strategy,
        concurrency,
        requests: 2 * concurrency,
        waits: Waits::Fixed(100 * MILLISECOND),
        limit_ns: None,
        rounds: ROUNDS,
        failing: None,
        consumer: None,
        machines: None,
        share_percent: None,
    }
}
