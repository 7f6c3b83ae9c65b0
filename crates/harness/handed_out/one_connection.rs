//! # Exercise: one connection
//!
//! Thirty pings, one after another, answered 200, 404 and 500 in turn. The
//! server should see one connection for all of them; now it sees one for each.
//! Mend `get`; the loop is fine.
//!
//! A `Drain` takes the body of an answer and keeps its length and fingerprint.
//! `witnessed::perform` runs the pings before a server, and prints each of them
//! and what the server saw.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use ping_core::{Agent, Drain, Ping, PingError, Reply, Setup};

fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let mut pings = Vec::with_capacity(urls.len());
    for url in urls {
        pings.push(match agent.watch().start(url) {
            Ok(started) => started.finish(get(agent, url)),
            Err(cancelled) => cancelled,
        });
    }
    pings
}

/// Sends one GET, and returns what was answered.
fn get(agent: &Agent, url: &str) -> Result<Reply, PingError> {
    let response = agent.http().get(url).call()?;
    let drain = Drain::new(response.status().as_u16());
    Ok(drain.finish())
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let agent = Agent::new(&Setup::new(NonZeroUsize::MIN));
        ping_all(&agent.expect("a client"), urls)
    })
}
