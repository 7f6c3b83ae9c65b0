//! The same pings seen from both ends of the wire: below each bar of the
//! client what the server did meanwhile, and afterwards.

pub(crate) mod layout;
mod panel;

use measurement::record::{Measured, Trial};
use measurement::summary::Batch;
use measurement::witness::End;

use crate::error::ChartError;
use crate::picked::picked;

/// More panels than this would be too thin to compare.
const MOST_PANELS: usize = 4;

/// More pings than this are no rows any more.
const MOST_PINGS: usize = 16;

/// A strategy with the trial that stands for it.
#[derive(Debug, Clone)]
pub(crate) struct Strategy {
    pub(crate) name: String,
    pub(crate) rounds: usize,
    /// The median of its rounds, ns.
    pub(crate) makespan_ns: f64,
    /// How long the server was busy, the median of its rounds, ns.
    pub(crate) busy_ns: Option<f64>,
    /// In the order of the list.
    pub(crate) pings: Vec<Ping>,
    /// What a reader predicted of the makespan, ns.
    pub(crate) predicted_ns: Option<f64>,
    /// And of how long the server is busy.
    pub(crate) predicted_busy_ns: Option<f64>,
}

/// One ping at both ends; times in ns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ping {
    /// From when to when the client waited for it.
    pub(crate) client: (u64, u64),
    /// Whether it has an answer.
    pub(crate) answered: bool,
    /// From when to when it was in flight at the server, if that is known.
    pub(crate) server: Option<(u64, u64)>,
    /// Whether the server saw the client go.
    pub(crate) gone: bool,
}

impl Strategy {
    /// The last moment of its pings, at either end.
    pub(crate) fn end_ns(&self) -> u64 {
        let ends = self.pings.iter().map(|ping| {
            ping.client.1.max(ping.server.map_or(0, |(_, end)| end))
        });
        ends.max().unwrap_or(0)
    }
}

/// The strategies that are drawn, in the order of the batch.
///
/// # Errors
///
/// If none has a trial that counts, or a trial of them is missing.
pub(crate) fn panels(
    batch: &Batch,
    trials: &[Trial],
) -> Result<Vec<Strategy>, ChartError> {
    let rows = picked(batch, trials, MOST_PANELS, |_| true)?;
    let strategies = rows.iter().map(|found| {
        let row = found.row;
        let median = row.makespan_ns.as_ref().map(|own| own.median);
        Strategy {
            name: row.strategy.clone(),
            rounds: row.valid,
            makespan_ns: median.unwrap_or(found.measured.makespan_ns as f64),
            busy_ns: row.server_busy_ns.as_ref().map(|own| own.median),
            pings: pings(found.measured),
            predicted_ns: None,
            predicted_busy_ns: None,
        }
    });
    Ok(strategies.collect())
}

fn pings(measured: &Measured) -> Vec<Ping> {
    let samples = &measured.samples;
    let ping = |(i, client): (usize, (u64, u64))| Ping {
        client,
        answered: samples.status[i].is_some(),
        server: held(samples.received_ns[i], samples.sent_ns[i]),
        gone: samples.ended.get(i) == Some(&Some(End::Aborted)),
    };
    let flights = samples.flights().into_iter().enumerate();
    flights.map(ping).take(MOST_PINGS).collect()
}

/// Two clocks of one machine agree to within microseconds, so the server may
/// have it a hair before the trial's clock began.
fn held(received: Option<i64>, sent: Option<i64>) -> Option<(u64, u64)> {
    let moment = |ns: i64| u64::try_from(ns).unwrap_or(0);
    let (received, sent) = (moment(received?), moment(sent?));
    (received <= sent).then_some((received, sent))
}
