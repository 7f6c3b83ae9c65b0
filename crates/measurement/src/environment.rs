//! The machine and the build that a run was made on, and what the run was
//! asked to do. Never a host's name, a user or an address: reports are
//! published.

use serde::{Deserialize, Serialize};

/// The content of `run.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// [`crate::SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The run's name, and of its folder.
    pub run_id: String,
    /// The command that repeats it.
    pub command: String,
    /// The lesson that it belongs to; none if it is a run of the acts.
    #[serde(default)]
    pub lesson: Option<u8>,
    /// Seed of the order of strategies and of the bodies.
    pub seed: u64,
    /// Rounds asked for.
    pub rounds: u32,
    /// The strategies, in the order of their rows.
    pub strategies: Vec<String>,
    /// When it began, UTC, RFC 3339.
    pub start_utc: String,
    /// How it ended. None while it goes on, and for ever where it was killed.
    pub end: Option<RunEnd>,
    /// Where it ran.
    pub environment: Environment,
}

/// How a run ended, and what it had written by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunEnd {
    /// Why there are no more trials.
    pub how: Ended,
    /// Trials that it wrote: so many lines `trials.jsonl` must have.
    pub trials: u32,
}

/// Why a run made no more trials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// All that were planned are made.
    Finished,
    /// Somebody stopped it.
    Stopped,
    /// It could not go on.
    Broken,
}

/// The machine and the build. What the system does not tell is null.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Environment {
    /// Operating system and architecture, such as `linux x86_64`.
    pub system: String,
    /// Version of the kernel.
    pub kernel: Option<String>,
    /// Model of the processor.
    pub processor: Option<String>,
    /// Processors that this process may use.
    pub processors: Option<usize>,
    /// Whether it runs under a hypervisor.
    pub virtual_machine: Option<bool>,
    /// Frequency governor of the first processor.
    pub governor: Option<String>,
    /// Memory, bytes.
    pub memory_bytes: Option<u64>,
    /// Limit of open files, after it was raised.
    pub open_files: Option<u64>,
    /// The longest queue of connections not yet accepted.
    pub somaxconn: Option<u64>,
    /// The ports that clients connect from.
    pub port_range: Option<String>,
    /// Load average over one minute before the run.
    pub load: Option<f64>,
    /// The compiler.
    pub rustc: String,
    /// Optimisation level and assertions of the build.
    pub profile: String,
    /// Commit of the source, with `-dirty` if it was changed.
    pub commit: Option<String>,
    /// Versions of the crates under test, such as `ureq 3.5.1`.
    pub crates: Vec<String>,
}
