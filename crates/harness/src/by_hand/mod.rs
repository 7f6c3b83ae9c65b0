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
//! [`PingError::BadUrl`](ping_core::PingError::BadUrl). It reads no chunks,
//! which that server never sends, and does not look whether a connection that
//! it kept was closed meanwhile, which that server never does.

mod answer;
pub(crate) mod blocking;
mod framing;
mod request;
pub(crate) mod tasks;

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ping_core::{Setup, Watch};

use answer::Answer;

/// The hand-written client over streams of one kind.
#[derive(Debug)]
pub(crate) struct Client<S> {
    timeout: Duration,
    watch: Watch,
    idle: Mutex<Vec<Connection<S>>>,
}

/// A connection and what has come in on it.
#[derive(Debug)]
struct Connection<S> {
    address: SocketAddr,
    stream: S,
    answer: Answer,
}

impl<S> Client<S> {
    /// Sets it up; it connects to nothing yet.
    pub(crate) fn new(setup: &Setup) -> Client<S> {
        Client {
            timeout: setup.timeout,
            watch: setup.watch.clone(),
            idle: Mutex::default(),
        }
    }

    /// An idle connection to `address`, the one used last.
    fn take(&self, address: SocketAddr) -> Option<Connection<S>> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let place = idle.iter().rposition(|idle| idle.address == address)?;
        Some(idle.swap_remove(place))
    }

    fn give_back(&self, connection: Connection<S>) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(connection);
    }
}

impl<S> Connection<S> {
    fn new(address: SocketAddr, stream: S) -> Connection<S> {
        Connection { address, stream, answer: Answer::default() }
    }
}
