//! Lesson 8's numbers.

use crate::MILLISECOND;
use crate::course::ask::{Ask, Quantity};
use crate::course::lesson::{Cell, Failing, Lesson, ROUNDS};
use crate::fault::Fault;
use crate::manners::Manners;
use crate::waits::Waits;
use crate::ways;

pub(super) const GOOD_MANNERS: Lesson = Lesson {
    number: 8,
    name: ways::GOOD_MANNERS.id,
    question: "How do I retry without becoming the outage?",
    cells: &[
        tried_again(ways::IN_STEP.id, RETRIES),
        tried_again(
            ways::SPREAD.id,
            Manners { per_second: Some(200), ..RETRIES },
        ),
        tried_again(
            ways::GOOD_MANNERS.id,
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
                    every second request with 503. A ping that failed is tried \
                    again, three times at most. How many requests does the \
                    server see?",
            quantity: Quantity::Requests,
            strategy: ways::IN_STEP.id,
            concurrency: 100,
            requests: 100,
        },
        Ask {
            words: "The same hundred, with a budget of 20 %: all together they \
                    may retry 20 times at most. How many requests?",
            quantity: Quantity::Requests,
            strategy: ways::GOOD_MANNERS.id,
            concurrency: 100,
            requests: 100,
        },
        Ask {
            words: "And with a rate of 200 a second, from a bucket of one \
                    token: how many requests arrive in the busiest 10 ms?",
            quantity: Quantity::Arrivals,
            strategy: ways::GOOD_MANNERS.id,
            concurrency: 100,
            requests: 100,
        },
    ],
};

/// A ping that failed is tried again, three times at most.
const RETRIES: Manners = Manners { retries: 3, ..Manners::NONE };

const fn tried_again(strategy: &'static str, manners: Manners) -> Cell {
    Cell {
        strategy,
        concurrency: 100,
        requests: 100,
        waits: Waits::Fixed(10 * MILLISECOND),
        limit_ns: None,
        consumer: None,
        machines: None,
        share_percent: None,
        rounds: ROUNDS,
        failing: Some(Failing {
            // Without `Retry-After`, so that a run is over in seconds.
            faults: &[None, Some(Fault::Overloaded)],
            manners,
        }),
    }
}
