//! What is kept of an exam: `exam.json` of a folder that `harness exam`
//! leaves.

use serde::{Deserialize, Serialize};

use super::record::{Handed, Performance};
use super::remark::Remark;
use super::word::Verdict;
use crate::environment::Ended;

/// The version of `exam.json`.
pub const EXAM_VERSION: u32 = 1;

/// An exam: a program, and how it performed in each scene.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exam {
    /// [`EXAM_VERSION`] of the writer.
    pub schema_version: u32,
    /// The name of the folder.
    pub run_id: String,
    /// When it began, UTC, RFC 3339.
    pub start_utc: String,
    /// The program and its arguments as typed, with `{url}` or `{urls}` in
    /// them.
    pub command: Vec<String>,
    /// What the program takes.
    pub handed: Handed,
    /// URLs of each scene.
    pub urls: u64,
    /// How many it was asked to have in flight, if that was said.
    pub concurrency: Option<u64>,
    /// The limit of each scene, ns.
    pub patience_ns: u64,
    /// In the order of the scenes; those that were not played are left out.
    pub scenes: Vec<Scored>,
    /// How it ended.
    pub end: Ended,
}

/// A performance and its judgement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// What happened.
    pub performance: Performance,
    /// What is to be said of it.
    pub verdict: Verdict,
    /// What else is striking.
    pub remarks: Vec<Remark>,
}
