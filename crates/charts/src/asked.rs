//! What the words of a chart ask of its reader: neither the title nor one
//! number is the answer, and an answer holds no figure.

use measurement::summary::{Batch, Row};

/// What is asked, the answer, and whether this run shows it.
pub(crate) type Asked = (&'static str, &'static str, bool);

/// The row of a strategy.
fn row<'a>(batch: &'a Batch, strategy: &str) -> Option<&'a Row> {
    batch.rows.iter().find(|row| row.strategy == strategy)
}

/// How long it took.
pub(crate) fn makespan(batch: &Batch, strategy: &str) -> Option<f64> {
    Some(row(batch, strategy)?.makespan_ns.as_ref()?.median)
}

/// How long the one took over how long the other did.
pub(crate) fn ratio(batch: &Batch, of: &str, over: &str) -> Option<f64> {
    Some(makespan(batch, of)? / makespan(batch, over)?)
}
