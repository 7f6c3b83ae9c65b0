//! What a ping costs one way and another, over how many are in flight: of a
//! lesson's own way and of those it is compared with.

use measurement::course::Quantity;
use measurement::makespan;
use measurement::summary::Summary;

use super::lines::{Lines, over_pings, rounds_of};
use super::measured::{Cell, MS, at, cells, hedge, lie_apart, medians};
use super::told::{Drawing, Run};
use super::words::wait;
use crate::error::ChartError;
use crate::finding::{fitting, less};
use crate::key::{Item, Sample};
use crate::plot::{Named, Panel};
use crate::quantity::{
    capital, duration, in_a_formula, mib, microseconds, number, percent,
};
use crate::strategy::label;

/// Bytes.
const MIB: f64 = 1024.0 * 1024.0;

/// The lesson's own way and another with as many in flight: the most that were
/// measured of both.
pub(super) fn pair<'a>(
    summary: &'a Summary,
    own: &str,
    other: &str,
) -> Option<[Cell<'a>; 2]> {
    let own = *cells(summary, own).last()?;
    let other = at(&cells(summary, other), own.batch.concurrency)?;
    Some([own, other])
}

/// The client's processor time for a ping, ns.
fn cpu(cell: &Cell<'_>) -> Option<f64> {
    Some(cell.row.client_cpu_per_request_ns.as_ref()?.median)
}

/// What part of the other's processor time the first saves; none where the
/// rounds do not keep them apart.
pub(super) fn saved([own, other]: &[Cell<'_>; 2]) -> Option<f64> {
    let saved = 1.0 - cpu(own)? / cpu(other)?;
    let apart =
        lie_apart(own, other, |row| row.client_cpu_per_request_ns.as_ref());
    (apart && saved.abs() >= 0.05).then_some(saved)
}

/// With how many in flight the lesson's own way takes less processor time than
/// another, or more: the first of these, each with its name in a title, of
/// which that is known.
pub(super) fn found(
    summary: &Summary,
    (own, own_name): (&str, &str),
    others: &[(&str, &str)],
) -> Option<String> {
    others.iter().find_map(|(other, name)| {
        let pair = pair(summary, own, other)?;
        let saved = saved(&pair)?;
        let more = if saved > 0.0 { "less" } else { "more" };
        let saved = percent(saved.abs());
        let hedge = hedge(&pair);
        let at_once = number(pair[0].batch.concurrency);
        let found = format!("{own_name} takes {saved} {more} CPU than {name}");
        Some(fitting([
            format!("{at_once} in flight: {found}{hedge}"),
            capital(&format!("{found}{hedge}")),
        ]))
    })
}

/// The earliest possible end beside the lesson's own, and its processor time
/// beside that of the others, with what each is in words.
pub(super) fn explained(
    summary: &Summary,
    (own, own_name): (&str, &str),
    others: &[(&str, &str)],
) -> Option<Vec<String>> {
    let cell = *cells(summary, own).last()?;
    let waits = cell.batch.waits.list();
    let waits: Vec<u64> =
        waits.iter().copied().cycle().take(cell.batch.requests).collect();
    let least = makespan::queue(&waits, cell.at_once()?) as f64;
    let c = number(cell.batch.concurrency);
    let first = format!(
        "F2 without any work: ⌈{n}/{c}⌉ × {} = {}; {own_name} took {}.",
        in_a_formula(cell.wait()),
        in_a_formula(least),
        in_a_formula(cell.makespan()),
        n = number(cell.batch.requests),
    );
    let beside = others.iter().filter_map(|(other, name)| {
        let [own, other] = pair(summary, own, other)?;
        let (less, more) = cpu(&own).zip(cpu(&other))?;
        Some(format!(
            "Processor time of the client for a ping, {c} in flight: {} µs by \
             {own_name}, {} µs {name}, which took {} for all.",
            microseconds(less),
            microseconds(more),
            in_a_formula(other.makespan()),
        ))
    });
    Some([first].into_iter().chain(beside).collect())
}

/// Bytes that one more in flight costs, from the least to the most.
pub(super) fn one_more(summary: &Summary, strategy: &str) -> Option<f64> {
    let cells = cells(summary, strategy);
    let (few, many) = (cells.first()?, cells.last()?);
    let grown = many.get(Quantity::Memory)? - few.get(Quantity::Memory)?;
    let more = many.batch.concurrency.checked_sub(few.batch.concurrency)?;
    (more > 0).then(|| grown / more as f64)
}

/// What a lesson draws: its own way, and the one that it is compared with
/// under the name that the title gives it.
pub(super) struct Beside<'a> {
    pub(super) own: &'static str,
    pub(super) other: (&'static str, &'static str),
    pub(super) all: &'a [&'static str],
    pub(super) about: &'a str,
}

impl Beside<'_> {
    /// What the own way takes less than the other, where the rounds keep them
    /// apart.
    fn head(&self, name: &str, summary: &Summary, of: Quantity) -> String {
        let less = || {
            let [own, other] = pair(summary, self.own, self.other.0)?;
            let ratio = own.get(of)? / other.get(of)?;
            let apart = lie_apart(&own, &other, rounds_of(of));
            apart.then(|| {
                format!("{name}: {} than {}", less(ratio), self.other.1)
            })
        };
        less().unwrap_or(name.to_owned())
    }

    /// A line for each way: processor time, which the lesson may draw in its
    /// own way, memory and time for all. What was predicted is of the lesson's
    /// own.
    pub(super) fn draw(
        &self,
        run: &Run<'_>,
        cpu: impl FnOnce(Panel) -> Panel,
    ) -> Result<Drawing, ChartError> {
        let cells_of = |name: &&'static str| (*name, cells(run.summary, name));
        let all: Vec<_> = self.all.iter().map(cells_of).collect();
        let measured: Vec<Cell<'_>> =
            all.iter().flat_map(|(_, cells)| cells).copied().collect();
        let first = measured.first().ok_or(ChartError::NothingMeasured)?;
        let head = |name, of| self.head(name, run.summary, of);
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
        let panels = panels.into_iter().map(|lines| {
            let mut panel = over_pings(run, self.own, &all, &lines);
            let other = |end: &&mut Named| end.strategy == self.other.0;
            let named = panel.ends.iter_mut().find(other);
            if let Some(end) = named {
                self.other.1.clone_into(&mut end.name);
            }
            panel
        });
        let mut panels: Vec<Panel> = panels.collect();
        // Where it is known at all.
        if let Some(first) = panels.first_mut().filter(|p| !p.layers.is_empty())
        {
            *first = cpu(first.clone());
        }
        panels.retain(|panel| !panel.layers.is_empty());
        let known = all.iter().filter(|(_, cells)| !cells.is_empty());
        let key = known.map(|(name, _)| self.item(name)).collect();
        let subtitle = format!(
            "Twice as many pings as are in flight; {}. {} {}",
            wait(first.wait()),
            self.about,
            medians(&measured)
        );
        Ok(run.drawing(panels, false, key, subtitle))
    }

    /// Its symbol, with both names where it has two.
    fn item(&self, strategy: &str) -> Item {
        let (other, name) = self.other;
        let label = label(strategy);
        if strategy != other || name == label {
            return Item::strategy(strategy);
        }
        let sample = Sample::Strategy(strategy.to_owned());
        Item::new(sample, format!("{name}: {label}"))
    }
}
