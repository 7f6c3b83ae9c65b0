//! Lesson 9: what a runtime costs. The tasks by hand have the same GET as the
//! loop, so what differs between these two is no client library's.

use measurement::course::Quantity;
use measurement::summary::Summary;
use measurement::ways;

use super::in_flight::{Beside, explained, found, one_more, pair, saved};
use super::measured::{Cell, MS, cells, hedge};
use super::told::{Drawing, Run, Told};
use crate::error::ChartError;
use crate::finding::fitting;
use crate::quantity::{duration, in_a_formula, kib, number};

pub(super) const TOLD: Told = Told {
    lesson: ways::EVENT_LOOP.id,
    finding,
    explain,
    draw,
    look_for: "The times begin together and are nearly one line: most of it is \
               waiting. Look at the processor time, first from the tasks to \
               the tasks by hand, which is the client library, and then to \
               the loop, which is the runtime.",
};

const OWN: &str = ways::EVENT_LOOP.id;

/// Those with a runtime first.
const ALL: [&str; 3] = [ways::TASKS.id, ways::TASKS_BY_HAND.id, OWN];

fn finding(summary: &Summary) -> Option<String> {
    let own = *cells(summary, OWN).last()?;
    let others = [
        (ways::TASKS_BY_HAND.id, "tasks by hand"),
        (ways::TASKS.id, "tasks on reqwest"),
    ];
    let told =
        two_steps(summary).or_else(|| found(summary, (OWN, "a loop"), &others));
    if told.is_some() {
        return told;
    }
    let at_once = number(own.batch.concurrency);
    let n = number(own.batch.requests);
    Some(format!(
        "One thread does {n} pings in {}, {at_once} in flight{}",
        in_a_formula(own.makespan()),
        hedge(&[own])
    ))
}

/// What of the processor time is the client library's, and what the
/// runtime's, where the rounds keep all three apart.
fn two_steps(summary: &Summary) -> Option<String> {
    let [own, by_hand] = pair(summary, OWN, ways::TASKS_BY_HAND.id)?;
    let [_, tasks] = pair(summary, OWN, ways::TASKS.id)?;
    let steps = [[own, by_hand], [by_hand, tasks]];
    if !steps.iter().all(|step| saved(step).is_some_and(|part| part > 0.0)) {
        return None;
    }
    // As they stand at the lines, so that the difference is theirs.
    let round = |ns: f64| match ns < 10.0 / MS {
        true => ns,
        false => (ns * MS).round() / MS,
    };
    let all = |cell: &Cell<'_>| cell.get(Quantity::Cpu).map(round);
    let (own, hand, whole) = (all(&own)?, all(&by_hand)?, all(&tasks)?);
    let [all, library, runtime] =
        [whole, whole - hand, hand - own].map(duration);
    let hedge = hedge(&steps.concat());
    Some(fitting(["client library", "library"].map(|name| {
        format!(
            "Of {all} of CPU the {name} takes {library}, the runtime \
             {runtime}{hedge}"
        )
    })))
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let others = [
        (ways::TASKS_BY_HAND.id, "as tasks with the same GET by hand"),
        (ways::TASKS.id, "as tasks on reqwest"),
    ];
    let mut lines = explained(summary, (OWN, "the loop"), &others)?;
    let of_one_more = ALL.map(|name| one_more(summary, name));
    if let [Some(tasks), Some(by_hand), Some(own)] = of_one_more {
        lines.push(format!(
            "One more ping in flight takes {} KiB in the table of the loop, {} \
             KiB as a task by hand, and {} KiB as a task on reqwest.",
            kib(own),
            kib(by_hand),
            kib(tasks),
        ));
    }
    Some(lines)
}

fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let beside = Beside {
        own: OWN,
        name: "a loop",
        other: ways::TASKS.id,
        all: &ALL,
        about: "By hand: the loop's GET instead of a client library; the loop \
                has no runtime either.",
    };
    beside.draw(run)
}
