//! Lesson 7: what is over at a deadline, and what a deadline leaves behind.

use measurement::course::Quantity;
use measurement::record::{Act, Trial};
use measurement::summary::Summary;

use super::content::Guess;
use super::measured::{Cell, cells, hedge};
use super::told::{Chart, Told};
use super::words::precise;
use crate::Footer;
use crate::both_ends;
use crate::error::ChartError;
use crate::quantity::{capital, count, duration};
use crate::scene::Scene;
use crate::strategy::short_name;

pub(super) const TOLD: Told = Told {
    lesson: "deadlines",
    finding,
    explain,
    chart: Chart::Lanes(lanes),
    look_for: "Look below the bar that reaches the limit: hollow is what the \
               server still did when nobody waited for it any more, and a \
               cross is where it saw the client go.",
};

/// The three steps, in their order.
const WAYS: [&str; 3] = ["deadlines-polling", "deadlines-channel", "deadlines"];

/// How often the first step looks: `LOOKS` of its file.
const LOOKS: f64 = 500.0;

/// A way to give up, and how it went.
struct Way<'a> {
    cell: Cell<'a>,
    name: &'a str,
    limit: f64,
}

impl<'a> Way<'a> {
    /// Those that were measured with a limit.
    fn all(summary: &'a Summary) -> Vec<Way<'a>> {
        let way = |name: &&'static str| {
            let cell = *cells(summary, name).first()?;
            let limit = cell.batch.limit_ns? as f64;
            Some(Way { cell, name: called(name), limit })
        };
        WAYS.iter().filter_map(way).collect()
    }

    /// By how much it was late, ns; none if that is less than a hundredth of
    /// the limit.
    fn late(&self) -> Option<f64> {
        let late = self.cell.makespan() - self.limit;
        (late >= 0.01 * self.limit).then_some(late)
    }

    /// For how long the server worked for nobody, ns, if that was told.
    fn after(&self) -> Option<f64> {
        let busy = self.cell.get(Quantity::ServerBusy)?;
        Some((busy - self.cell.makespan()).max(0.0))
    }

    /// Whether it worked on for longer than it needs to see that a client has
    /// gone: a tenth of the limit.
    fn worked_on(&self) -> Option<bool> {
        Some(self.after()? > 0.1 * self.limit)
    }
}

/// What it is called beside the others.
fn called(name: &str) -> &str {
    match name {
        "deadlines" => "tasks",
        "deadlines-channel" => "a channel",
        other => short_name(other),
    }
}

fn finding(summary: &Summary) -> Option<String> {
    let ways = Way::all(summary);
    let first = ways.first().filter(|_| ways.len() > 1)?;
    let late: Vec<String> = ways
        .iter()
        .filter_map(|way| {
            Some(format!("{} {} late", way.name, duration(way.late()?)))
        })
        .collect();
    let late = match late.is_empty() {
        true => String::new(),
        false => format!(", {}", listed(&late)),
    };
    let of = |on: bool| -> Vec<&Way<'_>> {
        ways.iter().filter(|way| way.worked_on() == Some(on)).collect()
    };
    let (on, gone) = (of(true), of(false));
    let names = |ways: &[&Way<'_>]| {
        let names = ways.iter().map(|way| way.name.to_owned());
        listed(&names.collect::<Vec<_>>())
    };
    let longest = on.iter().filter_map(|way| way.after()).fold(0.0, f64::max);
    let server = match (on.is_empty(), gone.is_empty()) {
        (true, true) => String::new(),
        (true, false) => "; no work for nobody".to_owned(),
        (false, true) => format!("; {} of work for nobody", roughly(longest)),
        (false, false) => format!(
            "; {} of work for nobody, but none after {}",
            roughly(longest),
            names(&gone)
        ),
    };
    let used: Vec<Cell<'_>> = ways.iter().map(|way| way.cell).collect();
    Some(format!(
        "Given up at {} in {} ways: same answers{late}{server}{}",
        duration(first.limit),
        count(ways.len()),
        hedge(&used)
    ))
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Tenths of a second, from a second on.
fn roughly(ns: f64) -> String {
    match ns {
        ns if (1e9..1e11).contains(&ns) => format!("{:.1} s", ns / 1e9),
        ns => duration(ns),
    }
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let ways = Way::all(summary);
    let first = ways.first()?;
    let batch = first.cell.batch;
    let waits = batch.waits.of(batch.requests);
    let longest = waits.iter().copied().max().unwrap_or(0) as f64;
    let mut lines = Vec::new();
    for way in &ways {
        let (name, over) = (capital(way.name), way.cell.makespan());
        let ended = format!("{name}: over after {}", precise(over));
        lines.push(match way.name {
            "polling" => format!(
                "{ended}. {LOOKS:.0} looks and a sleep before each, which was \
                 to last {} and took {:.2} ms with all that comes with it.",
                duration(way.limit / LOOKS),
                over / LOOKS / 1e6,
            ),
            _ => format!(
                "{ended}, {} beyond the limit: who waits for the clock counts \
                 no sleeps.",
                duration((over - way.limit).max(0.0)),
            ),
        });
    }
    for way in &ways {
        let Some(busy) = way.cell.get(Quantity::ServerBusy) else { continue };
        let name = capital(way.name);
        let busy = precise(busy);
        lines.push(match way.worked_on() {
            Some(true) => format!(
                "{name}: the server is busy for the longest wait, {}, whoever \
                 waits for it; measured {busy}.",
                duration(longest),
            ),
            _ => format!(
                "{name}: the server is busy until the limit at most, {}; \
                 measured {busy}{}.",
                duration(longest.min(way.limit)),
                match way.cell.row.aborted {
                    Some(1.0) => ", and it saw one client go".to_owned(),
                    Some(gone) if gone > 0.0 =>
                        format!(", and it saw {gone:.0} clients go"),
                    _ => String::new(),
                }
            ),
        });
    }
    Some(lines)
}

/// Each ping at both ends: the client's bar over the server's.
fn lanes(
    summary: &Summary,
    trials: &[Trial],
    guesses: &[Guess],
    title: &str,
    footer: &Footer,
) -> Result<[Scene; 2], ChartError> {
    let mut batches = summary.of_act(Act::Lesson);
    let batch = batches.next().ok_or(ChartError::NothingMeasured)?;
    let mut panels = both_ends::panels(batch, trials)?;
    for panel in &mut panels {
        let of = |quantity| {
            let mut own = guesses.iter().filter(|guess| {
                guess.ask.strategy == panel.name
                    && guess.ask.quantity == quantity
            });
            own.next().map(|guess| guess.value)
        };
        let guessed = [of(Quantity::Makespan), of(Quantity::ServerBusy)];
        [panel.predicted_ns, panel.predicted_busy_ns] = guessed;
    }
    Ok(both_ends::layout::layout(batch, &panels, title, footer))
}
