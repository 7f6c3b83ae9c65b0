//! Lesson 9: what a runtime costs. The tasks by hand have the same GET as the
//! loop, so what differs between these two is no client library's.

use measurement::course::Quantity;
use measurement::makespan;
use measurement::summary::Summary;
use measurement::ways;

use super::lines::{Lines, headed, over_pings, rounds_of};
use super::measured::{Cell, MS, at, cells, hedge, lie_apart, medians};
use super::told::{Drawing, Run, Told};
use super::words::wait;
use crate::error::ChartError;
use crate::finding::fitting;
use crate::key::Item;
use crate::quantity::{
    duration, in_a_formula, kib, mib, microseconds, number, percent,
};

/// Bytes.
const MIB: f64 = 1024.0 * 1024.0;

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

/// Those with a runtime first.
const ALL: [&str; 3] =
    [ways::TASKS.id, ways::TASKS_BY_HAND.id, ways::EVENT_LOOP.id];

/// The loop and another with as many in flight: the most that were measured of
/// both.
fn pair<'a>(summary: &'a Summary, other: &str) -> Option<[Cell<'a>; 2]> {
    let own = *cells(summary, ways::EVENT_LOOP.id).last()?;
    let other = at(&cells(summary, other), own.batch.concurrency)?;
    Some([own, other])
}

/// The client's processor time for a ping, ns.
fn cpu(cell: &Cell<'_>) -> Option<f64> {
    Some(cell.row.client_cpu_per_request_ns.as_ref()?.median)
}

/// What part of the other's processor time the loop saves; none where the
/// rounds do not keep them apart.
fn saved([own, other]: &[Cell<'_>; 2]) -> Option<f64> {
    let saved = 1.0 - cpu(own)? / cpu(other)?;
    let apart =
        lie_apart(own, other, |row| row.client_cpu_per_request_ns.as_ref());
    (apart && saved.abs() >= 0.05).then_some(saved)
}

fn finding(summary: &Summary) -> Option<String> {
    let own = *cells(summary, ways::EVENT_LOOP.id).last()?;
    let at_once = number(own.batch.concurrency);
    if let Some(found) = two_steps(summary) {
        return Some(found);
    }
    for (other, name) in [
        (ways::TASKS_BY_HAND.id, "tasks by hand"),
        (ways::TASKS.id, "tasks on reqwest"),
    ] {
        let Some(pair) = pair(summary, other) else { continue };
        let Some(saved) = saved(&pair) else { continue };
        let more = if saved > 0.0 { "less" } else { "more" };
        let part = percent(saved.abs());
        return Some(format!(
            "{at_once} in flight: a loop takes {part} {more} CPU than {name}{}",
            hedge(&pair)
        ));
    }
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
    let [own, by_hand] = pair(summary, ways::TASKS_BY_HAND.id)?;
    let [_, tasks] = pair(summary, ways::TASKS.id)?;
    let steps = [[own, by_hand], [by_hand, tasks]];
    if !steps.iter().all(|step| saved(step).is_some_and(|part| part > 0.0)) {
        return None;
    }
    let all = |cell: &Cell<'_>| cell.get(Quantity::Cpu);
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
    let own = *cells(summary, ways::EVENT_LOOP.id).last()?;
    let waits = own.batch.waits.list();
    let waits: Vec<u64> =
        waits.iter().copied().cycle().take(own.batch.requests).collect();
    let least = makespan::queue(&waits, own.at_once()?) as f64;
    let mut lines = vec![format!(
        "F2 without any work: ⌈{n}/{c}⌉ × {} = {}; the loop took {}.",
        in_a_formula(own.wait()),
        in_a_formula(least),
        in_a_formula(own.makespan()),
        n = number(own.batch.requests),
        c = number(own.batch.concurrency),
    )];
    for (other, name) in [
        (ways::TASKS_BY_HAND.id, "tasks with the same GET by hand"),
        (ways::TASKS.id, "tasks on reqwest"),
    ] {
        let Some([own, other]) = pair(summary, other) else { continue };
        let Some((less, more)) = cpu(&own).zip(cpu(&other)) else { continue };
        lines.push(format!(
            "Processor time of the client for a ping, {c} in flight: {} µs by \
             the loop, {} µs as {name}, which took {} for all.",
            microseconds(less),
            microseconds(more),
            in_a_formula(other.makespan()),
            c = number(own.batch.concurrency),
        ));
    }
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

/// Bytes that one more in flight costs, from the least to the most.
fn one_more(summary: &Summary, strategy: &str) -> Option<f64> {
    let cells = cells(summary, strategy);
    let (few, many) = (cells.first()?, cells.last()?);
    let grown = many.get(Quantity::Memory)? - few.get(Quantity::Memory)?;
    let more = many.batch.concurrency.checked_sub(few.batch.concurrency)?;
    (more > 0).then(|| grown / more as f64)
}

/// What the loop takes over what tasks take, where the rounds keep them apart.
fn beside_tasks(summary: &Summary, of: Quantity) -> Option<(&str, f64)> {
    let [own, other] = pair(summary, ways::TASKS.id)?;
    let ratio = own.get(of)? / other.get(of)?;
    let apart = lie_apart(&own, &other, rounds_of(of));
    apart.then_some(("a loop", ratio))
}

fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let all = ALL.map(|name| (name, cells(run.summary, name)));
    let measured: Vec<Cell<'_>> =
        all.iter().flat_map(|(_, cells)| cells).copied().collect();
    let first = measured.first().ok_or(ChartError::NothingMeasured)?;
    let head = |name: &str, of| headed(name, beside_tasks(run.summary, of));
    let panels = [
        Lines {
            title: head("CPU", Quantity::Cpu),
            about: "ms of the client, for all pings",
            quantity: Quantity::Cpu,
            factor: MS,
            say: |ns| format!("{} µs of CPU for a ping", microseconds(ns)),
        },
        Lines {
            title: head("Memory", Quantity::Memory),
            about: "MiB at the peak",
            quantity: Quantity::Memory,
            factor: 1.0 / MIB,
            say: |bytes| format!("{} MiB", mib(bytes)),
        },
        Lines {
            title: head("Time", Quantity::Makespan),
            about: "ms for all; most is waiting",
            quantity: Quantity::Makespan,
            factor: MS,
            say: duration,
        },
    ];
    let own = ways::EVENT_LOOP.id;
    let mut panels: Vec<_> =
        panels.iter().map(|lines| over_pings(run, own, &all, lines)).collect();
    panels.retain(|panel| !panel.layers.is_empty());
    let known = all.iter().filter(|(_, cells)| !cells.is_empty());
    let key = known.map(|(name, _)| Item::strategy(name)).collect();
    let subtitle = format!(
        "Twice as many pings as are in flight; {}. By hand: the loop's GET \
         instead of a client library; the loop has no runtime \
         either. {}",
        wait(first.wait()),
        medians(&measured)
    );
    Ok(run.drawing(panels, false, key, subtitle))
}
