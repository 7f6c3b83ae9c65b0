//! What the server saw. It is the witness of every count and every overlap:
//! a client can only say what it believes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::waits::{Capacity, Waits};

/// Everything the server saw since its last reset. Times are nanoseconds on
/// the server's monotonic clock (`CLOCK_MONOTONIC` on Linux, so that they can
/// be compared with a client's on the same machine).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Witness {
    /// Requests whose head arrived in full. Requests under way at the reset
    /// are not counted.
    pub requests: u64,
    /// Different sequence numbers among them.
    pub distinct: u64,
    /// Requests whose sequence number had been seen before.
    pub duplicates: u64,
    /// Requests without a `?seq=`, which were numbered by arrival.
    pub numbered_by_arrival: u64,
    /// Connections accepted.
    pub connections: u64,
    /// Requests that were sent before the one before them on their connection
    /// was answered (pipelining). They are taken one at a time: such a request
    /// arrives when the one before it is answered.
    #[serde(default)]
    pub pipelined: u64,
    /// Requests in flight now: received and not yet answered.
    pub in_flight: u64,
    /// The most requests in flight at once: sent and not yet answered, also
    /// where they waited in a socket to be read.
    pub peak_in_flight: u64,
    /// The integral of the number in flight over time, in nanoseconds. Equal
    /// to the sum of all holds, by another way of counting.
    pub in_flight_ns: u64,
    /// When the first request arrived.
    pub first_received_ns: Option<u64>,
    /// When the last request so far left flight.
    pub last_sent_ns: Option<u64>,
    /// Requests answered in full.
    pub done: u64,
    /// Requests whose client was gone before the answer.
    pub aborted: u64,
    /// Requests that were not answered in full on purpose.
    #[serde(default)]
    pub faulted: u64,
    /// Requests that met a fault, by its name; some are answered in full.
    #[serde(default)]
    pub faults: BTreeMap<Fault, u64>,
    /// Connections closed because what arrived was no request.
    pub malformed: u64,
    /// Body bytes of the answers written.
    pub body_bytes: u64,
    /// Answers by status.
    pub statuses: BTreeMap<u16, u64>,
    /// CPU time of the server's thread, in nanoseconds; null where the system
    /// cannot say.
    pub cpu_ns: Option<u64>,
    /// Times that the server's thread gave up the processor to wait; null
    /// where the system cannot say.
    #[serde(default)]
    pub voluntary_switches: Option<u64>,
    /// Times that it was pushed off its processor.
    #[serde(default)]
    pub involuntary_switches: Option<u64>,
    /// One stamp per request, in the order of arrival, oldest first.
    pub stamps: Vec<Stamp>,
    /// Stamps that the ring had no room for: the oldest are dropped first.
    pub stamps_dropped: u64,
}

/// What the server saw of one program: `witness.json` of a folder that
/// `harness witness` leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Testimony {
    /// [`crate::SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The program and its arguments as typed, with `{url}` in them.
    pub command: Vec<String>,
    /// The server's waits.
    pub waits: Waits,
    /// What the requests met, over and over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Option<Fault>>,
    /// How many were served at once, if not all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// After how many requests a connection was closed, if ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests_per_connection: Option<u64>,
    /// How the program ended, in the system's words.
    pub ended: String,
    /// What the server saw.
    pub witness: Witness,
}

/// One request as the server saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its sequence number: `?seq=`, or the order of arrival.
    pub seq: u64,
    /// Which connection it came on, counted since the reset; connections that
    /// were open before it have numbers too.
    pub connection: u64,
    /// When its head had arrived, by the kernel's stamp on Linux and otherwise
    /// when it was read.
    pub received_ns: u64,
    /// When it left flight, just before the answer was written, or when its
    /// client was found to be gone. Null while in flight.
    pub sent_ns: Option<u64>,
    /// The wait that it was to have, in nanoseconds.
    pub wait_ns: u64,
    /// The status of its answer.
    pub status: u16,
    /// How it ended.
    pub end: End,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// Not yet: the server still works on it.
    InFlight,
    /// Answered.
    Done,
    /// Its client was gone first.
    Aborted,
    /// Not answered in full, on purpose.
    Faulted,
}

impl Stamp {
    /// How long it was in flight at the server, in nanoseconds; none while it
    /// still is.
    pub fn hold_ns(&self) -> Option<u64> {
        Some(self.sent_ns?.saturating_sub(self.received_ns))
    }

    /// How much later than planned it was answered, in nanoseconds.
    pub fn late_ns(&self) -> Option<u64> {
        Some(self.hold_ns()?.saturating_sub(self.wait_ns))
    }
}

impl Witness {
    /// From the first arrival to the last answer, in nanoseconds.
    pub fn span_ns(&self) -> Option<u64> {
        Some(self.last_sent_ns?.saturating_sub(self.first_received_ns?))
    }

    /// How long the server made each request wait, in nanoseconds, as far as
    /// it was in flight for that long: a refusal may come sooner. None unless
    /// each request has its stamp and was answered, and something waited.
    pub fn waits_kept(&self) -> Option<Vec<u64>> {
        let answered = self.stamps.iter().filter(|s| s.end == End::Done);
        let waits: Vec<u64> = answered
            .filter_map(|stamp| Some(stamp.wait_ns.min(stamp.hold_ns()?)))
            .collect();
        let whole = waits.len() as u64 == self.requests;
        let waited = waits.iter().any(|wait| *wait > 0);
        (whole && waited).then_some(waits)
    }

    /// Time-weighted mean of the number in flight over [`Self::span_ns`].
    pub fn mean_in_flight(&self) -> Option<f64> {
        let span = self.span_ns().filter(|span| *span > 0)?;
        Some(self.in_flight_ns as f64 / span as f64)
    }
}
