//! A batch that worker processes share over a queue, one of which may die.

use serde::{Deserialize, Serialize};

/// Who works, and what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machines {
    /// Worker processes.
    pub workers: u32,
    /// Jobs that each of them may have in its hands at once.
    pub tasks: u32,
    /// How long a job may be with a worker before another one gets it, too, ns.
    pub ack_wait_ns: u64,
    /// Whether a job is acknowledged before its ping, and not after it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ack_first: bool,
    /// The first worker is killed in mid-job: half a wait after the server has
    /// seen so many requests and has as many in flight as there may be, or as
    /// many requests later; `None` where all of them live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub killed_at: Option<u64>,
}

/// Who did which job of such a batch.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Shared {
    /// Which worker has stored the result of each ping, in the order of the
    /// list, from 0; null where there is none.
    pub worker: Vec<Option<u32>>,
    /// How often its job had been handed out by then.
    pub deliveries: Vec<Option<u32>>,
    /// When the first worker was killed, ns since the trial's clock started;
    /// left out where none was, or nobody can say it by that clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub killed_ns: Option<u64>,
    /// Requests that the server saw go with it. Empty where nobody can say
    /// when that was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cut_off: Vec<CutOff>,
}

/// A request whose worker died.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutOff {
    /// Its ping, from 0.
    pub ping: u64,
    /// When the server had it, ns since the trial's clock started.
    pub received_ns: i64,
    /// When the server saw its client go.
    pub gone_ns: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Machines {
    /// The most jobs that die with a worker.
    pub fn in_hand(&self) -> u64 {
        self.killed_at.map_or(0, |_| self.tasks.into())
    }

    /// The most jobs of which nobody stores a result: the queue has forgotten
    /// what was acknowledged before.
    pub fn may_lose(&self) -> u64 {
        if self.ack_first { self.in_hand() } else { 0 }
    }

    /// The most requests that are made a second time.
    pub fn again(&self) -> u64 {
        if self.ack_first { 0 } else { self.in_hand() }
    }
}

impl Shared {
    /// Jobs whose result was not of their first delivery.
    pub fn again(&self) -> usize {
        let each = self.deliveries.iter().flatten();
        each.filter(|deliveries| **deliveries > 1).count()
    }
}
