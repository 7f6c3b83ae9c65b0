//! # Trap: a wait without a deadline
//!
//! **Learners think** that a loop which waits for all of them waits for none of
//! them too long.
//!
//! **Run it.** It shows where one is never answered; without URLs it has such a
//! one among twelve.

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
                        let next = dial(&watch, url, place, poll.registry());
                        table.put(place, next);
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
    let mut paths = witnessed::twelve();
    paths[0] += "&fault=hang";
    witnessed::perform(&paths, |urls| {
        ping_all(urls, NonZeroUsize::new(6).expect("6 is not 0"))
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Eleven of twelve pings are answered, and the program never comes
// to its end, nor shows any of them.
//
// **Where.** At `poll.poll(&mut events, None).expect("events");`: `None` is no
// limit.
//
// **Why.** That somebody says nothing is no event. A thread that blocks has a
// time-out on its socket, and a task has its runtime's timers; here nobody
// looks at a clock unless the loop does.
//
// **Fix.** A heap of deadlines: wait until the next of them at the latest, and
// give up whoever is due.
//
// **In the lesson.** `alarms.rs`, and `poll` in `client.rs`, which asks it how
// long it may wait.
