//! Wrong answers to it.

use std::num::NonZeroUsize;

use ping_core::{Agent, Drain, Ping, PingError, Reply, Setup};

fn one_by_one(
    agent: &Agent,
    urls: &[String],
    get: impl Fn(&Agent, &str) -> Result<Reply, PingError>,
) -> Vec<Ping> {
    let one = |url: &String| match agent.watch().start(url) {
        Ok(started) => started.finish(get(agent, url)),
        Err(cancelled) => cancelled,
    };
    urls.iter().map(one).collect()
}

/// Reads what a success says, and of an error nothing.
pub(crate) fn reads_successes(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    one_by_one(agent, urls, |agent, url| {
        let mut response = agent.http().get(url).call()?;
        let mut drain = Drain::new(response.status().as_u16());
        if response.status().is_success() {
            drain.read_to_end(&mut response.body_mut().as_reader())?;
        }
        Ok(drain.finish())
    })
}

/// Reads to the end, each time with a client of its own.
pub(crate) fn client_per_ping(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    one_by_one(agent, urls, |_, url| {
        let agent = Agent::new(&Setup::new(NonZeroUsize::MIN));
        let agent = agent.expect("a client");
        let mut response = agent.http().get(url).call()?;
        let mut drain = Drain::new(response.status().as_u16());
        drain.read_to_end(&mut response.body_mut().as_reader())?;
        Ok(drain.finish())
    })
}
