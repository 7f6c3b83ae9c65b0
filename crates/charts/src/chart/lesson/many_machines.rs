//! Lesson 12: what becomes of the jobs that a dead worker had in its hands.

use measurement::course::formula::{handed_out_again, waves};
use measurement::course::{Quantity, lesson};
use measurement::lanes::assign;
use measurement::machines::Machines;
use measurement::record::Act;
use measurement::summary::Summary;
use measurement::ways::{self, label};

use super::guess::{lanes, widened};
use super::measured::{Cell, S, cells, hedge, medians};
use super::told::{Drawing, Guess, Run, Told};
use crate::error::ChartError;
use crate::finding::fitting;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::picked::{Picked, picked};
use crate::plot::{At, Axis, Height, Layer, Note, Panel, Side};
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

/// Who works in the lesson's cells of this way.
fn machines(way: &str) -> Option<Machines> {
    let cells = lesson(12)?.cells.iter();
    cells.filter(|cell| cell.strategy == way).find_map(|cell| cell.machines)
}

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

/// What is told apart here is who dies, and what is said when.
fn name(way: &str) -> &str {
    if way == OWN { "one worker dies" } else { label(way) }
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

/// A request as the server had it, in seconds.
struct Request {
    worker: usize,
    from: f64,
    to: f64,
    ping: usize,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
enum Kind {
    First,
    Again,
    CutOff,
}

/// A trial as it is drawn.
struct Seen<'a> {
    own: Picked<'a>,
    workers: usize,
    tasks: usize,
    requests: Vec<Request>,
    killed: Option<f64>,
}

impl<'a> Seen<'a> {
    fn of(own: &Picked<'a>) -> Option<Seen<'a>> {
        let shared = own.measured.shared.as_ref()?;
        let Machines { workers, tasks, .. } = machines(&own.row.strategy)?;
        let samples = &own.measured.samples;
        let flights = samples.flights();
        let moment = |ns: i64| ns.max(0) as f64 * S;
        let each = shared.worker.iter().zip(&shared.deliveries).enumerate();
        let done = each.filter_map(|(ping, (worker, deliveries))| {
            let flight = flights.get(ping)?;
            let held = samples.received_ns.get(ping)?.zip(samples.sent_ns[ping]);
            let (from, to) = match held {
                Some((from, to)) => (moment(from), moment(to)),
                // Where no clock is common, as the client heard of it.
                None => (flight.0 as f64 * S, flight.1 as f64 * S),
            };
            let again = (*deliveries)? > 1;
            let kind = if again { Kind::Again } else { Kind::First };
            let worker = usize::try_from((*worker)?).ok()?;
            Some(Request { worker, from, to, ping, kind })
        });
        let cut_off = shared.cut_off.iter().map(|own| Request {
            worker: 0,
            from: moment(own.received_ns),
            to: moment(own.gone_ns),
            ping: usize::try_from(own.ping).unwrap_or(usize::MAX),
            kind: Kind::CutOff,
        });
        Some(Seen {
            own: *own,
            workers: workers as usize,
            tasks: tasks as usize,
            requests: done.chain(cut_off).collect(),
            killed: shared.killed_ns.map(|ns| ns as f64 * S),
        })
    }

    fn count(&self, kind: &Kind) -> usize {
        self.requests.iter().filter(|own| own.kind == *kind).count()
    }

    fn results(&self) -> usize {
        self.requests.len() - self.count(&Kind::CutOff)
    }

    fn way(&self) -> &str {
        &self.own.row.strategy
    }
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
        Item::new(Sample::Formula, "N, and N + h (F12)"),
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
        Quantity::Lost => (n - guess.value).max(0.0),
        _ => guess.value,
    };
    let most = seen.iter().map(came).fold(n, f64::max);
    let most = widened(most, guesses.iter().map(length));
    let names: Vec<String> =
        seen.iter().map(|own| name(own.way()).to_owned()).collect();
    let x = Scale::new(Steps::Linear, [1.5 * most], (0.0, 1.0));
    let x = Axis::up_to(most, "", x, "");
    let mut panel =
        Panel::new(x, Axis::rows(&names), Height::Rows(seen.len(), 2));
    panel.title = "Requests at the server".to_owned();
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
        let text = format!("{requests} requests, {results} results");
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

/// A row for each worker, and in it a lane for each job in its hands.
fn timeline(run: &Run<'_>, seen: &Seen<'_>, most: f64) -> Panel {
    let mut names: Vec<String> =
        (1..=seen.workers).map(|number| format!("worker {number}")).collect();
    let guesses: Vec<Guess> =
        run.guesses(seen.way(), Quantity::Makespan).collect();
    if !guesses.is_empty() {
        names.push("you".to_owned());
    }
    let x = Axis::round("", Scale::new(Steps::Linear, [most], (0.0, 1.0)), " s");
    let height = Height::Rows(names.len(), 2);
    let mut panel = Panel::new(x, Axis::rows(&names), height);
    panel.title = title(seen);
    for worker in 0..seen.workers {
        jobs(&mut panel, seen, worker);
    }
    if let Some(killed) = seen.killed {
        let (top, bottom) = ((killed, 0.0), (killed, seen.workers as f64));
        panel.layers.push(Layer::rule(top, bottom));
        let text = format!("worker 1 killed after {}", duration(killed / S));
        let note = Note::needed(text, (killed, 0.5));
        panel.notes.push(note.rather(Side::Right));
    }
    for guess in guesses {
        let lane = (seen.workers as f64 + 0.2, seen.workers as f64 + 0.8);
        guess.bar("all done", &mut panel, guess.value * S, lane);
    }
    panel
}

fn title(seen: &Seen<'_>) -> String {
    let (again, gone) = (seen.count(&Kind::Again), seen.count(&Kind::CutOff));
    let name = capital(name(seen.way()));
    match (gone, again) {
        (0, _) => name,
        (gone, 0) => format!("{name}: {gone} jobs cut off, and never done"),
        (gone, again) => {
            format!("{name}: {gone} jobs cut off, {again} handed out again")
        }
    }
}

/// The bars of one worker.
fn jobs(panel: &mut Panel, seen: &Seen<'_>, worker: usize) {
    let own: Vec<&Request> =
        seen.requests.iter().filter(|own| own.worker == worker).collect();
    let ns = |s: f64| (s / S).max(0.0) as u64;
    let spans: Vec<(u64, u64)> =
        own.iter().map(|own| (ns(own.from), ns(own.to))).collect();
    let assigned = assign(&spans);
    let used = assigned.iter().max().map_or(0, |lane| lane + 1);
    let high = 0.84 / used.max(seen.tasks) as f64;
    for (request, lane) in own.into_iter().zip(assigned) {
        let top = worker as f64 + 0.08 + lane as f64 * high;
        let from: At = (request.from, top + 0.08 * high);
        let to: At = (request.to, top + 0.92 * high);
        let took = duration((request.to - request.from) / S);
        let said = format!("job {}, worker {}", request.ping, worker + 1);
        panel.layers.push(match request.kind {
            Kind::First => {
                let hover = format!("{said}: {took}");
                Layer::Bar { from, to, paint: Paint::Other, hover }
            }
            Kind::Again => {
                let hover = format!("{said}, handed out again: {took}");
                Layer::Bar { from, to, paint: Paint::Ink, hover }
            }
            Kind::CutOff => {
                let hover = format!("{said}: cut off after {took}");
                Layer::Hollow { from, to, paint: Paint::Ink, hover }
            }
        });
    }
}
