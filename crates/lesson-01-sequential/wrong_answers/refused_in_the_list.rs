//! Wrong answers to it.

use ping_core::{Agent, Ping, PingError, ping};

/// What fails is no result.
pub(crate) fn left_out(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let pings = urls.iter().map(|url| ping(agent, url));
    pings.filter(|ping| ping.result.is_ok()).collect()
}

/// The loop ends where something fails, with what it has by then.
pub(crate) fn ends_there(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let mut pings = Vec::new();
    for url in urls {
        pings.push(ping(agent, url));
        if pings.iter().any(|ping| ping.result.is_err()) {
            break;
        }
    }
    pings
}

/// There is a result, but it does not say what it was.
pub(crate) fn another_word(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let one = |url: &String| match ping(agent, url) {
        ping if ping.result.is_ok() => ping,
        _ => Ping::unstarted(url, PingError::NotStarted),
    };
    urls.iter().map(one).collect()
}
