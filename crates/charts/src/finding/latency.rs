//! What a caller feels.

use measurement::distribution::Distribution;
use measurement::summary::{Row, Summary};

use crate::finding::hedge;
use crate::latency::{batch, rows};
use crate::quantity::{duration, from_to, number};

/// The finding of the latency chart in a sentence: what nine of ten pings
/// take, of all strategies.
pub fn finding_latency(summary: &Summary) -> String {
    let Some(batch) = batch(summary) else {
        return "No trial that counts".to_owned();
    };
    let rows: Vec<&Row> = rows(summary, batch).collect();
    let level = number(batch.concurrency);
    let hedge = hedge(rows.iter().copied());
    let service = |parts| span(&rows, |row| row.service.as_ref(), parts);
    if let Some(most) = service((0.05, 0.95)) {
        format!("With {level} in flight nine of ten pings take {most}{hedge}")
    } else if let Some(half) = service((0.5, 0.5)) {
        format!("With {level} in flight a ping takes {half}{hedge}")
    } else {
        "Too few pings for a median".to_owned()
    }
}

/// How long half of the pings have waited since the start of their batch, of
/// all strategies; none of too few pings.
pub(crate) fn waited(summary: &Summary) -> Option<String> {
    let rows: Vec<&Row> = rows(summary, batch(summary)?).collect();
    let half = span(&rows, |row| row.sojourn.as_ref(), (0.5, 0.5))?;
    Some(format!(
        "From the start of the batch half of them have waited {half}."
    ))
}

/// From the least of one quantile to the most of another, over these rows:
/// `20 to 23 ms`.
fn span<'a>(
    rows: &[&'a Row],
    times: impl Fn(&'a Row) -> Option<&'a Distribution>,
    (low, high): (f64, f64),
) -> Option<String> {
    let known = |part: f64| -> Vec<f64> {
        let all = rows.iter().filter_map(|row| times(row)?.quantile(part));
        all.collect()
    };
    let least = known(low).into_iter().reduce(f64::min)?;
    let most = known(high).into_iter().reduce(f64::max)?;
    let (from, to) = (duration(least), duration(most));
    Some(if from == to { to } else { from_to(&from, &to) })
}
