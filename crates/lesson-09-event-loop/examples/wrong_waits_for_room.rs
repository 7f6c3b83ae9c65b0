//! # Trap: waiting for room that is there
//!
//! **Learners think** that whoever wants to write has to wait for the event
//! that says so.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use lesson_09_event_loop::socket::Socket;
use lesson_09_event_loop::table::Table;
use lesson_09_event_loop::{State, advance};
use mio::{Events, Poll, Registry};
use ping_by_hand::Request;
use ping_core::{Ping, Started, Watch};

/// A ping under way, where it stands, and its connection.
type Row<'a> = (Started<'a>, State, Socket);

fn dial<'a>(
    watch: &'a Watch,
    url: &'a str,
    place: usize,
    registry: &Registry,
) -> Row<'a> {
    let started = watch.start(url).expect("nobody stops it");
    let request = Request::of(url).expect("a URL");
    let address = request.address().expect("a host").expect("no name");
    let socket = Socket::dial(address, place, registry).expect("a socket");
    (started, State::Connecting(request.bytes()), socket)
}

pub(crate) fn ping_all(
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let watch = Watch::default();
    let mut poll = Poll::new().expect("a queue of events");
    let mut events = Events::with_capacity(64);
    let mut room = vec![0; 64 * 1024];
    let (mut urls, mut pings) = (urls.iter(), Vec::new());
    let mut table = Table::default();
    for (place, url) in (0..concurrency.get()).zip(urls.by_ref()) {
        table.put(place, dial(&watch, url, place, poll.registry()));
    }
    while !table.is_empty() {
        poll.poll(&mut events, None).expect("events");
        for event in &events {
            let place = event.token().0;
            let Some(row) = table.take(place) else { continue };
            let (started, state, mut socket) = row;
            socket.hear(event);
            socket.begin_turn();
            match advance(state, (&mut socket, &mut room)) {
                Ok(State::Done(whole)) => {
                    pings.push(started.finish(Ok(whole.reply)));
                    if let Some(url) = urls.next() {
                        let started = watch.start(url).expect("no stop");
                        let request = Request::of(url).expect("a URL");
                        let state = State::Connecting(request.bytes());
                        table.put(place, (started, state, socket));
                    }
                }
                Ok(waiting) => table.put(place, (started, waiting, socket)),
                Err(error) => pings.push(started.finish(Err(error))),
            }
        }
    }
    pings
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        ping_all(urls, NonZeroUsize::new(6).expect("6 is not 0"))
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The server sees six requests of twelve, one on each connection,
// and answers them; then nothing happens any more.
//
// **Where.** At `table.put(place, (started, state, socket));`: the next request
// lies in the table, and waits for an event of its socket.
//
// **Why.** An event is a change. There was room to write when the connection
// was made, and the kernel said so; it was never used up, and so it is never
// said again.
//
// **Fix.** Write at once, and wait only if there was no room for all of it.
//
// **In the lesson.** `ready.push_front` in `client.rs`: a ping on a connection
// that is there has its first step without any event.
