//! # Trap: a client for every ping
//!
//! **Learners think** that a client for each request is fine.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use ping_core::{Agent, Ping, Setup, ping};

pub(crate) fn ping_all(urls: &[String]) -> Vec<Ping> {
    let mut pings = Vec::with_capacity(urls.len());
    for url in urls {
        let agent = Agent::new(&Setup::new(NonZeroUsize::MIN));
        pings.push(ping(&agent.expect("a client"), url));
    }
    pings
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), ping_all)
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Every answer is right, and the server sees a connection for each
// ping instead of one for all.
//
// **Where.** At `let agent = Agent::new(&Setup::new(NonZeroUsize::MIN));`: the
// open connection goes away together with its client.
//
// **Why.** Open connections belong to the client, and are closed with it. The
// next client has to dial again: one more round trip for each ping, and a port
// of the machine that stays taken for a minute afterwards.
//
// **Fix.** Make the client once, before the loop, and lend it to each ping.
//
// **In the lesson.** `ping_all` gets an `agent`, and makes no client.
