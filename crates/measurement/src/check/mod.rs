//! What voids a trial, and what only marks it.

mod attempts;
mod counts;
mod flags;
mod laws;
mod network;
mod words;

use serde::{Deserialize, Serialize};

pub use flags::{flags, is_late, median_hold_ns, median_late_ns};
pub use words::{CHECKS, FLAGS, meaning};

use crate::record::{Host, Samples, Spec};
use crate::witness::Witness;

/// A finding that voids the trial where it does not hold. What was answered,
/// sent and counted may do so, and what arithmetic forbids; that a trial took
/// long never does, or what is left would be the quick ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Its name, such as `seen-equals-sent`.
    pub name: String,
    /// Whether it holds.
    pub ok: bool,
    /// The figures that it compared, in words.
    pub detail: String,
}

/// A finding that marks a trial and keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// Its name, such as `dialled`.
    pub name: String,
    /// The figures behind it, in words.
    pub detail: String,
}

impl Flag {
    /// Whether it says that the machine disturbed the trial.
    pub fn disturbs(&self) -> bool {
        disturbs(&self.name)
    }
}

/// Whether a flag of this name says that the machine disturbed the trial. The
/// others say what the client or the server did.
pub fn disturbs(name: &str) -> bool {
    matches!(name, "stolen" | "busy" | "retransmission")
}

/// Everything that is known of a trial when it has ended.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// What it was to do.
    pub spec: &'a Spec,
    /// What the client reports.
    pub samples: &'a Samples,
    /// Bodies that were not the ones the server was to send.
    pub wrong_bodies: usize,
    /// The client's makespan, ns.
    pub makespan_ns: u64,
    /// What the server saw, with its stamps.
    pub witness: &'a Witness,
    /// What the machine did.
    pub host: &'a Host,
}

impl Evidence<'_> {
    /// Whether ping `seq` has an answer, or should have one: all have, but
    /// where the batch has a limit.
    fn counts(&self, seq: u64) -> bool {
        let status = || {
            let seq = usize::try_from(seq).ok()?;
            self.samples.status.get(seq).copied().flatten()
        };
        self.spec.limit_ns.is_none() || status().is_some()
    }
}

/// The findings that void a trial where they do not hold. All are made, so
/// that a record tells everything that was wrong. Each looks at one thing
/// only, so that the one that fails names the cause.
pub fn checks(evidence: &Evidence<'_>) -> Vec<Check> {
    let mut checks = vec![
        counts::answered(evidence),
        counts::statuses(evidence),
        counts::bodies(evidence),
        counts::seen_equals_sent(evidence),
        counts::each_once(evidence),
        counts::none_left(evidence),
        counts::peak_within(evidence),
        laws::not_below_bound(evidence),
        laws::littles_law(evidence),
        laws::pings_cover_holds(evidence),
        laws::within_capacity(evidence),
    ];
    if evidence.spec.manners.retries > 0 {
        checks.push(attempts::as_forecast(evidence));
    }
    checks
}

fn check(name: &str, ok: bool, detail: String) -> Check {
    Check { name: name.to_owned(), ok, detail }
}

fn flag(name: &str, detail: String) -> Flag {
    Flag { name: name.to_owned(), detail }
}
