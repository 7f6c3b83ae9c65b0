//! # Solution: survive a refused port
//!
//! A failed ping is data, like any other: the loop neither looks at it nor
//! ends because of it.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    urls.iter().map(|url| ping(agent, url)).collect()
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let agent = Agent::new(&Setup::new(NonZeroUsize::MIN));
        ping_all(&agent.expect("a client"), urls)
    })
}
