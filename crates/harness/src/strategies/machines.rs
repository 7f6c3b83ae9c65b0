//! Lesson 12, and what it is compared with: batches that are shared over a
//! queue. Their workers are processes, so nothing of them can be prepared in
//! this one.

use anyhow::Result;
use measurement::ways::{self, Way};
use ping_core::Setup;

use super::ready::Ready;
use super::{Strategy, names};
use crate::usage::usage;

/// What `ping` calls it.
pub const MANY_MACHINES: &str = ways::MANY_MACHINES.id;

/// The lesson, and what its own run compares it with.
pub const SHARED: &[Strategy] = &[
    over_a_queue(ways::MANY_MACHINES, Some(12)),
    over_a_queue(ways::NOBODY_DIES, None),
    over_a_queue(ways::ACK_FIRST, None),
];

const fn over_a_queue(way: Way, lesson: Option<u8>) -> Strategy {
    Strategy { way, lesson, usual: false, prepare: not_here }
}

fn not_here(_: &Setup) -> Result<Ready> {
    Err(usage(
        "it works in processes of its own, over a queue; `lesson 12` measures \
         it, and `ping --strategy many-machines` pings with it",
    ))
}

/// What `ping` can do: each lesson, and many machines.
pub fn names_to_ping() -> Vec<&'static str> {
    let mut names = names();
    names.push(MANY_MACHINES);
    names
}
