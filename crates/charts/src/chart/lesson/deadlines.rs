//! Lesson 7: what is over at a deadline, and what a deadline leaves behind.

use measurement::course::Quantity;
use measurement::record::Act;
use measurement::summary::Summary;
use measurement::ways;
use measurement::witness::End;

use super::guess::widened;
use super::measured::{Cell, S, cells, hedge, medians};
use super::told::{Drawing, Run, Told};
use crate::error::ChartError;
use crate::finding::fitting;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::picked::{Picked, picked};
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{capital, duration, from_to, in_a_formula};
use crate::scale::{Scale, Steps};
use crate::strategy::label;

pub(super) const TOLD: Told = Told {
    lesson: ways::DEADLINES.id,
    finding,
    explain,
    draw,
    look_for: "Look at what the server does after the deadline. Hollow is work \
               for nobody; only where a task is dropped does it see that its \
               client has gone.",
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
    let after = || on.iter().filter_map(|way| way.after());
    let longest = after().fold(0.0, f64::max);
    let shortest = after().fold(longest, f64::min);
    let used: Vec<Cell<'_>> = ways.iter().map(|way| way.cell).collect();
    let hedge = hedge(&used);
    let limit = duration(first.limit);
    let time = from_to(&duration(shortest), &duration(longest));
    let works = format!("The server works {time} for nobody");
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
        (_, [only, ..]) => fitting([
            format!("{works}, except with {}{hedge}", only.name),
            format!("{time} for nobody, except with {}{hedge}", only.name),
        ]),
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

/// The slowest ping in each way, at both ends: the client's bar over the
/// server's.
fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let batch = run.summary.of_act(Act::Lesson).next();
    let batch = batch.ok_or(ChartError::NothingMeasured)?;
    let rows = picked(batch, run.trials, 4, |_| true)?;
    let waits = batch.waits.of(batch.requests);
    let slowest = (0..).zip(&waits).max_by_key(|(_, wait)| **wait);
    let (ping, wait) = slowest.ok_or(ChartError::NothingMeasured)?;
    let slowest: Vec<Slowest<'_>> =
        rows.iter().filter_map(|own| Slowest::of(own, ping)).collect();
    if slowest.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    let ends = slowest.iter().flat_map(|own| [own.client.1, own.server.1]);
    let longest = ends.fold(0.0, f64::max);
    let guesses = run.guesses.iter().map(|guess| guess.value * S);
    // Room for a number behind the longest bar.
    let most = 1.25 * widened(longest, guesses);
    let limit = batch.limit_ns.map(|limit| limit as f64 * S);
    let mut key = vec![
        Item::new(Sample::InFlight, "the client waits"),
        Item::new(Sample::Served, "the server works on it"),
        Item::new(Sample::ForNobody, "for nobody any more"),
    ];
    if let Some(limit) = limit {
        let text = format!("deadline, {}", duration(limit / S));
        key.push(Item::new(Sample::Rule, text));
    }
    let panel = panel(run, &slowest, most, limit);
    let subtitle = format!(
        "The slowest of {} pings at once, for which the server works {}; the \
         others are done by the deadline. {}",
        batch.requests,
        duration(*wait as f64),
        medians(&cells(run.summary, &rows[0].row.strategy)),
    );
    Ok(run.drawing(vec![panel], false, key, subtitle))
}

/// From when to when somebody had the ping, in seconds.
struct Slowest<'a> {
    own: &'a Picked<'a>,
    client: (f64, f64),
    answered: bool,
    server: (f64, f64),
    gone: bool,
}

impl<'a> Slowest<'a> {
    fn of(own: &'a Picked<'a>, ping: usize) -> Option<Slowest<'a>> {
        let samples = &own.measured.samples;
        let (from, to) = *samples.flights().get(ping)?;
        // Two clocks of one machine agree to within microseconds, so the
        // server may have it a hair before the trial's clock began.
        let moment = |ns: Option<i64>| Some(ns?.max(0) as f64 * S);
        let received = moment(*samples.received_ns.get(ping)?);
        let sent = moment(*samples.sent_ns.get(ping)?);
        let server = received.zip(sent).filter(|(from, to)| from <= to);
        Some(Slowest {
            own,
            client: (from as f64 * S, to as f64 * S),
            answered: samples.status.get(ping)?.is_some(),
            server: server.unwrap_or_default(),
            gone: samples.ended.get(ping) == Some(&Some(End::Aborted)),
        })
    }
}

/// Of a row, what the client's bar takes, what the server's, and what a
/// prediction.
const CLIENT: (f64, f64) = (0.06, 0.35);
const SERVER: (f64, f64) = (0.38, 0.67);
const GUESS: (f64, f64) = (0.72, 0.94);

fn panel(
    run: &Run<'_>,
    slowest: &[Slowest<'_>],
    most: f64,
    limit: Option<f64>,
) -> Panel {
    let strategy = |own: &Slowest<'_>| own.own.row.strategy.clone();
    let names: Vec<String> =
        slowest.iter().map(|own| label(&strategy(own)).to_owned()).collect();
    let x = Scale::new(Steps::Linear, [most], (0.0, 1.0));
    let x = Axis::round("seconds since the start", x, " s");
    let height = Height::Rows(names.len(), 4);
    let mut panel = Panel::new(x, Axis::rows(&names), height);
    for (row, own) in (0_u32..).zip(slowest) {
        let row = f64::from(row);
        let of = |(upper, lower): (f64, f64), (from, to): (f64, f64)| {
            ((from, row + upper), (to, row + lower))
        };
        let name = strategy(own);
        let (from, to) = of(CLIENT, own.client);
        let paint = Paint::of_strategy(&name);
        let waited = duration((own.client.1 - own.client.0) / S);
        let hover = format!("{}: the client waits {waited}", ways::name(&name));
        panel.layers.push(Layer::Bar { from, to, paint, hover });
        let end = if own.answered { "has its answer" } else { "gives up" };
        let over = own.own.row.makespan_ns.as_ref().map(|own| own.median);
        let over = over.unwrap_or(own.client.1 / S);
        let text = format!("{end} after {}", duration(over));
        let middle = row + (CLIENT.0 + CLIENT.1) / 2.0;
        let note = Note::needed(text, (own.client.1, middle));
        panel.notes.push(note.rather(Side::Right));
        own.draw_server(&mut panel, row);
        for guess in run.guesses.iter().filter(|own| own.is_of(&name)) {
            let lane = (row + GUESS.0, row + GUESS.1);
            let of = match guess.ask.quantity {
                Quantity::ServerBusy => "server busy",
                _ => "gives up",
            };
            guess.bar(of, &mut panel, guess.value * S, lane);
        }
    }
    if let Some(limit) = limit {
        let to = (limit, slowest.len() as f64);
        panel.layers.push(Layer::rule((limit, 0.0), to));
    }
    panel
}

impl Slowest<'_> {
    /// What the server does for somebody, and what for nobody.
    fn draw_server(&self, panel: &mut Panel, row: f64) {
        let (received, sent) = self.server;
        let left = self.client.1;
        let (upper, lower) = (row + SERVER.0, row + SERVER.1);
        let middle = (upper + lower) / 2.0;
        let waited = sent.min(left.max(received));
        panel.layers.push(Layer::Bar {
            from: (received, upper),
            to: (waited, lower),
            paint: Paint::Muted,
            hover: format!(
                "the server works {}",
                duration((sent - received) / S)
            ),
        });
        let alone = sent - waited;
        if alone > 0.0 && !self.answered {
            panel.layers.push(Layer::Hollow {
                from: (waited, upper),
                to: (sent, lower),
                paint: Paint::Muted,
                hover: format!("for nobody: {}", duration(alone / S)),
            });
        }
        if self.gone {
            let text = "sees it go, stops";
            let note = Note::needed(text, (sent, middle));
            panel.notes.push(note.rather(Side::Right));
        } else if alone > 0.1 * left {
            let text = format!("work for nobody, {}", duration(alone / S));
            let at = ((waited + sent) / 2.0, middle);
            panel.notes.push(Note::number(text, at).rather(Side::Over));
        }
    }
}
