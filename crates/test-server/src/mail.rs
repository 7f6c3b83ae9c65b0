//! What the control port asks of the loop that serves the pings. The loop
//! answers between two events, so that each answer is of one moment.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, mpsc};

use measurement::waits::Plan;
use mio::Waker;

use crate::tally::Snapshot;

/// One question or order.
pub(crate) enum Letter {
    /// What was seen so far, with so many stamps at most, the newest ones.
    Witness { stamps: usize, reply: SyncSender<Snapshot> },
    /// Begin anew, with another plan if there is one.
    Reset { plan: Option<Plan>, reply: SyncSender<()> },
    /// Come to an end.
    Stop,
}

/// The way to the loop, from any thread.
#[derive(Clone)]
pub(crate) struct Mailbox {
    letters: mpsc::Sender<Letter>,
    waker: Arc<Waker>,
}

impl Mailbox {
    /// The box, and where its letters come out. The waker is the loop's.
    pub(crate) fn new(waker: Waker) -> (Mailbox, Receiver<Letter>) {
        let (letters, inbox) = mpsc::channel();
        (Mailbox { letters, waker: Arc::new(waker) }, inbox)
    }

    /// What was seen so far.
    pub(crate) fn witness(&self, stamps: usize) -> io::Result<Snapshot> {
        self.ask(|reply| Letter::Witness { stamps, reply })
    }

    /// Lets the loop begin anew. When this returns, it has.
    pub(crate) fn reset(&self, plan: Option<Plan>) -> io::Result<()> {
        self.ask(|reply| Letter::Reset { plan, reply })
    }

    /// Lets the loop end.
    pub(crate) fn stop(&self) -> io::Result<()> {
        self.send(Letter::Stop)
    }

    /// An error means that the loop has ended.
    fn ask<T>(
        &self,
        letter: impl FnOnce(SyncSender<T>) -> Letter,
    ) -> io::Result<T> {
        let (reply, answer) = sync_channel(1);
        self.send(letter(reply))?;
        answer.recv().map_err(|_| ended())
    }

    fn send(&self, letter: Letter) -> io::Result<()> {
        self.letters.send(letter).map_err(|_| ended())?;
        self.waker.wake()
    }
}

fn ended() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the server has ended")
}
