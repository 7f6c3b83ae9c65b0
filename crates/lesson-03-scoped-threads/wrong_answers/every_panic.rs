//! Wrong answers to it.
#![allow(clippy::print_stdout, reason = "the exercise asks for it")]

use std::any::Any;

use crossbeam::thread;
use ping_core::{Agent, Ping, ping};

/// Whoever panicked is passed over.
pub(crate) fn passed_over(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    each(agent, urls, |_| ()).expect("every thread was joined")
}

/// Asked for the wrong type: a formatted message is a `String`.
pub(crate) fn as_str(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let pings = each(agent, urls, |panic| {
        let words = panic.downcast_ref::<&str>();
        println!("it said: {}", words.map_or("?", |words| words));
    });
    pings.expect("every thread was joined")
}

/// Told as it is printed for programmers.
pub(crate) fn debug(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let pings = each(agent, urls, |panic| println!("it said: {panic:?}"));
    pings.expect("every thread was joined")
}

fn each(
    agent: &Agent,
    urls: &[String],
    panicked: impl Fn(Box<dyn Any + Send>),
) -> std::thread::Result<Vec<Ping>> {
    thread::scope(|scope| {
        let spawn = |(number, url): (usize, &'_ String)| {
            let url = url.clone();
            scope.spawn(move |_| unlucky(number, ping(agent, &url)))
        };
        let threads: Vec<_> = urls.iter().enumerate().map(spawn).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.filter_map(|ping| ping.map_err(&panicked).ok()).collect()
    })
}

fn unlucky(number: usize, ping: Ping) -> Ping {
    let lucky = number == 0 || !number.is_multiple_of(3);
    assert!(lucky, "number {number} is unlucky");
    ping
}
