//! Lesson 10: what an executor costs that has only what is needed. All have the
//! same GET, so what differs is no client library's.

use measurement::makespan;
use measurement::summary::Summary;
use measurement::ways;

use super::in_flight::{Beside, cpu, one_more, pair, saved};
use super::measured::{cells, hedge};
use super::told::{Drawing, Run, Told};
use crate::error::ChartError;
use crate::quantity::{in_a_formula, kib, microseconds, number, percent};

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
    let own = *cells(summary, OWN).last()?;
    let at_once = number(own.batch.concurrency);
    for (other, name) in
        [(ways::TASKS_BY_HAND.id, "tokio"), (ways::EVENT_LOOP.id, "a loop")]
    {
        let Some(pair) = pair(summary, OWN, other) else { continue };
        let Some(saved) = saved(&pair) else { continue };
        let more = if saved > 0.0 { "less" } else { "more" };
        let part = percent(saved.abs());
        return Some(format!(
            "{at_once} in flight: our executor takes {part} {more} CPU than {name}{}",
            hedge(&pair)
        ));
    }
    let n = number(own.batch.requests);
    Some(format!(
        "One thread's tasks do {n} pings in {}, {at_once} in flight{}",
        in_a_formula(own.makespan()),
        hedge(&[own])
    ))
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let own = *cells(summary, OWN).last()?;
    let waits = own.batch.waits.list();
    let waits: Vec<u64> =
        waits.iter().copied().cycle().take(own.batch.requests).collect();
    let least = makespan::queue(&waits, own.at_once()?) as f64;
    let mut lines = vec![format!(
        "F2 without any work: ⌈{n}/{c}⌉ × {} = {}; the executor took {}.",
        in_a_formula(own.wait()),
        in_a_formula(least),
        in_a_formula(own.makespan()),
        n = number(own.batch.requests),
        c = number(own.batch.concurrency),
    )];
    for (other, name) in [
        (ways::TASKS_BY_HAND.id, "as tokio's tasks"),
        (ways::EVENT_LOOP.id, "by the event loop"),
    ] {
        let Some([own, other]) = pair(summary, OWN, other) else { continue };
        let Some((less, more)) = cpu(&own).zip(cpu(&other)) else { continue };
        lines.push(format!(
            "Processor time of the client for a ping, {c} in flight: {} µs by \
             the executor, {} µs {name}, which took {} for all.",
            microseconds(less),
            microseconds(more),
            in_a_formula(other.makespan()),
            c = number(own.batch.concurrency),
        ));
    }
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
