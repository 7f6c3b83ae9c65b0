use super::super::ask::{Ask, Quantity};
use super::super::lesson::{Cell, Lesson, ROUNDS};
use crate::MILLISECOND;
use crate::consumer::Consumer;
use crate::waits::Waits;
use crate::ways;

pub(super) const ASYNC_SHAPES: Lesson = Lesson {
    number: 6,
    name: ways::SHAPES.id,
    question: "Who limits, who polls, and in which order?",
    cells: &[
        taken_slowly(ways::JOIN_ALL.id),
        taken_slowly(ways::BUFFER_UNORDERED.id),
        taken_slowly(ways::FUTURES_UNORDERED.id),
        taken_slowly(ways::JOIN_SET.id),
        taken_slowly(ways::SHAPES.id),
    ],
    asks: &[
        Ask {
            words: "Twenty pings, four at a time, by a stream with \
                    `buffer_unordered(4)`. The server answers after 20 ms, a \
                    ping may take 100 ms, and whoever takes the results needs \
                    150 ms for each. How many of the twenty time out?",
            quantity: Quantity::Lost,
            strategy: ways::BUFFER_UNORDERED.id,
            concurrency: 4,
            requests: 20,
        },
        Ask {
            words: "The same twenty in a `FuturesUnordered`, which is given \
                    the next ping whenever one is taken out. How many time \
                    out?",
            quantity: Quantity::Lost,
            strategy: ways::FUTURES_UNORDERED.id,
            concurrency: 4,
            requests: 20,
        },
        Ask {
            words: "And by four worker tasks, none of which times out: how \
                    long do the twenty take, until the last result is used?",
            quantity: Quantity::Makespan,
            strategy: ways::SHAPES.id,
            concurrency: 4,
            requests: 20,
        },
    ],
};

/// Slower than the time that a ping has, which is longer than the server waits.
pub const SLOW_CONSUMER: Consumer =
    Consumer { handling_ns: 150 * MILLISECOND, timeout_ns: 100 * MILLISECOND };

const fn taken_slowly(strategy: &'static str) -> Cell {
    Cell {
        strategy,
        concurrency: 4,
        requests: 20,
        waits: Waits::Fixed(20 * MILLISECOND),
        limit_ns: None,
        consumer: Some(SLOW_CONSUMER),
        machines: None,
        share_percent: None,
        rounds: ROUNDS,
        failing: None,
    }
}
