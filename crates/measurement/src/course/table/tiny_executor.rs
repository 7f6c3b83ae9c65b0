//! Lesson 10's numbers.

use super::event_loop::in_flight;
use crate::course::ask::{Ask, Quantity};
use crate::course::lesson::Lesson;
use crate::ways;

/// Of both there are so many pings that records hold histograms, as in lesson 5.
const MANY: usize = 2048;
const HALF: usize = MANY / 2;

pub(super) const TINY_EXECUTOR: Lesson = Lesson {
    number: 10,
    name: ways::TINY_EXECUTOR.id,
    question: "What does `.await` compile to?",
    cells: &[
        in_flight(ways::TASKS_BY_HAND.id, 64),
        in_flight(ways::TINY_EXECUTOR.id, 64),
        in_flight(ways::EVENT_LOOP.id, 64),
        in_flight(ways::TASKS_BY_HAND.id, HALF),
        in_flight(ways::TINY_EXECUTOR.id, HALF),
        in_flight(ways::EVENT_LOOP.id, HALF),
        in_flight(ways::TASKS_BY_HAND.id, MANY),
        in_flight(ways::TINY_EXECUTOR.id, MANY),
        in_flight(ways::EVENT_LOOP.id, MANY),
    ],
    asks: &[
        Ask {
            words: "2,048 pings by 1,024 tasks on an executor of our own; \
                    the server waits 100 ms before each answer. How much processor \
                    time does its thread need for all of them?",
            quantity: Quantity::Cpu,
            strategy: ways::TINY_EXECUTOR.id,
            concurrency: HALF,
            requests: MANY,
        },
        Ask {
            words: "And for 4,096 pings by 2,048 tasks?",
            quantity: Quantity::Cpu,
            strategy: ways::TINY_EXECUTOR.id,
            concurrency: MANY,
            requests: 2 * MANY,
        },
        Ask {
            words: "How much memory does the program then use at its peak? \
                    (such as 100MiB)",
            quantity: Quantity::Memory,
            strategy: ways::TINY_EXECUTOR.id,
            concurrency: MANY,
            requests: 2 * MANY,
        },
    ],
};
