//! Lesson 9: what a runtime costs. The tasks by hand have the same GET as the
//! loop, so what differs between these two is no client library's.

use measurement::course::Quantity;
use measurement::summary::Summary;
use measurement::ways;

use super::guess::{lanes, widened};
use super::in_flight::{explained, found, one_more, pair, saved};
use super::lines::rounds_of;
use super::measured::{Cell, MS, at, cells, hedge, lie_apart, medians};
use super::told::{Drawing, Guess, Run, Told};
use super::words::wait;
use crate::error::ChartError;
use crate::finding::{fitting, less};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{duration, in_a_formula, kib, mib, number};
use crate::scale::{self, Scale};
use crate::strategy::{label, subject};

pub(super) const TOLD: Told = Told {
    lesson: ways::EVENT_LOOP.id,
    finding,
    explain,
    draw,
    look_for: "Look at the processor time: from the tasks to the tasks by \
               hand it falls by the client library, and from there to the \
               event loop by the runtime. The times are nearly alike: most of \
               each is waiting.",
};

/// Bytes.
const MIB: f64 = 1024.0 * 1024.0;

const OWN: &str = ways::EVENT_LOOP.id;

/// Those with a runtime first.
const ALL: [&str; 3] = [ways::TASKS.id, ways::TASKS_BY_HAND.id, OWN];

fn finding(summary: &Summary) -> Option<String> {
    let own = *cells(summary, OWN).last()?;
    let others = [
        (ways::TASKS_BY_HAND.id, "tasks by hand"),
        (ways::TASKS.id, "tasks on reqwest"),
    ];
    let told = two_steps(summary)
        .or_else(|| found(summary, (OWN, "the event loop"), &others));
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
/// runtime's, in the title.
fn two_steps(summary: &Summary) -> Option<String> {
    let Steps { library, runtime, rest, hedge } = steps(summary)?;
    let all = duration(library + runtime + rest);
    let [library, runtime] = [library, runtime].map(duration);
    Some(fitting([
        format!(
            "Tasks take {all} of CPU: the client library {library} of it, the \
             runtime {runtime}{hedge}"
        ),
        format!(
            "Tasks take {all} of CPU: the library {library}, the runtime \
             {runtime}{hedge}"
        ),
    ]))
}

/// The parts of the processor time of tasks on a client library, ns.
struct Steps {
    library: f64,
    runtime: f64,
    /// What a loop takes, which has neither.
    rest: f64,
    hedge: &'static str,
}

/// What they are, where the rounds keep all three ways apart.
fn steps(summary: &Summary) -> Option<Steps> {
    let [own, by_hand] = pair(summary, OWN, ways::TASKS_BY_HAND.id)?;
    let [_, tasks] = pair(summary, OWN, ways::TASKS.id)?;
    let steps = [[own, by_hand], [by_hand, tasks]];
    if !steps.iter().all(|step| saved(step).is_some_and(|part| part > 0.0)) {
        return None;
    }
    let all = |cell: &Cell<'_>| cell.get(Quantity::Cpu).map(printed);
    let (own, hand, whole) = (all(&own)?, all(&by_hand)?, all(&tasks)?);
    let hedge = hedge(&steps.concat());
    let (library, runtime) = (whole - hand, hand - own);
    Some(Steps { library, runtime, rest: own, hedge })
}

/// As it stands beside a bar, so that a difference is one of what is read.
fn printed(ns: f64) -> f64 {
    match ns < 10.0 / MS {
        true => ns,
        false => (ns * MS).round() / MS,
    }
}

impl Steps {
    /// What this way does without, and what that saves.
    fn to(&self, cell: &Cell<'_>) -> Option<(&'static str, f64)> {
        match &*cell.row.strategy {
            own if own == ways::TASKS_BY_HAND.id => {
                Some(("library", self.library))
            }
            own if own == OWN => Some(("runtime", self.runtime)),
            _ => None,
        }
    }
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let others = [
        (ways::TASKS_BY_HAND.id, "as tasks with the same GET by hand"),
        (ways::TASKS.id, "as tasks on reqwest"),
    ];
    let mut lines = explained(summary, (OWN, "the event loop"), &others)?;
    let of_one_more = ALL.map(|name| one_more(summary, name));
    if let [Some(tasks), Some(by_hand), Some(own)] = of_one_more {
        lines.push(format!(
            "One more ping in flight takes {} KiB in the table of the event loop, {} \
             KiB as a task by hand, and {} KiB as a task on reqwest.",
            kib(own),
            kib(by_hand),
            kib(tasks),
        ));
    }
    Some(lines)
}

fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let all = ALL.map(|name| cells(run.summary, name));
    let levels = all.iter().flatten().map(|cell| cell.batch.concurrency);
    let most = levels.max().ok_or(ChartError::NothingMeasured)?;
    let rows: Vec<Cell<'_>> =
        all.iter().filter_map(|cells| at(cells, most)).collect();
    let panels = vec![
        panel(run, &rows, &Column { steps: steps(run.summary), ..CPU }),
        panel(run, &rows, &MEMORY),
        panel(run, &rows, &TIME),
    ];
    let first = rows.first().ok_or(ChartError::NothingMeasured)?;
    let subtitle = format!(
        "{} pings, {} at once; {}. By hand: the loop's GET instead of a client \
         library; the loop has no runtime either. {}",
        number(first.batch.requests),
        number(most),
        wait(first.wait()),
        medians(&rows)
    );
    Ok(run.drawing(panels, true, Vec::new(), subtitle))
}

/// What a panel shows.
struct Column {
    name: &'static str,
    /// Of what it is, below its axis.
    about: &'static str,
    quantity: Quantity,
    /// What the axis counts, as a number of the records.
    factor: f64,
    unit: &'static str,
    say: fn(f64) -> String,
    /// What the lesson is about.
    steps: Option<Steps>,
}

const CPU: Column = Column {
    name: "CPU",
    about: "of the client, for all pings",
    quantity: Quantity::Cpu,
    factor: MS,
    unit: " ms",
    say: duration,
    steps: None,
};

const MEMORY: Column = Column {
    name: "Memory",
    about: "of the client, at its peak",
    quantity: Quantity::Memory,
    factor: 1.0 / MIB,
    unit: " MiB",
    say: |bytes| format!("{} MiB", mib(bytes)),
    steps: None,
};

const TIME: Column = Column {
    name: "Time",
    about: "for all pings, most of it waiting",
    quantity: Quantity::Makespan,
    factor: MS,
    unit: " ms",
    say: duration,
    steps: None,
};

/// A bar for each way.
fn panel(run: &Run<'_>, rows: &[Cell<'_>], column: &Column) -> Panel {
    let Column { quantity, factor, say, .. } = *column;
    let names: Vec<String> =
        rows.iter().map(|row| label(&row.row.strategy).to_owned()).collect();
    let guesses: Vec<Guess> = run.guesses(OWN, quantity).collect();
    let values = rows.iter().filter_map(|row| row.get(quantity));
    let most = factor * values.fold(0.0, f64::max);
    let most = widened(most, guesses.iter().map(|own| factor * own.value));
    // Room for a number behind the longest bar.
    let x = Scale::new(scale::Steps::Linear, [1.45 * most], (0.0, 1.0));
    let x = Axis::up_to(most, column.about, x, column.unit);
    let height = Height::Rows(names.len(), 2);
    let mut panel = Panel::new(x, Axis::rows(&names), height);
    panel.title = head(column, rows);
    for (row, cell) in (0_u32..).zip(rows) {
        let own = |guess: &Guess| guess.is_of(&cell.row.strategy);
        let [(upper, lower), lane] = lanes(row, &guesses, own);
        for guess in guesses.iter().filter(|guess| own(guess)) {
            guess.bar("", &mut panel, factor * guess.value, lane);
        }
        let Some(value) = cell.get(quantity) else { continue };
        let of = rounds_of(quantity)(cell.row);
        let of = of.filter(|_| quantity != Quantity::Cpu);
        panel.layers.push(Layer::Bar {
            from: (0.0, upper),
            to: (factor * value, lower),
            paint: Paint::of_strategy(&cell.row.strategy),
            hover: cell.hover(of, say),
        });
        let end = (factor * value, f64::midpoint(upper, lower));
        let step = column.steps.as_ref().and_then(|steps| steps.to(cell));
        let note = match step {
            Some((what, saved)) => Note::number(
                format!("{}: no {what}, −{}", say(value), duration(saved)),
                end,
            ),
            None => Note::needed(say(value), end),
        };
        panel.notes.push(note.rather(Side::Along));
    }
    panel
}

/// What the loop takes less than the first way, as it is printed, where the
/// rounds keep them apart.
fn head(column: &Column, rows: &[Cell<'_>]) -> String {
    let Column { name, quantity, .. } = *column;
    let found = || {
        let (first, last) = (rows.first()?, rows.last()?);
        let both = first.row.strategy != OWN && last.row.strategy == OWN;
        let apart = both && lie_apart(last, first, rounds_of(quantity));
        let of = |cell: &Cell<'_>| {
            let value = cell.get(quantity)?;
            let bytes = quantity == Quantity::Memory;
            Some(if bytes { value } else { printed(value) })
        };
        let ratio = of(last)? / of(first)?;
        let (than, _) = subject(&first.row.strategy);
        apart.then(|| {
            format!("{name}: the event loop takes {} than {than}", less(ratio))
        })
    };
    found().unwrap_or_else(|| name.to_owned())
}
