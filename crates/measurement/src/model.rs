//! What a sweep must come to, from two measured numbers and no fitted ones:
//! how long the server holds a request, and how much processor time a request
//! takes on both sides together.
//!
//! Operational analysis as in Lazowska, Zahorjan, Graham and Sevcik,
//! *Quantitative System Performance* (1984): asymptotic bounds, and mean value
//! analysis with Seidmann's split of a station of several processors into a
//! queue and a delay. Formula F5 of the course.

use serde::{Deserialize, Serialize};

/// What a request needs, and what there is for it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Demand {
    /// How long the server holds it, ns.
    pub hold_ns: f64,
    /// Processor time of client and server together, ns.
    pub cpu_ns: f64,
    /// Processors that client and server share.
    pub processors: usize,
}

/// Nanoseconds in a second.
const SECOND: f64 = 1e9;

/// The most customers that [`Demand::throughput`] adds one by one.
const MOST: usize = 1 << 20;

impl Demand {
    /// No way of doing it has more than this many requests per second with
    /// `c` in flight: `min(c / (L + D), m / D)`.
    pub fn bound(&self, c: usize) -> f64 {
        let waiting = c as f64 / (self.hold_ns + self.cpu_ns);
        waiting.min(self.processors as f64 / self.cpu_ns) * SECOND
    }

    /// The concurrency at which the two bounds meet, the knee:
    /// `m (L + D) / D`. Beyond it more in flight wait for a processor.
    pub fn knee(&self) -> f64 {
        self.processors as f64 * (self.hold_ns + self.cpu_ns) / self.cpu_ns
    }

    /// Requests per second with `c` in flight, by mean value analysis:
    /// requests come when they come, and queue for a processor.
    ///
    /// With one processor it is the exact solution of the machine-repair model
    /// (M/M/1//N). With more, Seidmann's split is never above the exact one,
    /// and below it by at most 8.4 % (holds of 1 to 1,000 times the processor
    /// time, up to 512 in flight, 2 to 8 processors), and by 0.5 % where the
    /// hold is 50 times as long or more (2 and 4; `tests/model.rs`).
    /// Beyond 2^20 in flight it stays what it is there.
    pub fn throughput(&self, c: usize) -> f64 {
        let m = self.processors as f64;
        // Seidmann: of m processors, one queue m times as fast, and a delay
        // for the rest of the work.
        let queueing = self.cpu_ns / m;
        let delay = self.hold_ns + self.cpu_ns * (m - 1.0) / m;
        let mut queue = 0.0;
        let mut throughput = 0.0;
        for n in 1..=c.min(MOST) {
            let residence = queueing * (1.0 + queue);
            throughput = n as f64 / (delay + residence);
            queue = throughput * residence;
        }
        throughput * SECOND
    }
}
