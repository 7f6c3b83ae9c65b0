//! Lesson 5: what a task is, if it is not a thread. Tasks and threads differ
//! in their HTTP clients, too, so the pair with a GET written by hand stands
//! beside them: what that pair shows is not the clients'.

use measurement::course::Quantity;
use measurement::summary::Summary;
use measurement::ways;

use super::guess::widened;
use super::lines::{Lines, headed, over_pings, rounds_of};
use super::measured::{Cell, MS, at, cells, hedge, lie_apart, medians};
use super::told::{Drawing, Run, Told};
use super::words::wait;
use crate::error::ChartError;
use crate::key::Item;
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{
    duration, factor, in_a_formula, kib, mib, number, percent, whole,
};
use crate::scale::{Scale, Steps};
use crate::strategy::label;

/// Bytes.
const MIB: f64 = 1024.0 * 1024.0;

pub(super) const TOLD: Told = Told {
    lesson: ways::TASKS.id,
    finding,
    explain,
    draw,
    look_for: "Three threads are enough for all the tasks, and memory grows \
               less. The time is nearly the same: most of it is waiting, which \
               is as long on a thread as in a task.",
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
        let apart = lie_apart(&self.task, &self.thread, rounds_of(of));
        (apart && !alike).then_some(ratio)
    }
}

const OF_CLIENTS: [&str; 2] = [ways::TASKS.id, ways::WAVES.id];
const BY_HAND: [&str; 2] = [ways::TASKS_BY_HAND.id, ways::POOL_BY_HAND.id];

fn finding(summary: &Summary) -> Option<String> {
    let pair = Pair::of(summary, OF_CLIENTS)?;
    let Pair { task, thread } = pair;
    let tasks = number(task.batch.requests);
    if let Some((own, other)) = pair.both(Quantity::Threads)
        && own < other
    {
        let [own, other] = [own, other].map(whole);
        // They are counted, and a busy machine does not change that.
        let hedge = match task.row.valid.min(thread.row.valid) {
            0 | 1 => " (measured once)",
            _ => "",
        };
        return Some(format!(
            "{tasks} tasks at once run on {own} threads instead of {other}\
             {hedge}"
        ));
    }
    if let Some((ratio, used)) = of_tasks(summary, Quantity::Memory) {
        let hedge = hedge(&used);
        return Some(if ratio < 1.0 {
            let part = percent(ratio);
            format!("{tasks} tasks take {part} of the memory of threads{hedge}")
        } else {
            let times = factor(ratio);
            format!("{tasks} tasks take {times} the memory of threads{hedge}")
        });
    }
    Some(format!(
        "{tasks} tasks at once take {}, on threads {}{}",
        in_a_formula(task.makespan()),
        in_a_formula(thread.makespan()),
        hedge(&[task, thread])
    ))
}

/// What tasks take of this over what threads take, and what that rests on.
/// Only what the pair by hand shows too is owed to tasks.
fn of_tasks(summary: &Summary, of: Quantity) -> Option<(f64, [Cell<'_>; 4])> {
    let pair = Pair::of(summary, OF_CLIENTS)?;
    let by_hand = Pair::of(summary, BY_HAND)?;
    let ratio = pair.ratio(of)?;
    let hand = by_hand.ratio(of)?;
    let used = [pair.task, pair.thread, by_hand.task, by_hand.thread];
    ((hand < 1.0) == (ratio < 1.0)).then_some((ratio, used))
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
    lines.extend(of_tasks(summary, Quantity::Memory).map(|(ratio, _)| {
        format!("Tasks take {} of the memory of threads.", percent(ratio))
    }));
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

/// Those with client libraries first, then those by hand, drawn thinner.
const ALL: [&str; 4] = [
    ways::WAVES.id,
    ways::TASKS.id,
    ways::POOL_BY_HAND.id,
    ways::TASKS_BY_HAND.id,
];

fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let all = ALL.map(|name| (name, cells(run.summary, name)));
    let measured: Vec<Cell<'_>> =
        all.iter().flat_map(|(_, cells)| cells).copied().collect();
    let first = measured.first().ok_or(ChartError::NothingMeasured)?;
    let head = |name: &str, of: Quantity| {
        let found = of_tasks(run.summary, of);
        let found = found.map(|(ratio, _)| (ways::TASKS.id, ratio));
        headed(name, found)
    };
    let mut panels = Vec::new();
    panels.extend(threads(run));
    panels.push(over_pings(
        run,
        ways::TASKS.id,
        &all,
        &Lines {
            title: head("Memory", Quantity::Memory),
            about: "MiB at the peak",
            quantity: Quantity::Memory,
            factor: 1.0 / MIB,
            say: |bytes| format!("{} MiB", mib(bytes)),
        },
    ));
    panels.push(over_pings(
        run,
        ways::TASKS.id,
        &all,
        &Lines {
            title: head("Time", Quantity::Makespan),
            about: "ms for all; most is waiting",
            quantity: Quantity::Makespan,
            factor: MS,
            say: duration,
        },
    ));
    let has_line = |panel: &Panel| !panel.layers.is_empty();
    panels.retain(has_line);
    let known = all.iter().filter(|(_, cells)| !cells.is_empty());
    let key = known.map(|(name, _)| Item::strategy(name)).collect();
    let subtitle = format!(
        "All pings at once; {}. By hand: the same small GET instead of a \
         client library. {}",
        wait(first.wait()),
        medians(&measured)
    );
    Ok(run.drawing(panels, false, key, subtitle))
}

/// Two numbers, and bars for them.
fn threads(run: &Run<'_>) -> Option<Panel> {
    let pair = Pair::of(run.summary, OF_CLIENTS)?;
    let (own, other) = pair.both(Quantity::Threads)?;
    let names = [ways::WAVES.id, ways::TASKS.id];
    let guesses = names
        .map(|name| run.guesses(name, Quantity::Threads).collect::<Vec<_>>());
    let values = guesses.iter().flatten().map(|guess| guess.value);
    let most = 1.4 * widened(own.max(other), values);
    let x = Scale::new(Steps::Linear, [most], (0.0, 1.0));
    let x = Axis::at("", x, Vec::new());
    let rows = names.map(|name| label(name).to_owned());
    let mut panel = Panel::new(x, Axis::rows(&rows), Height::Rows(2, 4));
    let [few, many] = [own, other].map(whole);
    panel.title = format!("Threads: {few} instead of {many}");
    panel.share = 1.6;
    let pings = number(pair.task.batch.requests);
    panel.about = format!("{pings} pings at once, in mid-run");
    let found = [(pair.thread, other), (pair.task, own)];
    for (row, (cell, value)) in (0_u32..).zip(found) {
        let (name, row) = (names[row as usize], f64::from(row));
        panel.layers.push(Layer::Bar {
            from: (0.0, row + 0.3),
            to: (value, row + 0.6),
            paint: Paint::of_strategy(name),
            hover: format!("{}: {} threads", cell.hover(None, whole), value),
        });
        let note = Note::number(whole(value), (value, row + 0.45));
        panel.notes.push(note.rather(Side::Along));
        for guess in &guesses[row as usize] {
            let lane = (row + 0.66, row + 0.8);
            guess.bar("all threads", &mut panel, guess.value, lane);
        }
    }
    Some(panel)
}
