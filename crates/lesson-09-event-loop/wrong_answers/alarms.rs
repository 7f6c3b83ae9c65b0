//! Wrong answers to it.

use std::time::{Duration, Instant};

use lesson_09_event_loop::table::Table;
use lesson_09_event_loop::{State, advance};
use mio::{Events, Poll};
use ping_core::{Phase, Ping, PingError, Watch};

use crate::dial;

const PLACES: usize = 2;
const LIMIT: Duration = Duration::from_millis(300);

/// Who says nothing for 300 ms may have others beside him who do.
pub(crate) fn silence(urls: &[String]) -> Vec<Ping> {
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
        poll.poll(&mut events, Some(LIMIT)).expect("events");
        for place in 0..if events.is_empty() { PLACES } else { 0 } {
            let Some((started, ..)) = table.take(place) else { continue };
            let late = PingError::Timeout(Phase::Head);
            pings.push(started.finish(Err(late)));
        }
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

/// 300 ms for all of them together.
pub(crate) fn of_the_batch(urls: &[String]) -> Vec<Ping> {
    let watch = Watch::default();
    let end = Instant::now() + LIMIT;
    let mut poll = Poll::new().expect("a queue of events");
    let mut events = Events::with_capacity(64);
    let mut room = vec![0; 64 * 1024];
    let (mut urls, mut pings) = (urls.iter(), Vec::new());
    let mut table = Table::default();
    for (place, url) in (0..PLACES).zip(urls.by_ref()) {
        table.put(place, dial(&watch, url, place, poll.registry()));
    }
    while !table.is_empty() {
        let left = end.saturating_duration_since(Instant::now());
        poll.poll(&mut events, Some(left)).expect("events");
        for place in 0..if left.is_zero() { PLACES } else { 0 } {
            let Some((started, ..)) = table.take(place) else { continue };
            let late = PingError::Timeout(Phase::Head);
            pings.push(started.finish(Err(late)));
        }
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
