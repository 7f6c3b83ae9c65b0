//! What a process of a run is told: one line of JSON, its only argument.

use std::path::PathBuf;
use std::time::Duration;

use ping_queue::Terms;
use serde::{Deserialize, Serialize};

use crate::scene::Size;

/// What a process is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Order {
    /// Where the queue is.
    pub(crate) nats: Vec<String>,
    /// The address of the server that is pinged.
    pub(crate) pinged: String,
    pub(crate) jobs: u64,
    pub(crate) size: Size,
    /// The process that started this one: it ends with it.
    pub(crate) parent: u32,
    pub(crate) role: Role,
}

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Role {
    /// Opens the batch and puts the jobs on the queue; where it is paced, only
    /// a few before they are wanted, so that there is time to kill it. Where
    /// there is a gate, no more than that file says.
    Producer { paced: bool, gate: Option<PathBuf> },
    /// Takes jobs until the batch is over or it is told to end.
    Worker { name: String },
    /// Appends each result to a file, as a [`Line`].
    Collector { file: PathBuf },
}

/// A result as the collector writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) sequence: u64,
    pub(crate) number: u64,
    pub(crate) deliveries: u32,
    /// Whether it is a 200.
    pub(crate) good: bool,
}

impl Order {
    /// The list: each URL says its number, so the witness tells them apart.
    pub(crate) fn urls(&self) -> Vec<String> {
        let (pinged, wait) = (&self.pinged, self.size.wait_ms);
        (0..self.jobs)
            .map(|seq| format!("http://{pinged}/200?seq={seq}&sleep={wait}"))
            .collect()
    }

    pub(crate) fn terms(&self) -> Terms {
        Terms::new(&self.urls(), Duration::from_millis(self.size.timeout_ms))
    }
}
