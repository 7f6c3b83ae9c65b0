//! What the sweep was to come to: said before it, and held against it.

use serde::{Deserialize, Serialize};

use super::baseline::throughput;
use super::{Batch, Row, ratio};
use crate::model::Demand;
use crate::record::{Act, Measured, Trial};
use crate::statistics::estimate;
use crate::waits::Waits;

/// What a forecast is made of, and how far off it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// The waits that it was made for; a sweep of others is not forecast.
    pub waits: Waits,
    /// How long the server holds an equal wait, as measured one by one, ns.
    pub hold_ns: f64,
    /// Pings per second one by one: what a forecast speed-up is held against.
    pub one_by_one: f64,
    /// Processors that client and server share.
    pub processors: usize,
    /// What each strategy needs.
    pub needs: Vec<Needs>,
    /// The median of how far off it was in the cells below their knee,
    /// whether above or below: 0.1 is a tenth. None before the sweep.
    pub error_below_knee: Option<f64>,
}

/// What a strategy needs for a ping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Needs {
    /// Its name.
    pub strategy: String,
    /// The HTTP client under it.
    pub client: String,
    /// Processor time of client and server, measured without waits, ns.
    pub cpu_ns: f64,
    /// The concurrency from which on the processors are the limit.
    pub knee: f64,
}

/// What was forecast of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Predicted {
    /// Pings per second, by mean value analysis.
    pub throughput: f64,
    /// More pings per second nobody can have.
    pub bound: f64,
    /// How many times as fast as one by one.
    pub speed_up: f64,
    /// Forecast over measured, less 1; none if it was not measured.
    pub error: Option<f64>,
}

impl Forecast {
    /// The concurrency from which on a strategy is limited by the processors.
    fn knee(&self, strategy: &str) -> f64 {
        let needs = self.needs.iter().find(|n| n.strategy == strategy);
        needs.map_or(0.0, |needs| needs.knee)
    }

    /// What it forecasts of a strategy with `c` in flight; none for one that
    /// it does not know.
    pub fn of(&self, strategy: &str, c: usize) -> Option<Predicted> {
        let needs = self.needs.iter().find(|n| n.strategy == strategy)?;
        let demand = Demand {
            hold_ns: self.hold_ns,
            cpu_ns: needs.cpu_ns,
            processors: self.processors,
        };
        let (throughput, bound) = (demand.throughput(c), demand.bound(c));
        let speed_up = ratio(throughput, self.one_by_one)?;
        let finite = throughput.is_finite() && bound.is_finite();
        let error = None;
        finite.then_some(Predicted { throughput, bound, speed_up, error })
    }
}

/// Makes the forecast from the calibration and the batch without waits, and
/// puts into each row of the sweep what it says of it.
pub(super) fn make(
    trials: &[&Trial],
    batches: &mut [Batch],
) -> Option<Forecast> {
    let mut forecast = inputs(trials, batches)?;
    let mut below_knee = Vec::new();
    let sweep = batches.iter_mut().filter(|batch| {
        batch.act == Act::Sweep && batch.waits == forecast.waits
    });
    for batch in sweep {
        let level = batch.concurrency;
        for row in &mut batch.rows {
            row.predicted = forecast_row(&forecast, level, row);
            let error = row.predicted.and_then(|predicted| predicted.error);
            let below = forecast.knee(&row.strategy) > level as f64;
            below_knee.extend(error.filter(|_| below).map(f64::abs));
        }
    }
    forecast.error_below_knee = estimate(&below_knee).map(|e| e.median);
    Some(forecast)
}

fn forecast_row(forecast: &Forecast, c: usize, row: &Row) -> Option<Predicted> {
    let predicted = forecast.of(&row.strategy, c)?;
    let measured = row.throughput.as_ref().map(|x| x.median);
    let error = measured
        .and_then(|x| ratio(predicted.throughput, x))
        .map(|ratio| ratio - 1.0);
    Some(Predicted { error, ..predicted })
}

fn inputs(trials: &[&Trial], batches: &[Batch]) -> Option<Forecast> {
    let calibration: Vec<(&Trial, &Measured)> = trials
        .iter()
        .filter(|trial| trial.act == Act::Calibration)
        .filter_map(|trial| Some((*trial, trial.valid()?)))
        .collect();
    let over = |figure: &dyn Fn(&Trial, &Measured) -> Option<f64>| {
        let figures: Vec<f64> =
            calibration.iter().filter_map(|(t, m)| figure(t, m)).collect();
        Some(estimate(&figures)?.median)
    };
    let (first, measured) = calibration.first()?;
    let processors = measured.host.processors?;
    let mut no_waits = batches
        .iter()
        .filter(|batch| batch.act == Act::NoWaits && batch.concurrency > 1)
        .peekable();
    // Where the processors are the limit, none of them sleeps.
    let awake = no_waits.peek().and_then(|batch| batch.kept_awake);
    let needs: Vec<Needs> = no_waits
        .filter(|batch| batch.kept_awake == awake)
        .flat_map(|batch| &batch.rows)
        .filter_map(needs_of)
        .collect();
    let mut forecast = Forecast {
        waits: first.spec.waits,
        hold_ns: over(&|_, m| Some(m.hold_ns? as f64))?,
        one_by_one: over(&|t, m| throughput(t.spec.requests, m.makespan_ns))?,
        processors: usize::try_from(processors).ok()?,
        needs,
        error_below_knee: None,
    };
    let (hold_ns, processors) = (forecast.hold_ns, forecast.processors);
    for needs in &mut forecast.needs {
        let cpu_ns = needs.cpu_ns;
        needs.knee = Demand { hold_ns, cpu_ns, processors }.knee();
    }
    (!forecast.needs.is_empty()).then_some(forecast)
}

fn needs_of(row: &Row) -> Option<Needs> {
    let client = row.client_cpu_per_request_ns.as_ref()?.median;
    let server = row.server_cpu_per_request_ns.as_ref()?.median;
    Some(Needs {
        strategy: row.strategy.clone(),
        client: row.client.clone(),
        cpu_ns: client + server,
        knee: 0.0,
    })
    .filter(|needs| needs.cpu_ns > 0.0)
}
