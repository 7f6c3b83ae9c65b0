//! # Trap: the early return that waits
//!
//! **Learners think** that `?` in a scope leaves it at once.
//!
//! **Run it.** It shows with a first URL that is not answered 200, such as
//! `/500?seq=0`.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use crossbeam::thread;
use ping_core::{Agent, Ping, Setup, ping};

pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Result<Vec<Ping>, Ping> {
    let shares = concurrency.get().min(urls.len());
    thread::scope(|scope| {
        let spawn = |first: usize| {
            scope.spawn(move |_| {
                let share = urls.iter().skip(first).step_by(shares);
                share.map(|url| ping(agent, url)).collect::<Vec<_>>()
            })
        };
        let threads: Vec<_> = (0..shares).map(spawn).collect();
        let mut pings = Vec::with_capacity(urls.len());
        for thread in threads {
            for ping in thread.join().expect("a ping never panics") {
                pings.push(well(ping)?);
            }
        }
        Ok(pings)
    })
    .expect("no ping panics")
}

fn well(ping: Ping) -> Result<Ping, Ping> {
    match &ping.result {
        Ok(reply) if reply.status == 200 => Ok(ping),
        _ => Err(ping),
    }
}

fn main() -> ExitCode {
    let mut paths = witnessed::twelve();
    paths[0] = "/500?seq=0".to_owned();
    witnessed::perform(&paths, |urls| {
        let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
        let agent = Agent::new(&Setup::new(concurrency)).expect("a client");
        let done = ping_all(&agent, urls, concurrency);
        done.unwrap_or_else(|failed| vec![failed])
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The first answer is an error and the only one that comes back;
// the server has answered all of them by then.
//
// **Where.** At `pings.push(well(ping)?);`: this ends the closure; the scope
// waits all the same.
//
// **Why.** `?` ends the closure, not the scope. A scope that ends joins every
// thread in it, or they would outlive what they have borrowed: so it waits for
// all pings, and then throws their answers away.
//
// **Fix.** Return what every thread found and decide afterwards. To end early,
// set a flag that each thread looks at before its next URL.
//
// **In the lesson.** There is no `?`: a failed ping is a result like another.
