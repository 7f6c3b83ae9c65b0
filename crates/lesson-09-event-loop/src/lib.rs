//! # Lesson 9: event loop
//!
//! **Idea.** One thread does all pings. It never waits for one of them: it
//! asks the kernel which sockets are ready, and takes each of these pings one
//! step further. What a ping has to remember between two steps is a *state*.
//!
//! | | |
//! | --- | --- |
//! | New here | `mio`: one queue of events for all sockets; a table of states; a heap of deadlines |
//! | From the lesson before | what `.await` did is written out: where a ping waits is a variant of [`State`] |
//! | In flight at once | `concurrency`, the rows of the table |
//! | Best when | there are thousands of waits, and each microsecond counts |
//! | Costs | code cut into pieces where it waits, and a client of one's own: no https, and all wait while a name is looked up |
//!
//! **The core** is [`ping_all`], and [`advance`] says how far a ping can go
//! without waiting. Beside them, [`socket`] remembers what the kernel said, and
//! [`client`] has its queue and a heap of [`alarms`]. Request and answer are
//! text, whoever waits for them (`ping_by_hand`).
//!
//! # Why not the previous way?
//!
//! The compiler writes this very enum for a task of lesson 5, and the runtime
//! has the queue. What is lost without them is the borrow that lives across a
//! wait: an `async fn` may have one of its own buffer, and a state may not.
//!
//! ```compile_fail,E0505
//! struct Reading<'a> { bytes: Vec<u8>, head: &'a [u8] }
//! fn wait<'a>(bytes: Vec<u8>) -> Reading<'a> {
//!     let head = &bytes[..4];
//!     Reading { head, bytes }
//! }
//! ```
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 9    # predict, run, read, explain, break
//! cargo run --example lesson-09       # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! Lesson 5, unless a profile says that the runtime is what costs.

pub mod alarms;
pub mod client;
pub mod hosts;
pub mod socket;
pub mod table;

use std::num::NonZeroUsize;

use client::Client;
use ping_by_hand::{Answer, Whole};
use ping_core::{Ping, PingError};
use socket::Socket;
use table::Table;

/// Where a ping stands, and what it has to remember there.
#[derive(Debug)]
pub enum State {
    /// Dialled; here is the request, for when somebody accepts.
    Connecting(Vec<u8>),
    /// These bytes of the request are not sent yet.
    Writing(Vec<u8>),
    /// The request is out, and so much of the answer is in.
    Reading(Answer),
    /// The answer is whole.
    Done(Whole),
}

/// Pings every URL on this thread, `concurrency` at a time. Results come as
/// they are done.
pub fn ping_all(
    client: &mut Client,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    client.look_around();
    let (watch, most) = (client.watch().clone(), concurrency.get());
    let (mut urls, mut pings) = (urls.iter(), Vec::with_capacity(urls.len()));
    let mut table = Table::default();
    // ANCHOR: core
    loop {
        // A place that has become free takes the next URL before any other
        // socket is looked at: else a server has nothing to do meanwhile.
        while table.len() < most
            && let Some(url) = urls.next()
        {
            match client.begin(&watch, url) {
                Ok((place, started, request)) => {
                    table.put(place, (started, State::Connecting(request)));
                }
                Err(ping) => pings.push(ping),
            }
        }
        if table.is_empty() {
            return pings;
        }
        // The only line that waits, and it waits for all: for sockets, and for
        // the alarm of a ping whose time is up, which fails at its next step.
        let place = client.wait();
        let (started, state) = table.take(place).expect("a ping is there");
        match advance(state, client.socket(place)) {
            Ok(State::Done(whole)) => {
                pings.push(started.finish(Ok(client.give_back(place, whole))));
            }
            Ok(waiting) => table.put(place, (started, waiting)),
            Err(error) => {
                pings.push(started.finish(Err(client.give_up(place, error))));
            }
        }
    }
    // ANCHOR_END: core
}

/// Takes a ping as far as it can go without waiting.
///
/// # Errors
///
/// What went wrong; the connection is of no further use.
pub fn advance(
    mut state: State,
    (socket, room): (&mut Socket, &mut [u8]),
) -> Result<State, PingError> {
    loop {
        state = match state {
            State::Connecting(request) if socket.is_connected()? => {
                State::Writing(request)
            }
            State::Writing(mut request) => {
                let sent = socket.write(&request)?;
                if sent < request.len() {
                    return Ok(State::Writing(request.split_off(sent)));
                }
                // No answer can be here yet. `socket` knows it, and asks not.
                State::Reading(Answer::default())
            }
            State::Reading(mut answer) => {
                let read = socket.read(room).map_err(|e| answer.broken(&e));
                let Some(length) = read? else {
                    return Ok(State::Reading(answer));
                };
                let whole = answer.take(&room[..length])?;
                whole.map_or(State::Reading(answer), State::Done)
            }
            stays => return Ok(stays),
        }
    }
}
