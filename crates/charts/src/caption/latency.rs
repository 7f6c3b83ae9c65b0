//! The words to the latencies.

use measurement::summary::Summary;
use measurement::ways;

use crate::caption::Caption;
use crate::finding::is_disturbed;
use crate::finding::latency::most;
use crate::finding_latency;
use crate::latency::{batch, rows};
use crate::quantity::duration;

/// The words to [`crate::latency()`].
pub fn caption_latency(summary: &Summary) -> Caption {
    let batch = batch(summary);
    let figures: Vec<String> = batch
        .into_iter()
        .flat_map(|batch| rows(summary, batch))
        .map(|row| {
            let of = |name: &str, times: &Option<_>, part: f64| {
                let times: &measurement::distribution::Distribution =
                    times.as_ref()?;
                let time = duration(times.quantile(part)?);
                Some(format!("{name} {time}"))
            };
            let hedge = if is_disturbed(row) { " (disturbed)" } else { "" };
            let told = [
                of("half of them in", &row.service, 0.5),
                of("95 % in", &row.service, 0.95),
                of("half since the start of the batch in", &row.sojourn, 0.5),
                of("95 % in", &row.sojourn, 0.95),
            ];
            let told: Vec<String> = told.into_iter().flatten().collect();
            format!(
                "{}{hedge}: {}.",
                ways::name(&row.strategy),
                told.join(", ")
            )
        })
        .collect();
    let level = match batch {
        Some(batch) => format!(" at {} in flight", batch.concurrency),
        None => String::new(),
    };
    let figures = match figures.is_empty() {
        true => "No trial counts.".to_owned(),
        false => figures.join(" "),
    };
    Caption {
        title: finding_latency(summary),
        description: format!(
            "What part of the pings{level} was done within a time. {figures}"
        ),
        look_for: "Service time, solid, is counted from the start of a ping \
                   to its end. Sojourn time, dashed, is counted from the \
                   start of the batch, so that the wait for a free slot is \
                   in it. Look how far the dashed curves are to the right: a \
                   report of the solid curves alone leaves that wait out, \
                   which is called coordinated omission."
            .to_owned(),
        also: most(summary).into_iter().collect(),
    }
}
