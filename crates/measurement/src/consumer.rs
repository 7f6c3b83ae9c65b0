//! Whoever takes the results of a batch, where that takes time.

use serde::{Deserialize, Serialize};

/// A consumer that takes results one by one, and is slow. Its pings give up
/// after a while, so that a ping may be lost though the server answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consumer {
    /// How long it handles each result, ns.
    pub handling_ns: u64,
    /// How long a ping may take, ns: longer than any wait of the server.
    pub timeout_ns: u64,
}
