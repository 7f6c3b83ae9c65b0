//! Lesson 5: what a task is, if it is not a thread. Tasks and threads differ
//! in their HTTP clients, too, so the pair with a GET written by hand stands
//! beside them: what that pair shows is not the clients'.

use measurement::course::Quantity;
use measurement::summary::Summary;
use measurement::ways;

use super::content::{Guess, Panel};
use super::lines::{MS, counts, curve, makespans, of_quantity};
use super::measured::{Cell, at, cells, hedge, lie_apart, times_differ};
use super::told::{Chart, Told};
use crate::curve::Curve;
use crate::finding::fitting;
use crate::quantity::{factor, in_a_formula, kib, number, percent, whole};
use crate::scale::Steps;

const MIB: f64 = 1024.0 * 1024.0;

pub(super) const TOLD: Told = Told {
    lesson: ways::TASKS.id,
    finding,
    explain,
    chart: Chart::Panels {
        opening: "All at once, hollow: with a GET by hand instead of the \
                  client library",
        panels,
    },
    look_for: "Look at the times first: most of them is waiting, which is as \
               long on a thread as in a task. Then at threads and memory, \
               which differ. Hollow symbols have the same GET by hand under \
               them: what differs between those is no library's.",
};

/// Tasks and threads with as many at once: the most that were measured of
/// both.
struct Pair<'a> {
    task: Cell<'a>,
    thread: Cell<'a>,
}

impl<'a> Pair<'a> {
    fn of(summary: &'a Summary, [tasks, threads]: [&str; 2]) -> Option<Self> {
        let task = *cells(summary, tasks).last()?;
        let thread = at(&cells(summary, threads), task.batch.concurrency)?;
        Some(Pair { task, thread })
    }

    fn both(&self, of: Quantity) -> Option<(f64, f64)> {
        self.task.get(of).zip(self.thread.get(of))
    }

    /// That of tasks over that of threads; none where the rounds do not keep
    /// them apart.
    fn ratio(&self, of: Quantity) -> Option<f64> {
        let (task, thread) = self.both(of)?;
        let ratio = task / thread;
        let alike = (0.95..=1.05).contains(&ratio);
        let apart = match of {
            Quantity::Memory => lie_apart(&self.task, &self.thread, |row| {
                row.peak_rss_bytes.as_ref()
            }),
            _ => times_differ(&self.task, &self.thread),
        };
        (apart && !alike).then_some(ratio)
    }
}

const OF_CLIENTS: [&str; 2] = [ways::TASKS.id, ways::WAVES.id];
const BY_HAND: [&str; 2] = [ways::TASKS_BY_HAND.id, ways::POOL_BY_HAND.id];

fn finding(summary: &Summary) -> Option<String> {
    let pair = Pair::of(summary, OF_CLIENTS)?;
    let by_hand = Pair::of(summary, BY_HAND);
    let Pair { task, thread } = pair;
    let mut used = vec![task, thread];
    let mut found = Vec::new();
    if let Some((own, other)) = pair.both(Quantity::Threads)
        && own < other
    {
        let [own, other] = [own, other].map(whole);
        found.push(format!("{own} threads instead of {other}"));
    }
    // Only what the pair by hand shows too is owed to tasks.
    let memory = |pair: &Pair<'_>| pair.ratio(Quantity::Memory);
    let owed = by_hand.as_ref().and_then(memory).zip(memory(&pair));
    if let Some((hand, ratio)) = owed
        && (hand < 1.0) == (ratio < 1.0)
    {
        used.extend(by_hand.iter().flat_map(|pair| [pair.task, pair.thread]));
        found.push(if ratio < 1.0 {
            format!("{} of the memory", percent(ratio))
        } else {
            format!("{} the memory", factor(ratio))
        });
    }
    if found.is_empty() {
        found.push(format!(
            "{}, on threads {}",
            in_a_formula(task.makespan()),
            in_a_formula(thread.makespan())
        ));
    }
    let tasks = number(task.batch.requests);
    let (found, hedge) = (found.join(" and "), hedge(&used));
    Some(fitting([
        format!("{tasks} tasks at once: {found}{hedge}"),
        format!("{tasks} tasks: {found}{hedge}"),
    ]))
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let Pair { task: many, thread: beside } = Pair::of(summary, OF_CLIENTS)?;
    let mut lines = vec![format!(
        "{} at once: {} as tasks, {} on threads; the server waited {}.",
        number(many.batch.requests),
        in_a_formula(many.makespan()),
        in_a_formula(beside.makespan()),
        in_a_formula(many.wait()),
    )];
    let by_hand = Pair::of(summary, BY_HAND);
    lines.extend(by_hand.map(|pair| {
        format!(
            "With the same GET by hand in place of the client libraries, {} at \
             once: {} as tasks, {} on threads. Here no library makes the \
             difference.",
            number(pair.task.batch.requests),
            in_a_formula(pair.task.makespan()),
            in_a_formula(pair.thread.makespan()),
        )
    }));
    if let Some((tasks, threads)) =
        many.get(Quantity::Threads).zip(beside.get(Quantity::Threads))
    {
        let [tasks, threads] =
            [tasks, threads].map(|n| number(n.round() as usize));
        lines.push(format!(
            "Threads at half time: {tasks} (the main one and the runtime's \
             workers) against {threads} (the main one, and one for each ping \
             whose thread was made by then)."
        ));
    }
    if let [Some(task), Some(thread)] =
        OF_CLIENTS.map(|name| of_one_more(summary, name))
    {
        lines.push(format!(
            "One more ping in flight costs {} KiB as a task on reqwest \
             and {} KiB on a thread with ureq, with the buffers of \
             the client{}.",
            kib(task),
            kib(thread),
            match BY_HAND.map(|name| of_one_more(summary, name)) {
                [Some(task), Some(thread)] =>
                    format!("; by hand {} and {} KiB", kib(task), kib(thread)),
                _ => String::new(),
            }
        ));
    }
    Some(lines)
}

/// Bytes that one more in flight costs, from the least to the most.
fn of_one_more(summary: &Summary, strategy: &str) -> Option<f64> {
    let cells = cells(summary, strategy);
    let (few, many) = (cells.first()?, cells.last()?);
    let grown = many.get(Quantity::Memory)? - few.get(Quantity::Memory)?;
    let more = many.n() - few.n();
    (more > 0.0).then(|| grown / more)
}

fn panels(summary: &Summary, guesses: &[Guess]) -> Vec<Panel> {
    let all = [
        ways::WAVES.id,
        ways::TASKS.id,
        ways::POOL_BY_HAND.id,
        ways::TASKS_BY_HAND.id,
    ];
    let all = all.map(|name| (name, cells(summary, name)));
    let each = |make: &dyn Fn(&str, &[Cell<'_>]) -> Curve| -> Vec<Curve> {
        let curves = all.iter().map(|(name, cells)| make(name, cells));
        curves.filter(|curve| !curve.points.is_empty()).collect()
    };
    let memory = |name: &str, cells: &[Cell<'_>]| {
        curve(
            name,
            cells,
            |cell| cell.row.peak_rss_bytes.as_ref(),
            |_| 1.0 / MIB,
        )
    };
    // Those by hand have as many, and would lie on these.
    let threads = |name: &str, cells: &[Cell<'_>]| {
        let cells = if ways::is_by_hand(name) { &[] } else { cells };
        counts(name, cells, |cell| cell.row.threads)
    };
    let panel = |name, short, unit, curves, guesses| Panel {
        name,
        short,
        unit,
        across: "pings at once",
        // From 0: so much more is so much higher.
        steps: Steps::Linear,
        curves,
        joined: true,
        step: None,
        formulas: Vec::new(),
        guesses,
    };
    vec![
        panel(
            "milliseconds for all",
            "ms for all",
            " ms",
            each(&makespans),
            of_quantity(guesses, Quantity::Makespan, MS),
        ),
        panel(
            "MiB at the peak",
            "MiB at peak",
            " MiB",
            each(&memory),
            of_quantity(guesses, Quantity::Memory, 1.0 / MIB),
        ),
        panel(
            "threads at half time",
            "threads",
            "",
            each(&threads),
            of_quantity(guesses, Quantity::Threads, 1.0),
        ),
    ]
}
