//! An answer that goes wrong, on the wire.

use std::io;

use super::{Connection, Job, State, Step};
use crate::desk::Desk;
use crate::script::{Act, Ending};

impl Connection {
    /// Does the next step of the script.
    pub(super) fn play(
        &mut self,
        job: Job,
        desk: &mut Desk,
    ) -> io::Result<Step> {
        self.state = State::Playing(job);
        if !self.link.flush()? {
            return Ok(Step::Blocked);
        }
        match self.script.next() {
            Act::Send(bytes) => self.link.output().extend_from_slice(&bytes),
            Act::Pause(ns) => {
                let until = desk.tick() + ns;
                desk.deadlines.insert(until, self.slot);
                self.state = State::Pausing { job, until };
            }
            Act::Last(bytes) => {
                self.left_ns = job.leave(desk);
                self.link.output().extend_from_slice(&bytes);
            }
            // The script takes it apart.
            Act::Drip(..) => {}
            Act::End(ending) => return self.conclude(job, ending, desk),
        }
        Ok(Step::On)
    }

    fn conclude(
        &mut self,
        job: Job,
        ending: Ending,
        desk: &mut Desk,
    ) -> io::Result<Step> {
        self.state = State::Reading;
        if self.script.is_whole() {
            self.told(&job, self.script.body_bytes(), desk);
        } else if let Some(ticket) = job.ticket {
            desk.tally.faulted(ticket);
        }
        match ending {
            Ending::Keep => Ok(Step::On),
            Ending::Close => self.part(&job, desk),
            Ending::Reset => {
                self.link.reset_when_dropped()?;
                Ok(Step::Over)
            }
        }
    }
}
