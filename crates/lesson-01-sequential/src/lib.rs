//! # Lesson 1: sequential
//!
//! **Idea.** Ask, wait for the whole answer, ask the next. While we wait,
//! nothing else happens.
//!
//! | | |
//! | --- | --- |
//! | New here | one ping after another, on one connection that stays open |
//! | From the lesson before | this is the first one |
//! | In flight at once | 1, whatever the list |
//! | Best when | there are few pings, or each needs the answer of the one before |
//! | Costs | the sum of all waits: `T = Σ(Lᵢ + o)`, with Lᵢ the server's wait for ping i and o our own work for it |
//!
//! **The core** is [`ping_all`], at the end of this file; the book quotes what
//! stands between its two marks. Its [`ping`] is the same in lessons 1 to 4: it
//! asks the agent's [`Watch`](ping_core::Watch) whether a ping may still start
//! (not after Ctrl-C or a deadline), sends a GET, and reads the body through a
//! [`Drain`](ping_core::Drain), which counts its bytes and keeps a fingerprint.
//!
//! # Why not the previous way?
//!
//! There is no previous way. This is the baseline of all other lessons.
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 1    # predict, run, read, explain, break
//! cargo run --example lesson-01       # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! This. A loop needs no library.

use ping_core::{Agent, Ping, ping};

/// Pings every URL, one after another. Results come in the order of the list.
pub fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    // ANCHOR: core
    let mut pings = Vec::with_capacity(urls.len());
    for url in urls {
        // A refused connection is a result like any other: with `?` here, one
        // bad URL would hide the answers of all that come after it.
        pings.push(ping(agent, url));
    }
    pings
    // ANCHOR_END: core
}
