//! Lesson 10: what an executor costs that has only what is needed. All have the
//! same GET, so what differs is no client library's.

use measurement::summary::Summary;
use measurement::ways;

use super::in_flight::{Beside, explained, found, one_more, pair, saved};
use super::measured::{cells, hedge};
use super::told::{Drawing, Run, Told};
use crate::error::ChartError;
use crate::finding::less;
use crate::palette::Paint;
use crate::plot::{Layer, Note, Panel, Side};
use crate::quantity::{in_a_formula, kib, number};
use crate::scale::{Scale, Steps};

pub(super) const TOLD: Told = Told {
    lesson: OWN,
    finding,
    explain,
    draw,
    look_for: "All have the same GET, and nearly the same time for all: most \
               of it is waiting. Look at the processor time, from the tasks \
               on tokio to the tiny executor, which is the runtime, and from \
               there to the event loop, whose states are written by hand.",
};

const OWN: &str = ways::TINY_EXECUTOR.id;

/// Whose runtime the tasks by hand have.
const TOKIO: (&str, &str) = (ways::TASKS_BY_HAND.id, "tokio");

/// The one with a runtime first, and the one without tasks last.
const ALL: [&str; 3] = [ways::TASKS_BY_HAND.id, OWN, ways::EVENT_LOOP.id];

fn finding(summary: &Summary) -> Option<String> {
    let others = [TOKIO, (ways::EVENT_LOOP.id, "the event loop")];
    found(summary, (OWN, ways::TINY_EXECUTOR.short), &others).or_else(|| {
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
    let mut lines = explained(summary, (OWN, "the tiny executor"), &others)?;
    let of_one_more = ALL.map(|name| one_more(summary, name));
    if let [Some(tasks), Some(own), Some(by_loop)] = of_one_more {
        lines.push(format!(
            "One more ping in flight takes {} KiB as a task of the tiny executor, \
             {} KiB as one of tokio's, and {} KiB in the table of the event loop.",
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
        other: TOKIO,
        all: &ALL,
        about: "All have the same GET by hand.",
    };
    beside.draw(run, |cpu| bracketed(cpu, run.summary))
}

/// The same with what the title says between the two ends that it names.
fn bracketed(mut panel: Panel, summary: &Summary) -> Panel {
    let Some(part) = pair(summary, OWN, TOKIO.0).and_then(|own| saved(&own))
    else {
        return panel;
    };
    let end = |name: &str| {
        let mut ends = panel.ends.iter();
        Some(ends.find(|end| end.strategy == name)?.at)
    };
    let Some((own, other)) = end(OWN).zip(end(TOKIO.0)) else { return panel };
    let (_, far) = panel.x.scale.ends();
    panel.x.scale = Scale::new(Steps::Linear, [2.0 * far], (0.0, 1.0));
    panel.share = 2.2;
    let x = own.0 + 0.12 * far;
    let (from, to, paint) = ((x, own.1), (x, other.1), Paint::Ink);
    panel.layers.push(Layer::Interval { from, to, paint });
    let at = (x, f64::midpoint(own.1, other.1));
    let note = Note::number(less(1.0 - part), at);
    panel.notes.push(note.rather(Side::Right));
    panel
}
