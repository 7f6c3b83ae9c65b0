//! A lesson's formula with the measured numbers put in.
//!
//! What a formula needs to know is taken from one part of the run, and what it
//! foretells is held against another: a line drawn through its own points
//! proves nothing.

use measurement::course::Quantity;
use measurement::course::formula::{in_turn, spawn_from, thread_each, waves};
use measurement::makespan;
use measurement::summary::Summary;

use super::measured::{Cell, at, cells};
use crate::quantity::{duration, milliseconds, plural};

/// The formula of that lesson in a few sentences of plain text, each with the
/// numbers of this run; none where they were not measured.
pub fn explain_lesson(number: u8, summary: &Summary) -> Vec<String> {
    match number {
        1 => sequential(summary),
        2 => threads(summary),
        3 => shares(summary),
        4 => workers(summary),
        5 => tasks(summary),
        _ => None,
    }
    .unwrap_or_default()
}

/// Tenths of a millisecond, where they matter.
fn precise(ns: f64) -> String {
    if ns < 1e9 { format!("{:.1} ms", ns / 1e6) } else { duration(ns) }
}

fn sequential(summary: &Summary) -> Option<Vec<String>> {
    let cells = cells(summary, "sequential");
    let (first, last) = (*cells.first()?, *cells.last()?);
    let each = first.makespan() / first.n();
    let mut line = format!(
        "F1, T = N(L + o): {} took {}, of which the server waited {}.",
        plural(first.batch.requests, "ping"),
        precise(first.makespan()),
        precise(first.n() * first.wait()),
    );
    // Of itself it would foretell what it was made of.
    if last.n() > first.n() {
        line += &format!(
            " So {n} take {n} × {} = {}; measured {}.",
            precise(each),
            precise(in_turn(last.n(), each)),
            precise(last.makespan()),
            n = last.batch.requests,
        );
    }
    let mut lines = vec![line];
    if let Some(cpu) = last.get(Quantity::Cpu) {
        lines.push(format!(
            "The client's processor worked for {} of them, {:.1} % of the \
             time.",
            milliseconds(cpu),
            100.0 * cpu / last.makespan()
        ));
    }
    Some(lines)
}

/// What F3 needs: `t_spawn` and what one ping takes, from the smallest and
/// the largest batch.
pub(super) fn of_f3(cells: &[Cell<'_>]) -> Option<(f64, f64)> {
    let (first, last) = (cells.first()?, cells.last()?);
    let point = |cell: &Cell<'_>| (cell.n(), cell.makespan());
    let spawn = spawn_from(point(first), point(last))?;
    Some((spawn, first.makespan() - first.n() * spawn))
}

fn threads(summary: &Summary) -> Option<Vec<String>> {
    let cells = cells(summary, "threads");
    let (first, last) = (*cells.first()?, *cells.last()?);
    let (spawn, each) = of_f3(&cells)?;
    let mut lines = vec![format!(
        "F1, one after another: {} pings would take {} × {} = {}.",
        last.batch.requests,
        last.batch.requests,
        precise(each),
        duration(in_turn(last.n(), each)),
    )];
    let of = format!(
        "F3, T = N·t_spawn + (L + o): {} and {} pings give t_spawn = {:.0} µs",
        first.batch.requests,
        last.batch.requests,
        spawn / 1e3
    );
    lines.push(match cells.get(1).filter(|_| cells.len() > 2) {
        Some(between) => format!(
            "{of}. So {} take {} × {:.0} µs + {} = {}; measured {}.",
            between.batch.requests,
            between.batch.requests,
            spawn / 1e3,
            precise(each),
            precise(thread_each(between.n(), spawn, each)),
            precise(between.makespan()),
        ),
        None => format!("{of}."),
    });
    Some(lines)
}

fn shares(summary: &Summary) -> Option<Vec<String>> {
    let fixed = *cells(summary, "scoped-threads").first()?;
    let cursor = *cells(summary, "scoped-cursor").first()?;
    let waits = fixed.batch.waits.of(fixed.batch.requests);
    let threads = fixed.at_once()?;
    let largest = makespan::shares(&waits, threads) as f64;
    let queue = makespan::queue(&waits, threads) as f64;
    Some(vec![
        format!(
            "F8, fixed shares: T is the largest share's sum, {}; measured {}.",
            milliseconds(largest),
            precise(fixed.makespan()),
        ),
        format!(
            "F8, whoever is free takes the next: {}, and no way of sharing is \
             faster than {}; measured {}.",
            milliseconds(queue),
            milliseconds(fixed.batch.bound_ns as f64),
            precise(cursor.makespan()),
        ),
    ])
}

/// What one turn of lesson 4 takes, from ten workers.
pub(super) fn turn(cells: &[Cell<'_>]) -> Option<f64> {
    let ten = at(cells, 10).or(cells.first().copied())?;
    let turns = waves(ten.batch.requests, ten.batch.concurrency, 1.0);
    Some(ten.makespan() / turns)
}

fn workers(summary: &Summary) -> Option<Vec<String>> {
    let cells = cells(summary, "worker-pool");
    let each = turn(&cells)?;
    let mut lines = vec![format!(
        "F2, T = ⌈N/c⌉(L + o): a turn takes {} (from 10 workers), of which \
         the server waited {}.",
        precise(each),
        precise(cells.first()?.wait()),
    )];
    for cell in [33, 34, 49].into_iter().filter_map(|c| at(&cells, c)) {
        let (n, c) = (cell.batch.requests, cell.batch.concurrency);
        lines.push(format!(
            "{c} workers: ⌈{n}/{c}⌉ = {} turns, {}; measured {}.",
            n.div_ceil(c.max(1)),
            precise(waves(n, c, each)),
            precise(cell.makespan()),
        ));
    }
    Some(lines)
}

fn tasks(summary: &Summary) -> Option<Vec<String>> {
    let (threads, tasks) =
        (cells(summary, "threads"), cells(summary, "async-tasks"));
    let (few, many) = (*tasks.first()?, *tasks.last()?);
    let beside = at(&threads, many.batch.concurrency)?;
    let mut lines = vec![format!(
        "{} at once: {} as tasks, {} on threads; the server waited {}.",
        many.batch.requests,
        precise(many.makespan()),
        precise(beside.makespan()),
        precise(many.wait()),
    )];
    if let Some((tasks, threads)) =
        many.get(Quantity::Threads).zip(beside.get(Quantity::Threads))
    {
        lines.push(format!(
            "Threads at half time: {tasks:.0} (the main one and the \
             runtime's workers) against {threads:.0} (the main one and one \
             for each ping under way)."
        ));
    }
    let slope = |few: Cell<'_>, many: Cell<'_>| {
        let of = |cell: &Cell<'_>| cell.get(Quantity::Memory);
        let grown = of(&many)? - of(&few)?;
        let more = many.n() - few.n();
        (more > 0.0).then(|| grown / more / 1024.0)
    };
    let other = threads.first().and_then(|few| slope(*few, beside));
    if let Some((task, thread)) = slope(few, many).zip(other) {
        lines.push(format!(
            "One more in flight costs {task:.0} KiB as a task and {thread:.0} \
             KiB on a thread, the client's buffers included."
        ));
    }
    Some(lines)
}
