//! The pair by hand: the shapes of lessons 4 and 5 with as little client as
//! possible under them.
//!
//! Lesson 5 differs from lesson 4 in two things at once, tasks and reqwest. So
//! that no cost is credited to threads or tasks that is a library's, one GET
//! is written by hand here, twice: [`blocking`] on the standard library's
//! stream and [`tasks`] on tokio's. Both send the same bytes, read the answer
//! with the same code, and take their connection from one pool for each ping
//! and give it back. What is left to differ is how they wait.
//!
//! It is no client for the world. It talks to the test server, which is on
//! loopback and named by its address: another host, a name or `https` is
//! [`PingError::BadUrl`]. It does not look whether a connection that it kept
//! was closed meanwhile, which that server does only when it is told to.

pub(crate) mod blocking;
pub(crate) mod tasks;

use std::net::SocketAddr;
use std::time::Duration;

use ping_by_hand::{Answer, Request, Whole};
use ping_core::{HEAD_LIMIT, PingError, Setup, Watch};

use crate::idle::Idle;

/// Bytes to read into at first: an answer of the test server fits.
const ROOM: usize = 1024;

/// The hand-written client over streams of one kind.
#[derive(Debug)]
pub(crate) struct Client<S> {
    timeout: Duration,
    watch: Watch,
    idle: Idle<Connection<S>>,
}

/// A connection, and room for what comes in on it.
#[derive(Debug)]
struct Connection<S> {
    stream: S,
    room: Vec<u8>,
    answer: Answer,
}

impl<S> Client<S> {
    /// Sets it up; it connects to nothing yet.
    pub(crate) fn new(setup: &Setup) -> Client<S> {
        Client {
            timeout: setup.timeout,
            watch: setup.watch.clone(),
            idle: Idle::default(),
        }
    }
}

impl<S> Connection<S> {
    fn new(stream: S) -> Connection<S> {
        let (room, answer) = (vec![0; ROOM], Answer::default());
        Connection { stream, room, answer }
    }

    /// Takes the `length` bytes that were read into the room, 0 if the
    /// connection has ended. After a whole answer it is ready for the next.
    ///
    /// # Errors
    ///
    /// Those of [`Answer::take`].
    fn take(&mut self, length: usize) -> Result<Option<Whole>, PingError> {
        let whole = self.answer.take(&self.room[..length])?;
        if length == self.room.len() && length < HEAD_LIMIT {
            // Who sends much is read in larger pieces.
            self.room.resize(2 * length, 0);
        }
        if whole.is_some() {
            self.answer = Answer::default();
        }
        Ok(whole)
    }
}

/// The address that this asks: one of the test server's.
///
/// # Errors
///
/// [`PingError::BadUrl`] for whatever is not on loopback and by address.
pub(crate) fn address(request: &Request<'_>) -> Result<SocketAddr, PingError> {
    let address = request.address()?;
    address.filter(|address| address.ip().is_loopback()).ok_or_else(|| {
        let why = "this client knows loopback only";
        PingError::BadUrl(why.to_owned())
    })
}
