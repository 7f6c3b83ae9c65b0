use std::net::SocketAddr;

use measurement::record::{Cost, Spec};
use serde::{Deserialize, Serialize};

/// What the parent orders, one line on the child's standard input.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    /// What to do.
    pub(crate) spec: Spec,
    /// Against which server: the first of its addresses, and further ones.
    pub(crate) addresses: Vec<SocketAddr>,
    /// Whether no connection is to be open when the clock starts.
    #[serde(default)]
    pub(crate) cold: bool,
    /// The server of the queue over which the batch is shared; none where it is
    /// not.
    #[serde(default)]
    pub(crate) queue: Option<String>,
    /// The process that keeps the processors awake meanwhile.
    #[serde(default)]
    pub(crate) awake: Option<u32>,
}

/// Said by the child when its client is warm.
pub(crate) const READY: &str = "READY";
/// Said by the parent when the server has been reset.
pub(crate) const GO: &str = "GO";

/// Said by the child, and after it the reason, when there will be no result.
pub(crate) const FAILED: &str = "FAILED ";

/// What the child tells when it is done, one line on its standard output.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Told {
    pub(crate) setup_ns: u64,
    pub(crate) makespan_ns: u64,
    /// The start of the clock on the system's monotonic clock; null where
    /// two processes cannot compare theirs.
    pub(crate) clock_ns: Option<u64>,
    /// One entry per ping, in the order of the list.
    pub(crate) pings: Vec<ToldPing>,
    pub(crate) cost: Cost,
    /// What all processors of the machine were busy, from just before the
    /// clock was started until just after it was stopped, ns; null where the
    /// client or the system does not say.
    #[serde(default)]
    pub(crate) busy_ns: Option<u64>,
    /// What of it kept them awake, ns; null where nothing did.
    #[serde(default)]
    pub(crate) awake_ns: Option<u64>,
    /// The worker of each ping and how often its job had been handed out, in
    /// the order of the list; empty where the batch is not shared.
    #[serde(default)]
    pub(crate) handed: Vec<Option<(u32, u32)>>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ToldPing {
    pub(crate) start_ns: u64,
    pub(crate) end_ns: u64,
    pub(crate) status: Option<u16>,
    /// Of the body; null where the client does not say.
    pub(crate) digest: Option<u64>,
    pub(crate) error: Option<String>,
}
