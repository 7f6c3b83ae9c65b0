//! What is kept of one scene: what the server saw and what the program did.

use serde::{Deserialize, Serialize};

use super::said::Said;
use super::seen::Seen;
use crate::witness::End;

/// What a program takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handed {
    /// One URL each time it is called.
    One,
    /// A file of all URLs, one on a line.
    List,
}

/// What happened in a scene. Times are nanoseconds since the program started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Performance {
    /// The name of the scene.
    pub scene: String,
    /// URLs that the program was given.
    pub urls: u64,
    /// What it was given them as.
    pub handed: Handed,
    /// How long it was given, ns.
    pub patience_ns: u64,
    /// What the server saw.
    pub seen: Seen,
    /// What the program did.
    pub did: Did,
    /// The requests, the first ones.
    pub requests: Vec<Mark>,
    /// Requests that there was no room for.
    pub requests_left_out: u64,
}

/// What the program did, by the system's accounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Did {
    /// How it came to its end.
    pub outcome: Outcome,
    /// The exit code of each call that ended by itself, 128 and the signal
    /// where one ended it.
    pub exits: Vec<i32>,
    /// From the start of the first call to the end of the last, ns.
    pub wall_ns: u64,
    /// CPU time of the program and of all that it started, ns; null where the
    /// system does not tell.
    pub cpu_ns: Option<u64>,
    /// How long it waited for a processor and had none, ns: the machine was
    /// busy with others; null where the system does not tell.
    pub starved_ns: Option<u64>,
    /// The most memory that its processes had together in a call, bytes.
    pub peak_rss_bytes: Option<u64>,
    /// Processes that were still there when it had ended.
    pub left_processes: u64,
    /// The last line that it said, of the last call that failed, or else of
    /// the last one; empty if it said nothing.
    pub last_line: String,
    /// What all that it said comes to; null where it said too much.
    pub said: Option<Said>,
}

/// How a program came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// By itself.
    Ended,
    /// Its time was up, and it was ended.
    TimeUp,
    /// It took more memory than it was allowed, and was ended.
    TooLarge,
}

/// A request of the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The number of its URL, from 1.
    pub url: u64,
    /// When it arrived, ns.
    pub from_ns: u64,
    /// When it left flight, ns; null while in flight.
    pub to_ns: Option<u64>,
    /// The status of its answer.
    pub status: u16,
    /// How it ended.
    pub end: End,
    /// The same URL had been asked for before.
    pub again: bool,
}
