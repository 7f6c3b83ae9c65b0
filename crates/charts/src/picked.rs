//! Picks the trials that are drawn: of each row the median one, never the
//! prettiest one.

use measurement::record::{Measured, Samples, Trial};
use measurement::summary::{Batch, Row};

use crate::error::ChartError;

/// A row and its median trial.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Picked<'a> {
    pub(crate) row: &'a Row,
    pub(crate) measured: &'a Measured,
}

/// The rows of `batch` that `wanted` asks for and that have a trial which
/// counts, with that trial, in the order of the batch.
pub(crate) fn picked<'a>(
    batch: &'a Batch,
    trials: &'a [Trial],
    limit: usize,
    wanted: impl Fn(&Row) -> bool,
) -> Result<Vec<Picked<'a>>, ChartError> {
    let mut found = Vec::new();
    for row in batch.rows.iter().filter(|row| wanted(row)) {
        let Some(number) = row.median_trial else { continue };
        let measured = trials
            .iter()
            .find(|trial| trial.trial == number)
            .and_then(Trial::valid)
            .ok_or_else(|| ChartError::NoTrial {
                trial: number,
                strategy: row.strategy.clone(),
            })?;
        if !even_columns(&measured.samples) {
            return Err(ChartError::UnevenColumns { trial: number });
        }
        found.push(Picked { row, measured });
    }
    match found.len() {
        0 => Err(ChartError::NothingMeasured),
        count if count > limit => {
            Err(ChartError::TooManyStrategies { count, limit })
        }
        _ => Ok(found),
    }
}

fn even_columns(samples: &Samples) -> bool {
    let count = samples.start_ns.len();
    count > 0
        && [
            samples.end_ns.len(),
            samples.status.len(),
            samples.received_ns.len(),
            samples.sent_ns.len(),
        ]
        .iter()
        .all(|length| *length == count)
}
