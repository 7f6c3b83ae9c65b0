//! # Trap: the timeout that spawns threads
//!
//! **Learners think** that a timeout is a number and costs nothing.
//!
//! **Run it.** The server cannot see it: look at the line about threads.

use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use ping_core::{Drain, Ping, PingError, Reply, Watch};
use ureq::Agent;

pub(crate) fn ping_all(urls: &[String]) -> Vec<Ping> {
    let agent: Agent = Agent::config_builder()
        .proxy(None)
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(5)))
        .build()
        .into();
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

fn get(agent: &Agent, url: &str) -> Result<Reply, PingError> {
    let mut response = agent.get(url).call()?;
    let mut drain = Drain::new(response.status().as_u16());
    drain.read_to_end(&mut response.body_mut().as_reader())?;
    Ok(drain.finish())
}

/// How many threads of this process were made while `work` ran.
///
/// The standard library numbers threads in the order in which they are made.
/// The numbers of two threads of our own, one before and one after, show how
/// many came between.
pub(crate) fn threads_made<T>(work: impl FnOnce() -> T) -> (u64, T) {
    let number = || {
        let probe = thread::spawn(|| format!("{:?}", thread::current().id()));
        let id = probe.join().expect("it only looks at itself");
        let digits: String = id.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u64>().expect("the number of a thread")
    };
    let before = number();
    let done = work();
    (number() - before - 1, done)
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let (threads, pings) = threads_made(|| ping_all(urls));
        eprintln!("{} pings made {threads} threads", pings.len());
        pings
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The server sees what it should see; the process makes a thread
// for every ping, although the program spawns none.
//
// **Where.** At `.timeout_global(Some(Duration::from_secs(5)))`: together with
// the default resolver it is a thread per ping.
//
// **Why.** The system's name look-up cannot be interrupted. To keep the total
// time, the client does each look-up on a thread of its own and stops waiting
// for it in time. It does so for every ping, even if the host is an address and
// the connection is open.
//
// **Fix.** Give the client a resolver that remembers, or set the timeouts of
// connecting and receiving instead of a total.
//
// **In the lesson.** `ping_core::Names` is that resolver.
