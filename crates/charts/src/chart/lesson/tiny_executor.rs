//! Lesson 10: what an executor costs that has only what is needed. All have the
//! same GET, so what differs is no client library's.

use measurement::summary::Summary;
use measurement::ways;

use super::in_flight::{Beside, explained, found, one_more};
use super::measured::{cells, hedge};
use super::told::{Drawing, Run, Told};
use crate::error::ChartError;
use crate::quantity::{in_a_formula, kib, number};

pub(super) const TOLD: Told = Told {
    lesson: OWN,
    finding,
    explain,
    draw,
    look_for: "All have the same GET, and nearly the same time for all: most \
               of it is waiting. Look at the processor time, from the tasks \
               on tokio to the executor, which is the runtime, and from there \
               to the loop, whose states are written by hand.",
};

const OWN: &str = ways::TINY_EXECUTOR.id;

/// The one with a runtime first, and the one without tasks last.
const ALL: [&str; 3] = [ways::TASKS_BY_HAND.id, OWN, ways::EVENT_LOOP.id];

fn finding(summary: &Summary) -> Option<String> {
    let others =
        [(ways::TASKS_BY_HAND.id, "tokio"), (ways::EVENT_LOOP.id, "a loop")];
    found(summary, (OWN, "our executor"), &others).or_else(|| {
        let own = *cells(summary, OWN).last()?;
        Some(format!(
            "One thread's tasks do {} pings in {}, {} in flight{}",
            number(own.batch.requests),
            in_a_formula(own.makespan()),
            number(own.batch.concurrency),
            hedge(&[own])
        ))
    })
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let others = [
        (ways::TASKS_BY_HAND.id, "as tokio's tasks"),
        (ways::EVENT_LOOP.id, "by the event loop"),
    ];
    let mut lines = explained(summary, (OWN, "the executor"), &others)?;
    let of_one_more = ALL.map(|name| one_more(summary, name));
    if let [Some(tasks), Some(own), Some(by_loop)] = of_one_more {
        lines.push(format!(
            "One more ping in flight takes {} KiB as a task of the executor, \
             {} KiB as one of tokio's, and {} KiB in the table of the loop.",
            kib(own),
            kib(tasks),
            kib(by_loop),
        ));
    }
    Some(lines)
}

fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let beside = Beside {
        own: OWN,
        name: "ours",
        other: ways::TASKS_BY_HAND.id,
        all: &ALL,
        about: "All have the same GET by hand.",
    };
    beside.draw(run)
}
