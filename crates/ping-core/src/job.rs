//! The job: one GET.

use crate::{Agent, Drain, Ping, PingError, Reply};

/// Sends one GET to `url` and reads the answer to its end.
///
/// Never fails and never panics: what goes wrong is in [`Ping::result`]. Asks
/// the agent's [`Watch`](crate::Watch) first, and is
/// [`PingError::Cancelled`] at once if that says stop.
pub fn ping(agent: &Agent, url: &str) -> Ping {
    match agent.watch().start(url) {
        Ok(started) => started.finish(get(agent, url)),
        Err(cancelled) => cancelled,
    }
}

fn get(agent: &Agent, url: &str) -> Result<Reply, PingError> {
    let mut response = agent.get(url).call()?;
    let mut drain = Drain::new(response.status().as_u16());
    // Reading to the end is what gives the connection back for the next ping.
    drain.read_to_end(&mut response.body_mut().as_reader())?;
    Ok(drain.finish())
}
