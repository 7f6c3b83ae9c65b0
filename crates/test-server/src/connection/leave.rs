//! A request ends, and its connection, or its client does.

use std::io;

use measurement::MILLISECOND;

use super::{Connection, Job, Next, State, Step};
use crate::desk::{Desk, LAST_LOOK};
use crate::order::Wait;

/// A connection that we close while its client still sends is read on for
/// this many bytes or nanoseconds: closing it at once would reset it, and the
/// client might lose the answer that tells it why.
const FAREWELL_BYTES: usize = 1024 * 1024;
const FAREWELL_PATIENCE: u64 = 1_000 * MILLISECOND;

impl Connection {
    /// The whole answer is written. Whether anybody is there to read it is
    /// looked at where there is a doubt.
    pub(super) fn told(&self, job: &Job, body_bytes: usize, desk: &mut Desk) {
        let Some(ticket) = job.ticket else { return };
        if self.link.has_ended() && self.link.was_refused() {
            desk.tally.aborted(ticket);
        } else {
            desk.tally.done(ticket, job.order.answer.status, body_bytes);
        }
    }

    /// The connection ends, and what its client still sends must not take the
    /// answer away.
    pub(super) fn part(
        &mut self,
        job: &Job,
        desk: &mut Desk,
    ) -> io::Result<Step> {
        if !job.order.refuses_body && self.link.has_nothing_more() {
            return Ok(Step::Over);
        }
        self.link.finish()?;
        let until = desk.tick() + FAREWELL_PATIENCE;
        desk.deadlines.insert(until, self.slot);
        self.state = State::Leaving { until, left: FAREWELL_BYTES };
        Ok(Step::On)
    }

    /// The client has closed its side while it waits. Whether it has closed
    /// the other one, too; if not, it is looked again later, and once in a turn
    /// is enough.
    pub(super) fn is_left(&mut self, desk: &mut Desk) -> bool {
        if self.link.is_broken() {
            return true;
        }
        if self.listened < Some(desk.turn_ns) {
            let now = desk.tick();
            if self.link.is_gone(&desk.peers) {
                return true;
            }
            self.listened = Some(now);
        }
        if self.look.is_none() {
            let at = desk.now + self.until_next_look;
            desk.looks.insert(at, self.slot);
            self.look = Some(at);
            self.until_next_look = LAST_LOOK.min(2 * self.until_next_look);
        }
        false
    }

    /// Looks again whether the client listens. It was taken off the list.
    pub(crate) fn look_again(&mut self, desk: &mut Desk) -> Next {
        self.look = None;
        self.advance(desk)
    }

    pub(super) fn linger(
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
    pub(super) fn end(&mut self, desk: &mut Desk) {
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
