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
use crate::palette::Paint;
use crate::plot::{Axis, Layer, Note, Panel, Side};
use crate::quantity::{duration, in_a_formula, kib, number};
use crate::scale::Scale;

pub(super) const TOLD: Told = Told {
    lesson: ways::EVENT_LOOP.id,
    finding,
    explain,
    draw,
    look_for: "The times begin together and are nearly one line: most of it is \
               waiting. Look at the processor time, first from the tasks to \
               the tasks by hand, which is the client library, and then to \
               the event loop, which is the runtime.",
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
    Some(fitting(["client library", "library"].map(|name| {
        format!(
            "Of {all} of CPU the {name} takes {library}, the runtime \
             {runtime}{hedge}"
        )
    })))
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
    // As they stand at the lines, so that the difference is theirs.
    let round = |ns: f64| match ns < 10.0 / MS {
        true => ns,
        false => (ns * MS).round() / MS,
    };
    let all = |cell: &Cell<'_>| cell.get(Quantity::Cpu).map(round);
    let (own, hand, whole) = (all(&own)?, all(&by_hand)?, all(&tasks)?);
    let hedge = hedge(&steps.concat());
    let (library, runtime) = (whole - hand, hand - own);
    Some(Steps { library, runtime, rest: own, hedge })
}

/// One bar of the parts that the title names, instead of the lines.
fn stacked(panel: Panel, steps: &Steps) -> Panel {
    let x = Scale::between((0.0, 1.0), (0.0, 1.0));
    let (mut layers, mut notes) = (Vec::new(), panel.notes);
    let mut low = 0.0;
    for (name, part, paint) in [
        ("the rest", steps.rest, Paint::EventLoop),
        ("runtime", steps.runtime, Paint::Other),
        ("library", steps.library, Paint::AsyncTasks),
    ] {
        let (part, text) = (part * MS, format!("{name} {}", duration(part)));
        let (from, to) = ((0.0, low), (1.0, low + part));
        let hover = text.clone();
        layers.push(Layer::Bar { from, to, paint, hover });
        let middle = Note::number(text, (0.5, low + part / 2.0));
        notes.push(middle.rather(Side::Over));
        low += part;
    }
    let title = "CPU of tasks, in its parts".to_owned();
    let x = Axis::at("", x, Vec::new());
    Panel { title, x, layers, notes, share: 1.6, ..panel }
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
    let beside = Beside {
        own: OWN,
        other: (ways::TASKS.id, "tasks"),
        all: &ALL,
        about: "By hand: the loop's GET instead of a client library; the loop \
                has no runtime either.",
    };
    beside.draw(run, |cpu| match steps(run.summary) {
        Some(steps) => stacked(cpu, &steps),
        None => cpu,
    })
}
