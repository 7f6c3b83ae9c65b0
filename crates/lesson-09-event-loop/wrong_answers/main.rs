//! What learners hand in first to the exercises of lesson 9, and what none of
//! them may pass its check with: one program, which does what its name says.

mod alarms;
mod keep_alive;

use std::process::ExitCode;

use lesson_09_event_loop::State;
use lesson_09_event_loop::socket::Socket;
use mio::Registry;
use ping_by_hand::Request;
use ping_core::{Ping, Started, Watch};

type Batch = fn(&[String]) -> Vec<Ping>;

const ALL: &[(&str, Batch)] = &[
    ("keep_alive-waits_for_an_event", keep_alive::waits_for_an_event),
    ("keep_alive-one_place", keep_alive::one_place),
    ("alarms-silence", alarms::silence),
    ("alarms-of_the_batch", alarms::of_the_batch),
];

fn main() -> ExitCode {
    let Some(wrong) = witnessed::called(ALL) else {
        return ExitCode::from(2);
    };
    witnessed::perform(&witnessed::twelve(), wrong)
}

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
