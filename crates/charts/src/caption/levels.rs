//! What the charts over the levels of the sweep have in common in words.

use measurement::summary::{Batch, Row};
use measurement::ways;

use crate::finding::is_disturbed;

/// Those of these sentences that there is something to look at for.
pub(crate) fn advice(sentences: &[(bool, &str)]) -> String {
    let told = sentences.iter().filter(|(there, _)| *there);
    told.map(|(_, sentence)| *sentence).collect::<Vec<_>>().join(" ")
}

/// ` Even waits, 8 in flight: threads 8.0×, worker-pool 7.9× (disturbed).`
pub(crate) fn figures(
    name: &str,
    batch: &Batch,
    say: impl Fn(&Row) -> Option<String>,
) -> Option<String> {
    let rows =
        batch.rows.iter().filter(|row| !ways::is_one_by_one(&row.strategy));
    let figures: Vec<String> = rows
        .filter_map(|row| {
            let hedge = if is_disturbed(row) { " (disturbed)" } else { "" };
            Some(format!("{} {}{hedge}", ways::name(&row.strategy), say(row)?))
        })
        .collect();
    let figures = (!figures.is_empty()).then(|| figures.join(", "))?;
    Some(format!(" {name} {} in flight: {figures}.", batch.concurrency))
}
