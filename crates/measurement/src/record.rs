//! The record of one trial: what was asked for, what came of it.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use crate::MILLISECOND;
use crate::consumer::Consumer;
use crate::distribution::Histogram;
use crate::fault::Fault;
use crate::finding::{Check, Flag};
use crate::hashing::Hashing;
use crate::machines::{Machines, Shared};
use crate::manners::Manners;
use crate::waits::Waits;
use crate::witness::{End, Witness};

/// Which act of the run a trial belongs to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// The book's six URLs, all at once where the strategy can.
    Book,
    /// 48 uneven waits, 8 at a time; and a few trials with more.
    Uneven,
    /// No waits at all: what a ping costs.
    NoWaits,
    /// Equal waits at several levels. One's own question is one, too.
    Sweep,
    /// As many pings as are in flight at once: what one more of them costs.
    Memory,
    /// What a lesson of the course measures; the run says which lesson.
    Lesson,
    /// More and more pings in flight, until something ends it.
    Capacity,
    /// The same without a connection that is open before the clock starts.
    CapacityCold,
}

/// The most pings of a trial: more would not fit into the line in which its
/// child tells of them. A record that asks for more is not one of ours.
pub const MOST_REQUESTS: usize = 1 << 20;

/// From so many pings on a trial keeps histograms instead of a sample for each
/// ping, so that a report folder stays small.
pub const SAMPLES_BELOW: usize = 2048;

/// Over so long arrivals are counted together, ns.
pub const ARRIVALS_NS: u64 = 10 * MILLISECOND;

/// So many counts of arrivals are kept: a minute.
pub const MOST_ARRIVALS: usize = 6000;

/// What one trial is to do. It goes to the child as one line of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    /// The strategy's name, such as `worker-pool`.
    pub strategy: String,
    /// The HTTP client under it, such as `ureq`.
    pub client: String,
    /// The most requests in flight at once.
    pub concurrency: usize,
    /// How many pings.
    pub requests: usize,
    /// The server's waits.
    pub waits: Waits,
    /// The statuses asked for, over and over.
    pub statuses: Vec<u16>,
    /// Length of each body in bytes; none lets the server answer with the
    /// status and its reason, as httpstat.us did.
    pub body_bytes: Option<usize>,
    /// Makes the bodies of this trial different from those of any other.
    pub nonce: u64,
    /// How long the whole batch may take, ns. Such a batch is all in flight at
    /// once, and a ping whose wait is longer has no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_ns: Option<u64>,
    /// Who takes the results, where that takes time. A ping whose time is up
    /// has no answer then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumer: Option<Consumer>,
    /// Which processes share the batch over a queue; `None` where it is done in
    /// one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machines: Option<Machines>,
    /// What each ping computes when its answer is there; `None` where it does
    /// not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hashing: Option<Hashing>,
    /// What is to go wrong: the `faults` of the server's plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Option<Fault>>,
    /// How the server is to be treated.
    #[serde(default, skip_serializing_if = "Manners::are_none")]
    pub manners: Manners,
    /// Whether a process of ours, of the lowest priority, keeps every processor
    /// awake meanwhile; `None` where the system has no way to do that.
    #[serde(default)]
    pub kept_awake: Option<bool>,
}

/// One trial: a line of `trials.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// [`crate::SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The run that it belongs to.
    pub run_id: String,
    /// Number of the trial in its run, from 0 and without a gap.
    pub trial: u32,
    /// Which act.
    pub act: Act,
    /// The level of its batch: the concurrency asked for. A sequential trial
    /// of a batch at 8 has level 8 and concurrency 1.
    pub level: usize,
    /// Which round of that act, from 0. A round holds each cell once, and the
    /// baseline of a sweep first and last.
    pub round: u32,
    /// Place in the round, from 0, after the shuffle.
    pub order: u32,
    /// Whether it is the second trial of its cell in its round, the same under
    /// another name: by how much the two differ is the noise. In each round
    /// another cell of a batch has one.
    pub aa_twin: bool,
    /// What it was to do.
    pub spec: Spec,
    /// When it began, UTC, RFC 3339.
    pub start_utc: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a trial.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It ran to its end. Whether it counts, its checks say.
    Measured(Box<Measured>),
    /// It died, hung or printed rubbish.
    Failed {
        /// What happened, in a sentence.
        reason: String,
    },
}

/// What was measured in a trial that ran to its end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Building the client (and the async runtime), outside the clock, ns.
    pub setup_ns: u64,
    /// From just before the first ping until every worker had been joined, ns.
    pub makespan_ns: u64,
    /// One entry per ping; empty from [`SAMPLES_BELOW`] pings on.
    pub samples: Samples,
    /// What is kept instead, of that many pings.
    pub histograms: Option<Histograms>,
    /// The time that the client spent in pings, all together, ns.
    pub service_ns: u64,
    /// How long the server held a request, at the median, ns.
    pub hold_ns: Option<u64>,
    /// How much later than planned the server answered, at the median, ns.
    pub late_ns: Option<u64>,
    /// How many the server still had in flight when the client said that the
    /// batch is over; only of one with a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_in_flight: Option<u64>,
    /// What the client cost.
    pub cost: Cost,
    /// What the server saw, without the stamps: those are in `samples`.
    pub server: Witness,
    /// What the machine did meanwhile.
    pub host: Host,
    /// Findings that void the trial where they do not hold.
    pub checks: Vec<Check>,
    /// Findings that mark the trial and keep it.
    pub flags: Vec<Flag>,
    /// Requests that arrived at the server in each [`ARRIVALS_NS`] since the
    /// clock started, all attempts, [`MOST_ARRIVALS`] entries at most. Kept of
    /// a trial that tries again; empty of any other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arrivals: Vec<u64>,
    /// Who did which job, of a batch that is shared over a queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<Shared>,
}

/// One entry per ping, in the order of the list. Times are nanoseconds since
/// the trial's clock started. A column of the server is null where the clocks
/// of two processes cannot be compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Samples {
    /// Just before the request was started.
    pub start_ns: Vec<u64>,
    /// After the last byte of the body, or the failure.
    pub end_ns: Vec<u64>,
    /// The status, or none where the ping failed.
    pub status: Vec<Option<u16>>,
    /// When the server had the request.
    pub received_ns: Vec<Option<i64>>,
    /// When it left flight at the server.
    pub sent_ns: Vec<Option<i64>>,
    /// How it ended at the server; empty where the batch has no limit and is
    /// not shared over a queue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ended: Vec<Option<End>>,
}

/// The times of many pings, in histograms.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Histograms {
    /// From the start of a ping to its end.
    pub service: Histogram,
    /// From the start of the clock, when every ping was released, to its end.
    pub sojourn: Histogram,
}

/// What a trial cost its client process, clock start to clock end. Null where
/// the system cannot say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// User CPU time, ns.
    pub user_ns: Option<u64>,
    /// System CPU time, ns.
    pub system_ns: Option<u64>,
    /// Peak resident memory at the start of the clock, bytes (`VmHWM`, after
    /// it was reset).
    pub base_rss_bytes: Option<u64>,
    /// Peak resident memory at the end of the clock, bytes (`VmHWM`).
    pub peak_rss_bytes: Option<u64>,
    /// Threads alive at about half time.
    pub threads: Option<u64>,
    /// Times that a thread gave up the processor to wait.
    pub voluntary_switches: Option<u64>,
    /// Times that a thread was pushed off its processor.
    pub involuntary_switches: Option<u64>,
}

/// What the machine did during the trial. Null where the system cannot say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Host {
    /// Time stolen by the hypervisor, all processors, ns.
    pub stolen_ns: Option<u64>,
    /// Segments sent again (`TcpRetransSegs`).
    pub retransmitted_segments: Option<u64>,
    /// Connections refused by a full backlog (`ListenOverflows`).
    pub listen_overflows: Option<u64>,
    /// Load average over one minute before the trial. Trials count in it, and
    /// what keeps the processors awake.
    pub load: Option<f64>,
    /// Processors that client and server may use.
    pub processors: Option<u64>,
    /// Processor time that none of ours used, ns: neither client nor server,
    /// nor what keeps the processors awake.
    pub others_ns: Option<u64>,
    /// Processor time of what kept the processors awake, ns; null where
    /// nothing did.
    #[serde(default)]
    pub awake_ns: Option<u64>,
}

impl Spec {
    /// The most requests in flight at once.
    pub fn concurrency(&self) -> NonZeroUsize {
        NonZeroUsize::new(self.concurrency).unwrap_or(NonZeroUsize::MIN)
    }

    /// The status that ping `i` of the list asks for.
    pub fn status_of(&self, i: usize) -> u16 {
        match self.statuses.len() {
            0 => 200,
            length => self.statuses[i % length],
        }
    }

    /// Whether a ping may have no answer, and nothing is wrong.
    pub fn may_lose(&self) -> bool {
        let lost = self.machines.map_or(0, |machines| machines.may_lose());
        self.limit_ns.is_some() || self.consumer.is_some() || lost > 0
    }

    /// Whether it is told how each request ended at the server.
    pub fn tells_ends(&self) -> bool {
        self.limit_ns.is_some() || self.machines.is_some()
    }

    /// This time, or the limit if that is shorter.
    pub fn within_limit(&self, ns: u64) -> u64 {
        ns.min(self.limit_ns.unwrap_or(u64::MAX))
    }
}

impl Samples {
    /// From when to when the client had each ping in flight, ns. A client
    /// that only knows that a ping is missing says that it began when it
    /// ended; then it began when the server had it, at the latest.
    pub fn flights(&self) -> Vec<(u64, u64)> {
        let both = self.start_ns.iter().zip(&self.end_ns).enumerate();
        let flight = |(i, (start, end)): (usize, (&u64, &u64))| {
            let missing = start >= end && self.status.get(i) == Some(&None);
            let received = self.received_ns.get(i).copied().flatten();
            let began = received.filter(|_| missing).map_or(*start, |ns| {
                u64::try_from(ns).unwrap_or(0).min(*start)
            });
            (began, *end.max(&began))
        };
        both.map(flight).collect()
    }
}

impl Trial {
    /// The measurement, if the trial ran to its end and every check holds.
    pub fn valid(&self) -> Option<&Measured> {
        match &self.outcome {
            Outcome::Measured(measured)
                if measured.checks.iter().all(|check| check.ok) =>
            {
                Some(measured)
            }
            _ => None,
        }
    }
}

impl Cost {
    /// User and system CPU time together, ns.
    pub fn cpu_ns(&self) -> Option<u64> {
        Some(self.user_ns?.saturating_add(self.system_ns?))
    }
}
