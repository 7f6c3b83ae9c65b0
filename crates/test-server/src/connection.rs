//! One client of the data port: a request, its answer, the next request.

mod arrive;
mod leave;
mod play;
mod serve;

use std::io;

use measurement::MILLISECOND;
use mio::event::Event;

use crate::answer::{Content, Persistence};
use crate::body::Lines;
use crate::capacity::Place;
use crate::desk::Desk;
use crate::link::{Fill, Link};
use crate::order::{Order, Wait};
use crate::script::Script;
use crate::tally::{Lane, Ticket};

/// After so many steps the others have their turn. A request takes three or
/// four.
const STEPS_PER_TURN: usize = 64;

/// When it is first looked again whether a client that closed its side still
/// listens; then each time after twice the time.
const FIRST_LOOK: u64 = MILLISECOND;

pub(crate) struct Connection {
    link: Link,
    slot: usize,
    lane: Lane,
    state: State,
    /// What is left of an answer that goes wrong.
    script: Script,
    /// What its buffers hold, in bytes.
    held: usize,
    /// Requests so far.
    requests: u64,
    /// When the last one left flight.
    left_ns: u64,
    /// When it is looked again whether the client still listens, and how long
    /// until the look after that.
    look: Option<u64>,
    until_next_look: u64,
    /// From when on it would be an event if the client went.
    heard_from: u64,
    /// When it was last found to listen, after it had closed its side.
    listened: Option<u64>,
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
    pub(crate) fn new(link: Link, slot: usize, heard_from: u64) -> Self {
        Self {
            link,
            slot,
            lane: Lane::default(),
            state: State::Reading,
            script: Script::default(),
            held: 0,
            requests: 0,
            left_ns: 0,
            look: None,
            until_next_look: FIRST_LOOK,
            heard_from,
            listened: None,
        }
    }

    pub(crate) fn note(&mut self, event: &Event) {
        self.link.note(event);
    }

    /// Does all that can be done now.
    pub(crate) fn advance(&mut self, desk: &mut Desk) -> Next {
        let next = self.take_steps(desk);
        let held = match next {
            Next::Close => 0,
            Next::Rest | Next::Again => self.link.holds() + self.scripted(),
        };
        desk.held = desk.held - self.held + held;
        self.held = held;
        next
    }

    /// What the script of a fault holds, in bytes.
    fn scripted(&self) -> usize {
        match self.state {
            State::Playing(_) | State::Pausing { .. } => {
                self.script.body_bytes()
            }
            _ => 0,
        }
    }

    fn take_steps(&mut self, desk: &mut Desk) -> Next {
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
        if self.is_asked() && self.link.has_ended() && self.is_left(desk) {
            return Ok(Step::Over);
        }
        match self.state {
            State::Reading => self.read_head(desk),
            State::Discarding { job, left } => self.discard(job, left, desk),
            State::Queued(_) | State::Waiting(_) | State::Pausing { .. } => {
                Ok(Step::Blocked)
            }
            State::Playing(job) => self.play(job, desk),
            State::Due(job) => self.answer(job, desk),
            State::Answering { job, rest } => self.write(job, rest, desk),
            State::Leaving { until, left } => self.linger(until, left, desk),
        }
    }

    /// A whole request is here and has not been answered.
    fn is_asked(&self) -> bool {
        match self.state {
            State::Reading
            | State::Discarding { .. }
            | State::Answering { .. }
            | State::Leaving { .. } => false,
            State::Playing(_) => !self.script.has_left(),
            State::Queued(_)
            | State::Waiting(_)
            | State::Due(_)
            | State::Pausing { .. } => true,
        }
    }

    fn read(&mut self, desk: &mut Desk) -> io::Result<Step> {
        let share = desk.share();
        Ok(match self.link.fill(&mut desk.scratch[..share])? {
            Fill::More => Step::On,
            Fill::NotYet => Step::Blocked,
            Fill::Ended => Step::Over,
        })
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
            self.script =
                Script::of(fault, &job.order.answer, job.seq, desk.piece() / 2);
            return self.play(job, desk);
        }
        self.left_ns = job.leave(desk);
        let (body_bytes, rest) =
            job.order.answer.write(self.link.output(), desk.piece());
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
            rest.write(self.link.output(), desk.piece());
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
}
