//! The words to the charts over the levels of the sweep.

use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::caption::Caption;
use crate::curve::sweep;
use crate::finding::is_disturbed;
use crate::finding_efficiency;
use crate::quantity::percent;

/// Those of these sentences that there is something to look at for.
pub(crate) fn advice(sentences: &[(bool, &str)]) -> String {
    let told = sentences.iter().filter(|(there, _)| *there);
    told.map(|(_, sentence)| *sentence).collect::<Vec<_>>().join(" ")
}

/// The words to [`crate::efficiency()`].
pub fn caption_efficiency(summary: &Summary) -> Caption {
    let say = |row: &Row| {
        let efficiency = row.efficiency.as_ref();
        efficiency
            .filter(|_| summary.is_over_levels(&row.strategy))
            .map(|efficiency| percent(efficiency.median))
    };
    let levels = sweep(summary);
    let figures = levels.iter().filter_map(|batch| figures("At", batch, say));
    let noise = levels.iter().any(|batch| batch.twins.is_some());
    Caption {
        title: finding_efficiency(summary),
        description: format!(
            "The efficiency of each strategy, which is the earliest possible \
             end over the makespan.{}",
            figures.collect::<String>(),
        ),
        look_for: advice(&[
            (
                true,
                "Look how far each line falls below 100 % to the right: that \
                 is the cost of the strategy's own work.",
            ),
            (
                noise,
                "Lines that are closer together than the grey noise is high \
                 cannot be told apart.",
            ),
        ]),
        also: Vec::new(),
    }
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
