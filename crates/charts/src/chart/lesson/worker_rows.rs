//! Who did which job when, of a batch that workers share over a queue: a row
//! for each worker, and in it a lane for each job in its hands.

use measurement::course::{Quantity, lesson};
use measurement::lanes::assign;
use measurement::machines::Machines;
use measurement::ways::{self, label};

use super::measured::S;
use super::told::{Guess, Run};
use crate::palette::Paint;
use crate::picked::Picked;
use crate::plot::{At, Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{capital, duration};
use crate::scale::{Scale, Steps};

/// Who works in the lesson's cells of this way.
pub(super) fn machines(way: &str) -> Option<Machines> {
    let cells = lesson(12)?.cells.iter();
    cells.filter(|cell| cell.strategy == way).find_map(|cell| cell.machines)
}

/// What is told apart here is who dies, and what is said when.
pub(super) fn name(way: &str) -> &str {
    if way == ways::MANY_MACHINES.id { "one worker dies" } else { label(way) }
}

/// A request as the server had it, in seconds.
pub(super) struct Request {
    worker: usize,
    from: f64,
    pub(super) to: f64,
    ping: usize,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
pub(super) enum Kind {
    First,
    Again,
    CutOff,
}

/// A trial as it is drawn.
pub(super) struct Seen<'a> {
    pub(super) own: Picked<'a>,
    pub(super) workers: usize,
    pub(super) tasks: usize,
    pub(super) requests: Vec<Request>,
    killed: Option<f64>,
    /// When what the dead worker had is handed out again, by F12.
    again: Option<f64>,
}

impl<'a> Seen<'a> {
    pub(super) fn of(own: &Picked<'a>) -> Option<Seen<'a>> {
        let shared = own.measured.shared.as_ref()?;
        let Machines { workers, tasks, ack_wait_ns, ack_first, .. } =
            machines(&own.row.strategy)?;
        let samples = &own.measured.samples;
        let flights = samples.flights();
        let moment = |ns: i64| ns.max(0) as f64 * S;
        let each = shared.worker.iter().zip(&shared.deliveries).enumerate();
        let done = each.filter_map(|(ping, (worker, deliveries))| {
            let flight = flights.get(ping)?;
            let held =
                samples.received_ns.get(ping)?.zip(samples.sent_ns[ping]);
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
        let cut_off: Vec<Request> = cut_off.collect();
        let handed_out = cut_off.iter().map(|own| own.from).reduce(f64::min);
        let waits = !ack_first;
        let again =
            handed_out.filter(|_| waits).map(|at| at + ack_wait_ns as f64 * S);
        Some(Seen {
            again,
            own: *own,
            workers: workers as usize,
            tasks: tasks as usize,
            requests: done.chain(cut_off).collect(),
            killed: shared.killed_ns.map(|ns| ns as f64 * S),
        })
    }

    pub(super) fn count(&self, kind: &Kind) -> usize {
        self.requests.iter().filter(|own| own.kind == *kind).count()
    }

    pub(super) fn results(&self) -> usize {
        self.requests.len() - self.count(&Kind::CutOff)
    }

    pub(super) fn way(&self) -> &str {
        &self.own.row.strategy
    }
}

/// A row for each worker, and in it a lane for each job in its hands.
pub(super) fn timeline(run: &Run<'_>, seen: &Seen<'_>, most: f64) -> Panel {
    let mut names: Vec<String> =
        (1..=seen.workers).map(|number| format!("worker {number}")).collect();
    let guesses: Vec<Guess> =
        run.guesses(seen.way(), Quantity::Makespan).collect();
    if !guesses.is_empty() {
        names.push("you".to_owned());
    }
    let x =
        Axis::round("", Scale::new(Steps::Linear, [most], (0.0, 1.0)), " s");
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
    if let Some(again) = seen.again {
        let ends = vec![(again, 0.0), (again, seen.workers as f64)];
        panel.layers.push(Layer::formula(ends, Paint::Ink));
        let wait = machines(seen.way()).map_or(0, |own| own.ack_wait_ns);
        let text = format!("ack wait of {} over", duration(wait as f64));
        let note = Note::new(text, (again, seen.workers as f64 - 0.5));
        panel.notes.push(note.rather(Side::Left));
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
