//! # Exercise: keep the connection
//!
//! Forty pings at four places, and each place dials anew for each of its
//! pings. Let it keep its connection: four are enough for all forty, and four
//! should still be in flight at once.

use std::process::ExitCode;

use lesson_09_event_loop::socket::Socket;
use lesson_09_event_loop::table::Table;
use lesson_09_event_loop::{State, advance};
use mio::{Events, Poll, Registry};
use ping_by_hand::Request;
use ping_core::{Ping, Started, Watch};

const PLACES: usize = 4;

/// A ping under way, where it stands, and its connection.
type Row<'a> = (Started<'a>, State, Socket);

/// A new connection for this URL.
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

fn ping_all(urls: &[String]) -> Vec<Ping> {
    let watch = Watch::default();
    let mut poll = Poll::new().expect("a queue of events");
    let mut events = Events::with_capacity(64);
    let mut room = vec![0; 64 * 1024];
    let (mut urls, mut pings) = (urls.iter(), Vec::new());
    let mut table = Table::default();
    for (place, url) in (0..PLACES).zip(urls.by_ref()) {
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
    witnessed::perform(&witnessed::twelve(), ping_all)
}
