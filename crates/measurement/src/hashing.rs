//! What a ping has to compute when its answer is there.

use serde::{Deserialize, Serialize};

/// The body of each answer is hashed, each hash of the one before it, so often
/// that the job as a whole computes for a planned share of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashing {
    /// What part of a job is computing, %: the f of F6 and F11. The rest is the
    /// server's wait.
    pub share_percent: u32,
    /// How many hashes of a body that is on the machine that measured.
    pub hashes: u32,
}
