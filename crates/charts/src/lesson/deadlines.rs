//! Lesson 7: what is over at a deadline, and what a deadline leaves behind.

use measurement::course::Quantity;
use measurement::record::{Act, Trial};
use measurement::summary::Summary;
use measurement::ways;

use super::content::Guess;
use super::measured::{Cell, cells, hedge};
use super::told::{Chart, Told};
use crate::Footer;
use crate::both_ends;
use crate::error::ChartError;
use crate::quantity::{capital, duration, in_a_formula};
use crate::scene::Scene;
use crate::strategy::label;

pub(super) const TOLD: Told = Told {
    lesson: ways::DEADLINES.id,
    finding,
    explain,
    chart: Chart::Lanes(lanes),
    look_for: "Look below the bar that reaches the limit: hollow is the work \
               that the server did when nobody waited for it any more, and a \
               cross is where it saw the client go.",
};

/// The three steps, in their order.
const WAYS: [&str; 3] =
    [ways::POLLING.id, ways::CHANNEL.id, ways::DEADLINES.id];

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
            Some(Way { cell, name: label(name), limit })
        };
        WAYS.iter().filter_map(way).collect()
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

fn finding(summary: &Summary) -> Option<String> {
    let ways = Way::all(summary);
    let first = ways.first().filter(|_| ways.len() > 1)?;
    let of = |on: bool| -> Vec<&Way<'_>> {
        ways.iter().filter(|way| way.worked_on() == Some(on)).collect()
    };
    let (on, gone) = (of(true), of(false));
    let longest = on.iter().filter_map(|way| way.after()).fold(0.0, f64::max);
    let used: Vec<Cell<'_>> = ways.iter().map(|way| way.cell).collect();
    let hedge = hedge(&used);
    let limit = duration(first.limit);
    let works = format!("The server works {} for nobody", duration(longest));
    Some(match (on.as_slice(), gone.as_slice()) {
        // How long the server worked is not known.
        ([], []) => {
            let late = |way: &&Way<'_>| way.cell.makespan() - way.limit;
            let last = ways
                .iter()
                .max_by(|a, b| late(a).total_cmp(&late(b)))
                .unwrap_or(first);
            format!(
                "{} ended {} after the deadline of {limit}{hedge}",
                capital(last.name),
                duration(late(&last).max(0.0)),
            )
        }
        ([], _) => {
            format!("At the deadline of {limit} the server stops{hedge}")
        }
        (_, []) => format!("{works} after the deadline{hedge}"),
        ([only], [_, _, ..]) => format!("{works} after {}{hedge}", only.name),
        (_, [only, ..]) => {
            format!("{works}, except after {}{hedge}", only.name)
        }
    })
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
        let ended = format!("{name}: over after {}", in_a_formula(over));
        lines.push(match way.name {
            "polling" => format!(
                "{ended}. It looked {LOOKS:.0} times, with a sleep before \
                 each. The sleep was to last {}; sleep and look took {}.",
                duration(way.limit / LOOKS),
                duration(over / LOOKS),
            ),
            _ => format!(
                "{ended}, {} beyond the limit: it waits for the clock and \
                 counts no sleeps.",
                duration((over - way.limit).max(0.0)),
            ),
        });
    }
    for way in &ways {
        let Some(busy) = way.cell.get(Quantity::ServerBusy) else { continue };
        let name = capital(way.name);
        let busy = in_a_formula(busy);
        lines.push(match way.worked_on() {
            Some(true) => format!(
                "{name}: the server is busy for the longest wait, {}, though \
                 nobody waits for it any more; measured {busy}.",
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
