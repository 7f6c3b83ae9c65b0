//! Lesson 12: what becomes of the jobs that a dead worker had in its hands.

use measurement::course::Quantity;
use measurement::course::formula::{handed_out_again, waves};
use measurement::machines::Machines;
use measurement::record::Act;
use measurement::summary::Summary;
use measurement::ways;

use super::guess::{lanes, widened};
use super::measured::{Cell, S, cells, hedge, medians};
use super::told::{Drawing, Guess, Run, Told};
use super::worker_rows::{Seen, machines, name, timeline};
use crate::error::ChartError;
use crate::finding::fitting;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::picked::picked;
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{capital, count, duration, in_a_formula, plural, whole};
use crate::scale::{Scale, Steps};

pub(super) const TOLD: Told = Told {
    lesson: OWN,
    finding,
    explain,
    draw,
    look_for: "Look at what is hollow: requests in the hands of a worker that \
               is killed. Where jobs are acknowledged when they are done, \
               each of them comes a second time, dark, when the ack wait is \
               over. Where they are acknowledged first, none comes back, and \
               the queue is empty all the same.",
};

const OWN: &str = ways::MANY_MACHINES.id;
const ALIVE: &str = ways::NOBODY_DIES.id;
const ACK_FIRST: &str = ways::ACK_FIRST.id;

fn requests(cell: &Cell<'_>) -> Option<f64> {
    Some(cell.row.requests_seen.as_ref()?.median)
}

/// Jobs that were handed out again, and jobs without a result.
fn again(cell: &Cell<'_>) -> Option<f64> {
    Some(cell.row.again.as_ref()?.median)
}

fn lost(cell: &Cell<'_>) -> Option<f64> {
    Some(cell.row.lost.as_ref()?.median)
}

fn one<'a>(summary: &'a Summary, way: &str) -> Option<Cell<'a>> {
    cells(summary, way).first().copied()
}

fn finding(summary: &Summary) -> Option<String> {
    let own = one(summary, OWN);
    let first = one(summary, ACK_FIRST);
    if let (Some(own), Some(first)) = (own, first)
        && let (Some(again), Some(0.0), Some(gone)) =
            (again(&own), lost(&own), lost(&first))
        && again > 0.0
        && gone > 0.0
    {
        let hedge = hedge(&[own, first]);
        let (again, gone) = (whole(again), whole(gone));
        return Some(fitting([
            format!(
                "Ack last: a dead worker's {again} jobs are done again. Ack \
                 first: {gone} are lost{hedge}"
            ),
            format!(
                "A dead worker's jobs: ack last, {again} done again; ack \
                 first, {gone} lost{hedge}"
            ),
        ]));
    }
    let cell = own.or(first).or_else(|| one(summary, ALIVE))?;
    let (jobs, missing) = (cell.batch.requests, lost(&cell)?);
    Some(format!(
        "{}: {} requests for {}, {} results{}",
        capital(name(&cell.row.strategy)),
        whole(requests(&cell)?),
        plural(jobs, "job"),
        whole(cell.n() - missing),
        hedge(&[cell])
    ))
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    for way in [OWN, ACK_FIRST] {
        let Some((cell, machines)) = one(summary, way).zip(machines(way))
        else {
            continue;
        };
        let n = cell.batch.requests;
        let seen = whole(requests(&cell)?);
        let (again, gone) = (machines.again(), lost(&cell)?);
        lines.push(match machines.ack_first {
            false => format!(
                "F12, N ≤ requests ≤ N + h, where h is what the dead worker \
                 had in its hands: {n} ≤ {seen} ≤ {n} + {again}; results: {} \
                 of {n}.",
                whole(cell.n() - gone)
            ),
            true => format!(
                "With the ack first there are {seen} requests, and {} of {n} \
                 results: the queue has forgotten the others.",
                whole(cell.n() - gone)
            ),
        });
    }
    let alive = one(summary, ALIVE);
    if let (Some(alive), Some(own)) = (alive, one(summary, OWN))
        && let Some(Machines { ack_wait_ns, killed_at: Some(k), .. }) =
            machines(OWN)
    {
        let (n, c) = (alive.batch.requests, alive.batch.concurrency);
        let each = alive.makespan() / waves(n, c, 1.0);
        let wait = ack_wait_ns as f64;
        let over = handed_out_again(k, c, wait, each);
        lines.push(format!(
            "F12, T = t + A + (L + o): handed out after {}, again after {} \
             more, done in {}: {}; measured {}. With nobody dead it was {}.",
            in_a_formula(over - wait - each),
            in_a_formula(wait),
            in_a_formula(each),
            in_a_formula(over),
            in_a_formula(own.makespan()),
            in_a_formula(alive.makespan()),
        ));
    }
    (!lines.is_empty()).then_some(lines)
}

/// How many requests and results there were, and below it who did what when.
fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let batch = run.summary.of_act(Act::Lesson).next();
    let batch = batch.ok_or(ChartError::NothingMeasured)?;
    let ours = [ALIVE, OWN, ACK_FIRST];
    let rows = picked(batch, run.trials, ours.len(), |row| {
        ours.contains(&row.strategy.as_str())
    })?;
    let seen: Vec<Seen<'_>> = rows.iter().filter_map(Seen::of).collect();
    let first = seen.first().ok_or(ChartError::NothingMeasured)?;
    let ends = seen.iter().flat_map(|own| &own.requests).map(|own| own.to);
    let guesses = run.all_guesses(Quantity::Makespan);
    let guesses = guesses.iter().map(|guess| guess.value * S);
    // Room for a note behind the last bar.
    let most = 1.12 * widened(ends.fold(0.0, f64::max), guesses);
    let mut panels = vec![totals(run, &seen, batch.requests)];
    panels.extend(seen.iter().map(|own| timeline(run, own, most)));
    let key = vec![
        Item::new(Sample::InFlight, "a job, with its result"),
        Item::new(Sample::Failed, "cut off with its worker"),
        Item::new(Sample::Extra, "handed out again"),
        Item::new(Sample::Formula, "what F12 says"),
    ];
    let subtitle = format!(
        "{} jobs over a queue, {} workers with {} each; the server waits {} \
         before each answer. {}",
        capital(&count(batch.requests)),
        count(first.workers),
        plural(first.tasks, "job"),
        duration(batch.waits.list().first().copied().unwrap_or(0) as f64),
        medians(&cells(run.summary, first.way())),
    );
    Ok(run.drawing(panels, true, key, subtitle))
}

/// A bar for all requests of each: solid as far as there are results.
fn totals(run: &Run<'_>, seen: &[Seen<'_>], jobs: usize) -> Panel {
    let n = jobs as f64;
    let came = |own: &Seen<'_>| own.own.measured.server.requests as f64;
    let guesses: Vec<Guess> = [Quantity::Requests, Quantity::Lost]
        .into_iter()
        .flat_map(|quantity| run.all_guesses(quantity))
        .collect();
    // What is predicted to be lost leaves so many results.
    let length = |guess: &Guess| match guess.ask.quantity {
        Quantity::Lost if guess.value <= n => n - guess.value,
        _ => guess.value,
    };
    let most = seen.iter().map(came).fold(n, f64::max);
    let most = widened(most, guesses.iter().map(length));
    let names: Vec<String> =
        seen.iter().map(|own| name(own.way()).to_owned()).collect();
    let x = Scale::new(Steps::Linear, [1.7 * most], (0.0, 1.0));
    let x = Axis::up_to(most, "", x, "");
    let mut panel =
        Panel::new(x, Axis::rows(&names), Height::Rows(seen.len(), 2));
    panel.title = "Requests at the server, and results".to_owned();
    for (row, own) in (0_u32..).zip(seen) {
        let (requests, results) = (came(own), own.results() as f64);
        let asked = |guess: &Guess| guess.is_of(own.way());
        let [(upper, lower), lane] = lanes(row, &guesses, asked);
        let hover = format!(
            "{}: {requests} requests, {results} results",
            ways::name(own.way())
        );
        let (from, to) = ((0.0, upper), (results.min(requests), lower));
        let paint = Paint::Other;
        panel.layers.push(Layer::Bar { from, to, paint, hover: hover.clone() });
        if requests > results {
            let (from, to) = ((results, upper), (requests, lower));
            panel.layers.push(Layer::Hollow { from, to, paint, hover });
        }
        let may = machines(own.way()).map_or(0, |own| own.again()) as f64;
        for limit in [n, n + may] {
            let ends = vec![(limit, upper - 0.05), (limit, lower + 0.05)];
            panel.layers.push(Layer::formula(ends, Paint::Ink));
        }
        let text = format!("{requests}, {results} results");
        let at = (requests.max(n + may), f64::midpoint(upper, lower));
        panel.notes.push(Note::number(text, at).rather(Side::Along));
        for guess in guesses.iter().filter(|guess| asked(guess)) {
            let of = match guess.ask.quantity {
                Quantity::Lost => "lost",
                _ => "requests",
            };
            guess.bar(of, &mut panel, length(guess), lane);
        }
    }
    panel
}
