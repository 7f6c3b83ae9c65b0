//! One client of the data port: a request, its answer, the next request.

mod play;
mod serve;

use std::io;

use measurement::MILLISECOND;
use mio::event::Event;

use crate::answer::{self, Content, Persistence};
use crate::body::Lines;
use crate::capacity::Place;
use crate::desk::Desk;
use crate::gate::{GATE_PATIENCE, Passage};
use crate::link::{Fill, Link};
use crate::order::{Order, Wait};
use crate::request::{Head, Malformed};
use crate::script::Script;
use crate::tally::{Arrival, Lane, Ticket};

/// After so many steps the others have their turn. A request takes two or
/// three.
const STEPS_PER_TURN: usize = 64;

/// A connection that we close while its client still sends is read on for
/// this many bytes or nanoseconds: closing it at once would reset it, and the
/// client might lose the answer that tells it why.
const FAREWELL_BYTES: usize = 1024 * 1024;
const FAREWELL_PATIENCE: u64 = 1_000 * MILLISECOND;

/// When it is first looked again whether a client that closed its side still
/// listens, and how long at most until the next look, each after twice the time.
const FIRST_LOOK: u64 = MILLISECOND;
const LAST_LOOK: u64 = 1_000 * MILLISECOND;

pub(crate) struct Connection {
    link: Link,
    slot: usize,
    lane: Lane,
    state: State,
    /// What is left of an answer that goes wrong.
    script: Script,
    /// Requests so far.
    requests: u64,
    /// When the last one left flight.
    left_ns: u64,
    /// When it is looked again whether the client still listens, and how long
    /// until the look after that.
    look: Option<u64>,
    until_next_look: u64,
}

/// Where a connection is in the life of a request. Only in `Reading`,
/// `Discarding` and `Leaving` is anything read, so that a client that sends
/// while it should wait fills its own buffers and not ours.
#[derive(Clone, Copy)]
enum State {
    /// A head is on its way, or nothing is.
    Reading,
    /// The body is on its way, and nobody wants it.
    Discarding { job: Job, left: u64 },
    /// Others are served first.
    Queued(Job),
    /// The time of the answer has not come.
    Waiting(Job),
    /// It has.
    Due(Job),
    /// The answer is being written.
    Answering { job: Job, rest: Lines },
    /// An answer goes wrong, step by step.
    Playing(Job),
    /// The time of its next step has not come.
    Pausing { job: Job, until: u64 },
    /// The answer is written, and the client may still be sending.
    Leaving { until: u64, left: usize },
}

/// A request under way.
#[derive(Clone, Copy)]
struct Job {
    order: Order,
    /// Its number.
    seq: u64,
    /// None for what was no request.
    ticket: Option<Ticket>,
    /// What it holds while it is served.
    place: Option<Place>,
    /// When it is answered at the latest.
    due: u64,
    body_bytes: usize,
}

impl Job {
    fn new(order: Order, seq: u64, ticket: Option<Ticket>, due: u64) -> Job {
        Job { order, seq, ticket, place: None, due, body_bytes: 0 }
    }

    /// It leaves flight: what is left of its answer is about to be written, or
    /// there is nobody left to write it to.
    fn leave(&self, desk: &mut Desk) -> u64 {
        let now = desk.tick();
        if let Some(ticket) = self.ticket {
            desk.tally.leave(ticket, self.order.answer.status, now);
        }
        now
    }
}

/// What a step came to.
enum Step {
    /// There may be more to do.
    On,
    /// Nothing more to do until something happens.
    Blocked,
    /// The connection has come to its end.
    Over,
}

/// What a connection needs next.
#[derive(Clone, Copy)]
pub(crate) enum Next {
    /// An event, a deadline or a gate.
    Rest,
    /// Another turn, soon.
    Again,
    /// To be closed.
    Close,
}

impl Connection {
    pub(crate) fn new(link: Link, slot: usize) -> Self {
        Self {
            link,
            slot,
            lane: Lane::default(),
            state: State::Reading,
            script: Script::default(),
            requests: 0,
            left_ns: 0,
            look: None,
            until_next_look: FIRST_LOOK,
        }
    }

    pub(crate) fn note(&mut self, event: &Event) {
        self.link.note(event);
    }

    /// Does all that can be done now.
    pub(crate) fn advance(&mut self, desk: &mut Desk) -> Next {
        for _ in 0..STEPS_PER_TURN {
            match self.step(desk) {
                Ok(Step::On) => {}
                Ok(Step::Blocked) => return Next::Rest,
                // An error here is a client that is gone.
                Ok(Step::Over) | Err(_) => {
                    self.end(desk);
                    return Next::Close;
                }
            }
        }
        Next::Again
    }

    fn step(&mut self, desk: &mut Desk) -> io::Result<Step> {
        match self.state {
            State::Reading => self.read_head(desk),
            State::Discarding { job, left } => self.discard(job, left, desk),
            State::Queued(_) | State::Waiting(_) | State::Pausing { .. } => {
                let over = self.link.has_ended() && self.is_left(desk);
                Ok(if over { Step::Over } else { Step::Blocked })
            }
            State::Playing(job) => self.play(job, desk),
            State::Due(job) => self.answer(job, desk),
            State::Answering { job, rest } => self.write(job, rest, desk),
            State::Leaving { until, left } => self.linger(until, left, desk),
        }
    }

    fn read(&mut self, desk: &mut Desk) -> io::Result<Step> {
        Ok(match self.link.fill(&mut desk.scratch)? {
            Fill::More => Step::On,
            Fill::NotYet => Step::Blocked,
            Fill::Ended => Step::Over,
        })
    }

    fn read_head(&mut self, desk: &mut Desk) -> io::Result<Step> {
        if self.link.unread().is_empty() {
            return self.read(desk);
        }
        match Head::parse(self.link.unread()) {
            Ok(Some(head)) => self.begin(&head, desk),
            Ok(None) => self.read(desk),
            Err(malformed) => self.refuse(malformed, desk),
        }
    }

    fn refuse(
        &mut self,
        malformed: Malformed,
        desk: &mut Desk,
    ) -> io::Result<Step> {
        desk.tally.malformed();
        let order = Order::refusal(malformed.status());
        self.answer(Job::new(order, 0, None, desk.now), desk)
    }

    /// A head has arrived.
    fn begin(&mut self, head: &Head, desk: &mut Desk) -> io::Result<Step> {
        let now = desk.tick();
        let seq = head.target.seq.unwrap_or(desk.tally.arrivals());
        let attempt = desk.attempts(head.target.seq);
        let mut order = Order::of(head, (seq, attempt), &desk.plan);
        self.requests += 1;
        let most = desk.plan.requests_per_connection;
        if most.is_some_and(|most| self.requests >= most) {
            order.answer.connection = Persistence::Close;
        }
        let wait = match order.wait {
            Wait::For(wait) => wait,
            Wait::Gate(_) => 0,
        };
        // Who sends before it was answered is taken one at a time: what was
        // behind another on its connection arrives when that one has left.
        let (at, pipelined) = match self.link.news() {
            Some(news) => (desk.arrived(news), false),
            None => (now, true),
        };
        let pipelined = pipelined || at < self.left_ns;
        let arrival = Arrival {
            at: at.max(self.left_ns),
            pipelined,
            seq,
            by_arrival: head.target.seq.is_none(),
            wait,
            status: order.answer.status,
            fault: order.fault,
        };
        let ticket = Some(desk.tally.arrive(&mut self.lane, &arrival));
        let due = now.saturating_add(wait);
        let job = Job::new(order, seq, ticket, due);

        self.link.consume(head.length);
        match head.body {
            Some(left) if left > 0 && !order.refuses_body => {
                // Those who send the body without being told to are not told.
                if head.expects_continue && self.link.unread().is_empty() {
                    let go_on = b"HTTP/1.1 100 Continue\r\n\r\n";
                    self.link.output().extend_from_slice(go_on);
                }
                self.state = State::Discarding { job, left };
                Ok(Step::On)
            }
            _ => self.admit(job, desk),
        }
    }

    fn discard(
        &mut self,
        job: Job,
        left: u64,
        desk: &mut Desk,
    ) -> io::Result<Step> {
        // Only ever the "100 Continue"; what does not fit goes out with the
        // answer.
        self.link.flush()?;
        let length = left.min(self.link.unread().len() as u64);
        self.link.consume(length as usize);
        let left = left - length;
        if left == 0 {
            // The head may be old by now, and with it the time.
            desk.tick();
            return self.admit(job, desk);
        }
        self.state = State::Discarding { job, left };
        self.read(desk)
    }

    /// The whole request is here: answer it, or let it wait.
    fn admit(&mut self, mut job: Job, desk: &mut Desk) -> io::Result<Step> {
        let Wait::Gate(size) = job.order.wait else {
            return self.serve(job, desk);
        };
        match desk.gates.enter(size, self.slot) {
            Passage::Open(waited) => desk.released.extend(waited),
            Passage::Closed => job.due = desk.now + GATE_PATIENCE,
        }
        self.hold(job, desk)
    }

    /// Its deadline has come and is taken off the list.
    pub(crate) fn time_is_up(&mut self, desk: &mut Desk) -> Next {
        match self.state {
            State::Waiting(mut job) => {
                if let Wait::Gate(size) = job.order.wait {
                    desk.gates.leave(size, self.slot);
                    job.order.answer.status = 504;
                    job.order.answer.content = Content::Phrase;
                }
                self.state = State::Due(job);
            }
            State::Pausing { job, .. } => self.state = State::Playing(job),
            State::Leaving { until, .. } => {
                self.state = State::Leaving { until, left: 0 };
            }
            _ => {}
        }
        self.advance(desk)
    }

    /// The gate or the queue has let it pass.
    pub(crate) fn pass(&mut self, desk: &mut Desk) -> Next {
        if let State::Waiting(job) = self.state {
            desk.deadlines.remove(job.due, self.slot);
            self.state = State::Due(job);
        } else if let State::Queued(job) = self.state {
            self.next_in_line(job, desk);
        }
        self.advance(desk)
    }

    /// The request leaves flight here, before its answer is written:
    /// otherwise the client's next request might be seen before the end of
    /// this one, and the peak would be one too high.
    fn answer(&mut self, mut job: Job, desk: &mut Desk) -> io::Result<Step> {
        Self::give_back(&mut job, desk);
        if let Some(fault) = job.order.fault {
            self.script = Script::of(fault, &job.order.answer, job.seq);
            return self.play(job, desk);
        }
        self.left_ns = job.leave(desk);
        let (body_bytes, rest) = job.order.answer.write(self.link.output());
        job.body_bytes = body_bytes;
        self.write(job, rest, desk)
    }

    fn write(
        &mut self,
        job: Job,
        mut rest: Lines,
        desk: &mut Desk,
    ) -> io::Result<Step> {
        self.state = State::Answering { job, rest };
        if !self.link.flush()? {
            return Ok(Step::Blocked);
        }
        if !rest.is_done() {
            answer::write_piece(&mut rest, self.link.output());
            self.state = State::Answering { job, rest };
            return Ok(Step::On);
        }
        self.told(&job, job.body_bytes, desk);
        self.state = State::Reading;
        match job.order.answer.connection {
            Persistence::Close => self.part(&job, desk),
            _ => Ok(Step::On),
        }
    }

    /// The whole answer is written. Whether anybody is there to read it is
    /// looked at where there is a doubt.
    fn told(&self, job: &Job, body_bytes: usize, desk: &mut Desk) {
        let Some(ticket) = job.ticket else { return };
        if self.link.has_ended() && self.link.was_refused() {
            desk.tally.aborted(ticket);
        } else {
            desk.tally.done(ticket, job.order.answer.status, body_bytes);
        }
    }

    /// The connection ends, and what its client still sends must not take the
    /// answer away.
    fn part(&mut self, job: &Job, desk: &mut Desk) -> io::Result<Step> {
        if !job.order.refuses_body && self.link.unread().is_empty() {
            return Ok(Step::Over);
        }
        self.link.finish()?;
        let until = desk.tick() + FAREWELL_PATIENCE;
        desk.deadlines.insert(until, self.slot);
        self.state = State::Leaving { until, left: FAREWELL_BYTES };
        Ok(Step::On)
    }

    /// The client has closed its side while it waits. Whether it has closed
    /// the other one, too; if not, it is looked again later.
    fn is_left(&mut self, desk: &mut Desk) -> bool {
        if self.link.is_gone(&desk.peers) {
            return true;
        }
        if self.look.is_none_or(|at| at <= desk.now) {
            let at = desk.tick() + self.until_next_look;
            desk.looks.insert(at, self.slot);
            self.look = Some(at);
            self.until_next_look = LAST_LOOK.min(2 * self.until_next_look);
        }
        false
    }

    fn linger(
        &mut self,
        until: u64,
        left: usize,
        desk: &mut Desk,
    ) -> io::Result<Step> {
        let length = self.link.unread().len();
        self.link.consume(length);
        let left = left.saturating_sub(length);
        self.state = State::Leaving { until, left };
        if left == 0 { Ok(Step::Over) } else { self.read(desk) }
    }

    /// The connection is about to be closed. Whatever was under way is not
    /// going to be answered any more.
    fn end(&mut self, desk: &mut Desk) {
        if let Some(at) = self.look {
            desk.looks.remove(at, self.slot);
        }
        match self.state {
            State::Reading => {}
            State::Pausing { job, until } => {
                desk.deadlines.remove(until, self.slot);
                self.abandon(job, desk);
            }
            State::Discarding { job, .. } | State::Due(job) => {
                self.abandon(job, desk);
            }
            State::Playing(job) if !self.script.has_left() => {
                self.abandon(job, desk);
            }
            State::Queued(job) => {
                desk.capacity.give_up(self.slot);
                self.abandon(job, desk);
            }
            State::Waiting(job) => {
                desk.deadlines.remove(job.due, self.slot);
                if let Wait::Gate(size) = job.order.wait {
                    desk.gates.leave(size, self.slot);
                }
                self.abandon(job, desk);
            }
            State::Answering { job, .. } | State::Playing(job) => {
                if let Some(ticket) = job.ticket {
                    desk.tally.aborted(ticket);
                }
            }
            State::Leaving { until, .. } => {
                desk.deadlines.remove(until, self.slot);
            }
        }
    }
}
