//! Other people's clients beside ours, before one server: what each was asked
//! for, what it said, what the server saw, and what it cost.
//!
//! Each trial runs a client twice, one run after the other. In the *check* it
//! makes a few requests, which the server holds so long that they must overlap;
//! in the *load* it makes many. What the load costs more than the check is
//! the price of its requests: that the program had to be started, to read its
//! options and to open its connections is in both.

mod summary;

pub use summary::{
    Discrepancy, PeerRow, PeersSummary, Quantity, cpu_per_request, summarise,
};

use serde::{Deserialize, Serialize};

use crate::environment::{Ended, Environment};

/// The version of both documents of a folder that `harness peers` leaves.
pub const PEERS_VERSION: u32 = 1;

/// `peers.json`: everything that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Peers {
    /// [`PEERS_VERSION`] of the writer.
    pub schema_version: u32,
    /// The name of the folder.
    pub run_id: String,
    /// The command that repeats it.
    pub command: String,
    /// When it began, UTC, RFC 3339.
    pub start_utc: String,
    /// Seed of the order.
    pub seed: u64,
    /// Rounds asked for.
    pub rounds: u32,
    /// Requests in flight at once that each client was asked for.
    pub concurrency: usize,
    /// How long the server held each request of a load, ns.
    pub wait_ns: u64,
    /// How long it held each request of a check, ns.
    pub check_wait_ns: u64,
    /// With whom all others are compared.
    pub reference: String,
    /// The clients, in the order of their rows.
    pub clients: Vec<Client>,
    /// Who is not installed.
    pub missing: Vec<Missing>,
    /// In the order in which they were made.
    pub trials: Vec<PeerTrial>,
    /// How it ended; none while it goes on.
    pub end: Option<Ended>,
    /// Where it ran.
    pub environment: Environment,
}

/// A client that took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Its name, such as `wrk`.
    pub name: String,
    /// Whether it is a strategy of this house.
    pub ours: bool,
    /// What it said of its version; none if it says nothing.
    pub version: Option<String>,
    /// The command of its load, with `{url}` in it.
    pub command: Vec<String>,
}

/// A client that is not installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Its name.
    pub name: String,
    /// How to install it.
    pub install: String,
}

/// One trial: a client, checked and loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeerTrial {
    /// Name of the client.
    pub client: String,
    /// Which round, from 0.
    pub round: u32,
    /// Place in the round, from 0, after the shuffle.
    pub order: u32,
    /// Whether it is the second trial of its client in its round: by how much
    /// the two differ is the noise.
    pub aa_twin: bool,
    /// What came of it.
    pub outcome: PeerOutcome,
}

/// What came of a trial.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeerOutcome {
    /// Both parts ran to their ends.
    Measured(Box<PeerParts>),
    /// One of them did not.
    Failed {
        /// What happened, in a sentence.
        reason: String,
    },
}

/// The two parts of a trial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerParts {
    /// A few requests that the server held.
    pub check: PeerBatch,
    /// Many requests.
    pub load: PeerBatch,
}

/// One run of a client. What the system does not tell is null.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerBatch {
    /// Requests that it was asked to make; null of a client that only takes
    /// a duration.
    pub asked: Option<u64>,
    /// Requests that it says it made; null if it does not say.
    pub said: Option<u64>,
    /// Requests that the server saw.
    pub sent: u64,
    /// Of those, the ones that were answered in full.
    pub answered: u64,
    /// The most in flight at once, as the server saw it.
    pub peak_in_flight: u64,
    /// Connections that the server accepted.
    pub connections: u64,
    /// From the first request that arrived to the last answer, ns.
    pub span_ns: Option<u64>,
    /// From the start of the program to its end, ns.
    pub wall_ns: u64,
    /// User CPU time of the program and all that it started, ns.
    pub user_ns: Option<u64>,
    /// System CPU time of the same, ns.
    pub system_ns: Option<u64>,
    /// CPU time of the server's thread, ns.
    pub server_cpu_ns: Option<u64>,
    /// Peak resident memory, bytes: of its processes added up.
    pub peak_rss_bytes: Option<u64>,
    /// The most threads seen alive, of all its processes.
    pub threads: Option<u64>,
}

impl PeerBatch {
    /// User and system CPU time together, ns.
    pub fn cpu_ns(&self) -> Option<u64> {
        Some(self.user_ns?.saturating_add(self.system_ns?))
    }

    /// By the server's count and its clock.
    pub fn requests_per_second(&self) -> Option<f64> {
        let span = self.span_ns.filter(|span| *span > 0)?;
        Some(self.answered as f64 * 1e9 / span as f64)
    }
}

impl PeerTrial {
    /// Both parts, if it ran to its end.
    pub fn measured(&self) -> Option<(&PeerBatch, &PeerBatch)> {
        match &self.outcome {
            PeerOutcome::Measured(parts) => Some((&parts.check, &parts.load)),
            PeerOutcome::Failed { .. } => None,
        }
    }
}
