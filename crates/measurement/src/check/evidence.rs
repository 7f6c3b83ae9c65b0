//! What the findings of a trial are made of.

use crate::record::{Host, Samples, Spec};
use crate::witness::Witness;

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
    /// where the batch has a limit or a slow consumer.
    pub(super) fn counts(&self, seq: u64) -> bool {
        let status = || {
            let seq = usize::try_from(seq).ok()?;
            self.samples.status.get(seq).copied().flatten()
        };
        !self.spec.may_lose() || status().is_some()
    }
}
