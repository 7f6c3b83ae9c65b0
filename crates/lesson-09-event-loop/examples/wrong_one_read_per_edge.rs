//! # Trap: one read for each event
//!
//! **Learners think** that the kernel says it again, as long as there is more
//! to read.
//!
//! **Run it.** It shows with bodies of more than its 4 KiB; without URLs it has
//! twelve of its own.

use std::io::{Read, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;

use lesson_09_event_loop::table::Table;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Registry, Token};
use ping_by_hand::{Answer, Request};
use ping_core::{Ping, Started, Watch};

/// A ping under way: what is to be sent, what has come, and its connection.
type Row<'a> = (Started<'a>, Vec<u8>, Answer, TcpStream);

fn dial<'a>(
    watch: &'a Watch,
    url: &'a str,
    place: usize,
    registry: &Registry,
) -> Row<'a> {
    let started = watch.start(url).expect("nobody stops it");
    let request = Request::of(url).expect("a URL");
    let address = request.address().expect("a host").expect("no name");
    let mut stream = TcpStream::connect(address).expect("a socket");
    let both = Interest::READABLE | Interest::WRITABLE;
    let registered = registry.register(&mut stream, Token(place), both);
    registered.expect("a place in the queue");
    (started, request.bytes(), Answer::default(), stream)
}

pub(crate) fn ping_all(
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let watch = Watch::default();
    let mut poll = Poll::new().expect("a queue of events");
    let mut events = Events::with_capacity(64);
    let mut room = [0; 4096];
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
            let (started, mut request, mut answer, mut stream) = row;
            if event.is_writable() && !request.is_empty() {
                stream.write_all(&request).expect("room for all of it");
                request.clear();
            }
            let mut whole = Ok(None);
            if event.is_readable() {
                let length = stream.read(&mut room).unwrap_or(0);
                whole = answer.take(&room[..length]);
            }
            match whole.transpose() {
                None => table.put(place, (started, request, answer, stream)),
                Some(whole) => {
                    pings.push(started.finish(whole.map(|whole| whole.reply)));
                    if let Some(url) = urls.next() {
                        let next = dial(&watch, url, place, poll.registry());
                        table.put(place, next);
                    }
                }
            }
        }
    }
    pings
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..12).map(|seq| format!("/200?seq={seq}&bytes=9000")).collect();
    witnessed::perform(&paths, |urls| {
        ping_all(urls, NonZeroUsize::new(6).expect("6 is not 0"))
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Short answers are read, and the first longer ones are waited for
// without end, although the server has sent all of them.
//
// **Where.** At `let length = stream.read(&mut room).unwrap_or(0);`: the room
// was filled, so there is more, and nobody asks for it.
//
// **Why.** An event says that something has *changed*: there was nothing to
// read, and now there is (it is edge-triggered). What was left by the last read
// changes nothing.
//
// **Fix.** Read until there is less than there was room for.
//
// **In the lesson.** `readable` in `socket.rs`, which only a read that was short
// puts out.
