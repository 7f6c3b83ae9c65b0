//! Wrong answers to it.

use lesson_09_event_loop::table::Table;
use lesson_09_event_loop::{State, advance};
use mio::{Events, Poll};
use ping_by_hand::Request;
use ping_core::{Ping, Watch};

use crate::dial;

/// There was room to write before, and that is no event.
pub(crate) fn waits_for_an_event(urls: &[String]) -> Vec<Ping> {
    kept(urls, 4, false)
}

/// One connection is fewer than four, and so is one ping at a time.
pub(crate) fn one_place(urls: &[String]) -> Vec<Ping> {
    kept(urls, 1, true)
}

fn kept(urls: &[String], places: usize, at_once: bool) -> Vec<Ping> {
    let watch = Watch::default();
    let mut poll = Poll::new().expect("a queue of events");
    let mut events = Events::with_capacity(64);
    let mut room = vec![0; 64 * 1024];
    let (mut urls, mut pings) = (urls.iter(), Vec::new());
    let mut table = Table::default();
    for (place, url) in (0..places).zip(urls.by_ref()) {
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
                        let mut state = State::Connecting(request.bytes());
                        if at_once {
                            let written =
                                advance(state, (&mut socket, &mut room));
                            state = written.expect("room to write");
                        }
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
