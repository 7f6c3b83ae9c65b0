//! What a caller feels.

use measurement::distribution::Distribution;
use measurement::summary::{Row, Summary};

use crate::finding::{fitting, hedge};
use crate::latency::{batch, rows};
use crate::quantity::{duration, from_to, number};

/// The finding of the latency chart in a sentence: what a ping takes, and what
/// it takes with the wait for its slot; the medians of all strategies.
pub fn finding_latency(summary: &Summary) -> String {
    let Some(batch) = batch(summary) else {
        return "No trial that counts".to_owned();
    };
    let rows: Vec<&Row> = rows(summary, batch).collect();
    let hedge = hedge(rows.iter().copied());
    let Some(ping) = span(&rows, |row| row.service.as_ref(), (0.5, 0.5)) else {
        return "Too few pings for a median".to_owned();
    };
    let short = format!("A median ping takes {ping}{hedge}");
    let slots = match batch.concurrency {
        1 => "the only slot".to_owned(),
        level => format!("one of {} slots", number(level)),
    };
    match span(&rows, |row| row.sojourn.as_ref(), (0.5, 0.5)) {
        Some(all) => fitting([
            format!(
                "A median ping takes {ping}, with its wait for {slots} {all}{hedge}"
            ),
            format!(
                "A median ping takes {ping}, with its wait for a slot {all}{hedge}"
            ),
            short,
        ]),
        None => short,
    }
}

/// What most of the pings take, of all strategies; `None` of too few pings.
pub(crate) fn most(summary: &Summary) -> Option<String> {
    let rows: Vec<&Row> = rows(summary, batch(summary)?).collect();
    let most = span(&rows, |row| row.service.as_ref(), (0.05, 0.95))?;
    Some(format!(
        "Nine of ten pings of each strategy take {most}, the wait for a slot \
         not counted."
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
