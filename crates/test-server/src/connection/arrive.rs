//! A request arrives: its head, and the body that it brings.

use std::io;

use super::{Connection, Job, State, Step};
use crate::answer::Persistence;
use crate::desk::Desk;
use crate::gate::{Passage, patience};
use crate::order::{Order, Wait};
use crate::request::{Head, Malformed};
use crate::tally::Arrival;

impl Connection {
    pub(super) fn read_head(&mut self, desk: &mut Desk) -> io::Result<Step> {
        if self.link.unread().is_empty() {
            return self.read(desk);
        }
        match Head::parse(self.link.unread()) {
            Ok(Some(head)) => self.begin(&head, desk),
            Ok(None) => match self.read(desk)? {
                // In a crowd, nobody may hold a long head and not end it.
                Step::Blocked if self.link.unread().len() > desk.share() => {
                    self.refuse(Malformed::TooLarge, desk)
                }
                step => Ok(step),
            },
            Err(malformed) => self.refuse(malformed, desk),
        }
    }

    pub(super) fn refuse(
        &mut self,
        malformed: Malformed,
        desk: &mut Desk,
    ) -> io::Result<Step> {
        desk.tally.malformed();
        let mut order = Order::refusal(malformed.status());
        let said = self.link.unread().trim_ascii_start();
        order.answer.head_only = said.starts_with(b"HEAD ");
        self.answer(Job::new(order, 0, None, desk.now), desk)
    }

    /// A head has arrived.
    pub(super) fn begin(
        &mut self,
        head: &Head,
        desk: &mut Desk,
    ) -> io::Result<Step> {
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

    pub(super) fn discard(
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
    pub(super) fn admit(
        &mut self,
        mut job: Job,
        desk: &mut Desk,
    ) -> io::Result<Step> {
        let Wait::Gate(size) = job.order.wait else {
            return self.serve(job, desk);
        };
        match desk.gates.enter(size, self.slot) {
            Passage::Open(waited) => desk.released.extend(waited),
            Passage::Closed => job.due = desk.now + patience(size),
        }
        self.hold(job, desk)
    }
}
