//! # Exercise: survive a refused port
//!
//! One URL in the middle of the list leads to a port where nobody listens.
//! Ping all the others anyway, and report that one as what it is. The server
//! should see every request that is meant for it; six results should be
//! printed.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use ping_core::{Agent, Ping, PingError, Setup, ping};

fn ping_all(agent: &Agent, urls: &[String]) -> Result<Vec<Ping>, PingError> {
    let mut pings = Vec::with_capacity(urls.len());
    for url in urls {
        let ping = ping(agent, url);
        if let Err(error) = &ping.result {
            return Err(error.clone());
        }
        pings.push(ping);
    }
    Ok(pings)
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let agent = Agent::new(&Setup::new(NonZeroUsize::MIN));
        let agent = agent.expect("a client");
        ping_all(&agent, urls).expect("every ping has an answer")
    })
}
