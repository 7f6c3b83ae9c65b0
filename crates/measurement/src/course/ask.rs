//! The questions of a lesson: numbers that can be measured.

use crate::record::Act;
use crate::summary::{Row, Summary};

/// A number to be predicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The question, as it is asked.
    pub words: &'static str,
    /// What of the cell is asked for.
    pub quantity: Quantity,
    /// The strategy of the cell.
    pub strategy: &'static str,
    /// The most pings in flight at once.
    pub concurrency: usize,
    /// How many pings.
    pub requests: usize,
}

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// From the first ping's start to the last one's end, ns.
    Makespan,
    /// Processor time of the client, all pings together, ns.
    Cpu,
    /// Threads of the client at half time, the main one included.
    Threads,
    /// Peak resident memory of the client, bytes.
    Memory,
    /// From the first request at the server to the moment the last one left
    /// it, ns; of a batch with a limit.
    ServerBusy,
    /// Requests that the server saw, every attempt counted.
    Requests,
    /// The most requests that arrived within 10 ms.
    Arrivals,
    /// Pings without a result of any use; of a batch with a slow consumer, or
    /// of one whose workers may die.
    Lost,
}

impl Ask {
    /// What was measured, at the median; `None` if it was not.
    pub fn measured(&self, summary: &Summary) -> Option<f64> {
        let mut batches = summary.of_act(Act::Lesson).filter(|batch| {
            batch.concurrency == self.concurrency
                && batch.requests == self.requests
        });
        let rows = &batches.next()?.rows;
        let row = rows.iter().find(|row| row.strategy == self.strategy)?;
        self.quantity.of(row, self.requests)
    }
}

impl Quantity {
    /// This quantity of a row of so many pings, at the median, in its own
    /// unit; `None` if the system did not tell.
    pub fn of(self, row: &Row, requests: usize) -> Option<f64> {
        let median = match self {
            Quantity::Makespan => row.makespan_ns.as_ref()?.median,
            Quantity::Cpu => {
                row.client_cpu_per_request_ns.as_ref()?.median * requests as f64
            }
            Quantity::Threads => row.threads?,
            Quantity::Memory => row.peak_rss_bytes.as_ref()?.median,
            Quantity::ServerBusy => row.server_busy_ns.as_ref()?.median,
            Quantity::Requests => row.requests_seen.as_ref()?.median,
            Quantity::Lost => row.lost.as_ref()?.median,
            Quantity::Arrivals => row.most_arrivals.as_ref()?.median,
        };
        Some(median).filter(|value| value.is_finite() && *value > 0.0)
    }
}
