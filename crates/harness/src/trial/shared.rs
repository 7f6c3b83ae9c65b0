//! Who did which job of a trial that is shared over a queue: what the client
//! heard of it, and what the server saw end with a worker.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use measurement::machines::{CutOff, Shared};
use measurement::record::Spec;
use measurement::witness::{End, Witness};

use super::message::Told;

/// The worker of each job and how often it had been handed out, by the number
/// of the job. Clones are of the same one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Handed(Arc<Mutex<BTreeMap<u64, (u32, u32)>>>);

impl Handed {
    /// Keeps who did a job.
    #[cfg(feature = "many-machines")]
    pub(crate) fn to(&self, job: u64, worker: u32, deliveries: u32) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(job, (worker, deliveries));
    }

    /// Of so many jobs, in their order.
    pub(super) fn of(&self, jobs: usize) -> Vec<Option<(u32, u32)>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (0..jobs as u64).map(|job| known.get(&job).copied()).collect()
    }
}

/// What the batch of a trial is called on the queue.
pub(crate) fn batch_of(spec: &Spec) -> String {
    format!("trial-{:x}", spec.nonce)
}

/// What the record keeps of it; none where nothing is shared.
pub(super) fn shared(
    spec: &Spec,
    told: &Told,
    witness: &Witness,
) -> Option<Shared> {
    let machines = spec.machines?;
    let handed = || told.handed.iter();
    let clock_ns = told.clock_ns.filter(|_| cfg!(target_os = "linux"));
    let since = |ns: u64| Some(ns as i64 - clock_ns? as i64);
    let gone = witness.stamps.iter().filter(|s| s.end == End::Aborted);
    let cut_off = gone.filter_map(|stamp| {
        Some(CutOff {
            ping: stamp.seq,
            received_ns: since(stamp.received_ns)?,
            gone_ns: since(stamp.sent_ns?)?,
        })
    });
    let killed = machines.killed_at.is_some();
    Some(Shared {
        worker: handed().map(|own| own.map(|(worker, _)| worker)).collect(),
        deliveries: handed().map(|own| own.map(|(_, often)| often)).collect(),
        killed_ns: None,
        cut_off: cut_off.filter(|_| killed).collect(),
    })
}
