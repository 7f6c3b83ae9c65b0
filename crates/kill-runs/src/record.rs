//! What a campaign leaves: one JSON file, from which the page is made.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::scene::{Blow, Kind, Size};

/// Runs and what they ran on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// 1; another number is of another program.
    pub schema_version: u32,
    /// When the first run began, RFC 3339.
    pub began: String,
    /// What the servers of the queue call themselves.
    pub nats_server: String,
    /// Processors that all of it shared.
    pub processors: usize,
    /// The seed of the first run; each further one has the next.
    pub seed: u64,
    /// How large a run is.
    pub size: Size,
    /// In the order in which they were made.
    pub runs: Vec<Run>,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// What it follows from.
    pub seed: u64,
    /// What was done to it.
    pub kind: Kind,
    /// That in detail, as it came to be.
    pub strikes: Vec<Struck>,
    /// Jobs of the batch.
    pub jobs: u64,
    /// Results that the collector wrote.
    pub results: u64,
    /// Different jobs among them.
    pub distinct: u64,
    /// Results that were no 200: a worker that was stopped may have one.
    pub not_good: u64,
    /// Requests that the witness counted.
    pub requests: u64,
    /// The most in flight at once that it saw.
    pub peak: u64,
    /// Results of jobs that had been handed out before.
    pub again: u64,
    /// The longest time without a request from the first strike on, while
    /// there were more jobs without one than may be in flight, in
    /// milliseconds.
    pub standstill_ms: u64,
    /// From the end of a worker until all that it had in its hands was done,
    /// in milliseconds; none where none was killed, or others, too.
    pub redone_ms: Option<u64>,
    /// The load of the machine at the end; none where it does not say.
    pub load: Option<f64>,
    /// What is not as it has to be, by the counters.
    pub faults: Vec<String>,
    /// What took longer than it may, by the clock.
    pub slow: Vec<String>,
}

/// A strike as it fell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Struck {
    /// What.
    pub blow: Blow,
    /// Whom: the place of a worker or a server, from 0.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub victim: Option<usize>,
    /// The number of requests at which it was to fall.
    pub at: u64,
    /// What the witness had counted when it fell.
    pub requests: u64,
}

/// The version of the record.
pub const SCHEMA_VERSION: u32 = 1;

impl Record {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is of another version.
    pub fn read(path: &Path) -> Result<Record> {
        let shown = path.display();
        let text = fs::read_to_string(path)
            .with_context(|| format!("cannot read {shown}"))?;
        let record: Record = serde_json::from_str(&text)
            .with_context(|| format!("{shown} is no record of kill runs"))?;
        let found = record.schema_version;
        anyhow::ensure!(
            found == SCHEMA_VERSION,
            "{shown} has schema {found}, and this program writes \
             {SCHEMA_VERSION}; make it again"
        );
        Ok(record)
    }

    /// Writes it, with the folder that it is in. What was there before stays
    /// whole until the new one is.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let tried = || format!("cannot write {}", path.display());
        let folder = path.parent().filter(|path| path.is_dir());
        if let (None, Some(folder)) = (folder, path.parent()) {
            fs::create_dir_all(folder).with_context(tried)?;
        }
        let text = serde_json::to_string_pretty(self)? + "\n";
        let beside = path.with_extension("json.new");
        fs::write(&beside, text).with_context(tried)?;
        fs::rename(&beside, path).with_context(tried)
    }
}
