//! A request is served, or waits for that in the queue.

use std::io;

use super::{Connection, Job, State, Step};
use crate::answer::Content;
use crate::capacity::Entry;
use crate::desk::Desk;
use crate::order::Wait;

impl Connection {
    /// Serves a request if there is room for it.
    pub(super) fn serve(
        &mut self,
        mut job: Job,
        desk: &mut Desk,
    ) -> io::Result<Step> {
        match desk.capacity.enter(self.slot) {
            Entry::Served(place) => {
                job.place = Some(place);
                self.hold(job, desk)
            }
            Entry::Queued => {
                self.state = State::Queued(job);
                Ok(Step::On)
            }
            Entry::Refused => {
                job.order.fault = None;
                job.order.answer.status = 503;
                job.order.answer.content = Content::Phrase;
                self.state = State::Due(job);
                Ok(Step::On)
            }
        }
    }

    /// Lets the wait of a request run, if there is any left.
    pub(super) fn hold(
        &mut self,
        job: Job,
        desk: &mut Desk,
    ) -> io::Result<Step> {
        // No wait, no timer: it is answered in the same turn.
        if job.due <= desk.now {
            self.state = State::Due(job);
            return Ok(Step::On);
        }
        desk.deadlines.insert(job.due, self.slot);
        self.state = State::Waiting(job);
        Ok(Step::On)
    }

    /// It was the first in the queue, and a place has been handed to it; or
    /// the queue was given up, and it is answered.
    pub(super) fn next_in_line(&mut self, mut job: Job, desk: &mut Desk) {
        job.place = desk.capacity.take_over();
        let now = desk.tick();
        if let Wait::For(wait) = job.order.wait {
            job.due = now.saturating_add(wait);
        }
        self.state = match job.place {
            Some(_) if job.due > now => {
                desk.deadlines.insert(job.due, self.slot);
                State::Waiting(job)
            }
            _ => State::Due(job),
        };
    }

    /// What a request held while it was served is free again.
    pub(super) fn give_back(job: &mut Job, desk: &mut Desk) {
        if let Some(place) = job.place.take() {
            desk.released.extend(desk.capacity.leave(place));
        }
    }

    /// A request leaves flight without an answer.
    pub(super) fn abandon(&self, mut job: Job, desk: &mut Desk) {
        Self::give_back(&mut job, desk);
        let Some(ticket) = job.ticket else { return };
        let status = job.order.answer.status;
        // It may have gone before it was let in, and then as soon as it came.
        let heard = desk.horizon > self.heard_from;
        let since = self.listened.or(heard.then_some(desk.horizon));
        let between = (since.unwrap_or(0), desk.turn_ns);
        desk.tally.vanish(ticket, status, between);
        desk.tally.aborted(ticket);
    }
}
