//! # Trap: a status that is an error
//!
//! **Learners think** that the defaults of all clients are alike.
//!
//! **Run it.** It shows with URLs that are answered 404, such as `/404?seq=0`.

use std::process::ExitCode;

use ping_core::{Drain, Ping, PingError, Reply, Watch};
use ureq::Agent;

pub(crate) fn ping_all(urls: &[String]) -> Vec<Ping> {
    let agent: Agent = Agent::config_builder().proxy(None).build().into();
    let watch = Watch::default();
    let mut pings = Vec::with_capacity(urls.len());
    for url in urls {
        pings.push(match watch.start(url) {
            Ok(started) => started.finish(get(&agent, url)),
            Err(cancelled) => cancelled,
        });
    }
    pings
}

/// Sends one GET. A `Drain` reads its body, and the `Watch` above says whether
/// a ping may still start: both are as in the lesson.
fn get(agent: &Agent, url: &str) -> Result<Reply, PingError> {
    match agent.get(url).call() {
        Ok(mut response) => {
            let mut drain = Drain::new(response.status().as_u16());
            drain.read_to_end(&mut response.body_mut().as_reader())?;
            Ok(drain.finish())
        }
        Err(ureq::Error::StatusCode(code)) => Ok(Drain::new(code).finish()),
        Err(error) => Err(error.into()),
    }
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..12).map(|seq| format!("/404?seq={seq}&sleep=100")).collect();
    witnessed::perform(&paths, ping_all)
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Every status is right, and the server sees a new connection
// after each 404 instead of one for all.
//
// **Where.** `Agent::config_builder().proxy(None)` goes on with the defaults,
// and a 404 is an error by default. (No proxy, so that the environment does not
// matter.)
//
// **Why.** To this client a 4xx or 5xx is an error unless it is told otherwise.
// The status can be taken out of that error, but the body was never read, and a
// connection with an unread body cannot be used again.
//
// **Fix.** Set `http_status_as_error(false)` and read the body to its end.
// Whenever you take a new client, read its list of defaults first.
//
// **In the lesson.** `ping_core::Agent` sets it, and `ping` reads to the end.
