//! What the distance from the earliest possible end says, of one strategy that
//! was named beforehand, and at which levels.

use measurement::summary::{Batch, Row, Summary};

use crate::asked::Asked;
use crate::caption::Caption;
use crate::caption::levels::{advice, figures};
use crate::curve::sweep;
use crate::finding::found::NOTHING;
use crate::finding::levels::{concurrent, few_in_flight, named, row, standard};
use crate::finding::{fitting, hedge, subject};
use crate::quantity::{capital, number, percent};

/// Titles speak of the highest level that was measured up to this one: what
/// is above it exhausts the machine.
const HIGHEST: usize = 256;

/// How much longer than the earliest possible end a batch takes that has this
/// part of the possible speed: 0.05 of 0.95.
pub(super) fn longer(efficiency: f64) -> f64 {
    1.0 / efficiency - 1.0
}

/// The same of the median of a row, if it has one.
fn median_longer(row: &Row) -> Option<f64> {
    let longer = longer(row.efficiency.as_ref()?.median);
    longer.is_finite().then_some(longer)
}

/// The strategy that the title speaks of, and where: at the last of the named
/// levels, and at the highest one.
pub(super) fn spoken_of(summary: &Summary) -> Vec<(&Batch, &Row)> {
    let levels = named(summary);
    let Some(standard) = standard(&levels) else { return Vec::new() };
    let mut sweep = sweep(summary).into_iter();
    let last = levels.last().copied();
    let highest = sweep.rfind(|batch| {
        concurrent(batch).next().is_some() && batch.concurrency <= HIGHEST
    });
    let higher = highest.filter(|batch| {
        last.is_none_or(|last| batch.concurrency > last.concurrency)
    });
    last.into_iter()
        .chain(higher)
        .filter_map(|batch| Some((batch, row(batch, standard)?)))
        .filter(|(_, row)| median_longer(row).is_some())
        .collect()
}

/// The finding of the efficiency chart in a sentence: how long after the
/// earliest possible end one strategy ends.
pub fn finding_efficiency(summary: &Summary) -> String {
    let known = spoken_of(summary);
    let Some((_, of)) = known.first() else {
        return match standard(&named(summary)) {
            Some(_) => "Where nothing waits there is no earliest possible end",
            None => NOTHING,
        }
        .to_owned();
    };
    let (name, plural) = subject(&of.strategy);
    let ends = if plural { "end" } else { "ends" };
    let figures: Vec<[String; 2]> = known
        .iter()
        .filter_map(|(batch, row)| {
            let level = number(batch.concurrency);
            let level = match few_in_flight(batch, row) {
                Some(_) => format!("{level} asked for"),
                None => format!("{level} in flight"),
            };
            Some([percent(median_longer(row)?), level])
        })
        .collect();
    let [first, level] = &figures[0];
    let found =
        format!("{name} {ends} {first} after the earliest possible end");
    let short = format!("{name} {ends} {first} after the earliest end");
    let further: String = figures[1..]
        .iter()
        .map(|[late, level]| {
            format!(", {late} at {}", level.trim_end_matches(" in flight"))
        })
        .collect();
    let hedge = hedge(known.iter().map(|(_, row)| *row));
    capital(&fitting([
        format!("{found} at {level}{further}{hedge}"),
        format!("{found} at {level}{hedge}"),
        format!("{short} at {level}{hedge}"),
        format!("{short}{hedge}"),
    ]))
}

/// The words to [`crate::efficiency()`].
pub fn caption_efficiency(summary: &Summary) -> Caption {
    let say = |row: &Row| {
        let late = median_longer(row)?;
        let is_told = summary.is_over_levels(&row.strategy);
        is_told.then(|| percent(late))
    };
    let levels = sweep(summary);
    let figures = levels.iter().filter_map(|batch| figures("At", batch, say));
    let twins = levels.iter().any(|batch| batch.twins.is_some());
    Caption {
        title: finding_efficiency(summary),
        description: format!(
            "How much longer than the earliest possible end each strategy \
             takes. That end is where every slot only waits and there is no \
             work.{}",
            figures.collect::<String>(),
        ),
        look_for: advice(&[
            (
                true,
                "Look how far to the right the symbols are, row by row: that \
                 is the cost of the strategy's own work.",
            ),
            (
                twins,
                "What is inside the grey is too near the pool to be called \
                 faster or slower.",
            ),
        ]),
        also: Vec::new(),
    }
}

/// What is asked of it.
pub(crate) fn questions(summary: &Summary) -> Vec<Asked> {
    let levels = named(summary);
    vec![
        (
            "The waits are as long in the last row as in the first. Why are \
             its symbols farther to the right?",
            "Each ping in flight brings work: a thread or a task, a \
             connection, a request. The more there are, the more of this work \
             has to be done in the time of one wait.",
            !levels.is_empty(),
        ),
        (
            "Two symbols are inside the grey of their row. Which of the two \
             strategies is better?",
            "This run cannot tell. The same strategy, run twice, differs from \
             itself by as much.",
            levels.iter().any(|batch| batch.twins.is_some()),
        ),
        (
            "Does a symbol farther to the left always mean a shorter time?",
            "Only in the same row: the earliest possible end is another one \
             for each number in flight.",
            !levels.is_empty(),
        ),
    ]
}
