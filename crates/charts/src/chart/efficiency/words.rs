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

/// At the highest of these levels the row that is farthest from that end, where
/// it is so in every round; and before it the row of the strategy that was
/// named.
pub(super) fn farthest(summary: &Summary) -> Option<(&Batch, [&Row; 2])> {
    let (batch, named) = spoken_of(summary).pop()?;
    let ends = |row: &Row| {
        let end = row.efficiency.as_ref()?;
        Some((end.min, end.max))
    };
    let (least, _) = ends(named)?;
    let farther = concurrent(batch).filter(|row| {
        let apart = ends(row).is_some_and(|(_, most)| most < least);
        apart && summary.is_over_levels(&row.strategy)
    });
    let late = |row: &Row| median_longer(row).unwrap_or(0.0);
    let farthest = farther.max_by(|a, b| late(a).total_cmp(&late(b)))?;
    // Less is not what the eye sees.
    let far = late(farthest) - late(named) >= 0.1;
    far.then_some((batch, [named, farthest]))
}

/// The finding of the efficiency chart in a sentence: how long after the
/// earliest possible end one strategy ends, and the farthest.
pub fn finding_efficiency(summary: &Summary) -> String {
    let Some((batch, [one, other])) = farthest(summary) else {
        return finding_of_levels(summary);
    };
    let ((name, plural), (far, _)) =
        (subject(&one.strategy), subject(&other.strategy));
    let ends = if plural { "end" } else { "ends" };
    let [first, last] =
        [one, other].map(|row| percent(median_longer(row).unwrap_or(0.0)));
    let level = level(batch, one);
    let hedge = hedge([one, other]);
    let both = ["earliest possible end", "earliest end"].map(|end| {
        format!(
            "At {level} {name} {ends} {first} after the {end}, {far} \
             {last}{hedge}"
        )
    });
    fitting(both.into_iter().chain([finding_of_levels(summary)]))
}

/// `64 in flight`, or `64 asked for`.
fn level(batch: &Batch, row: &Row) -> String {
    let level = number(batch.concurrency);
    match few_in_flight(batch, row) {
        Some(_) => format!("{level} asked for"),
        None => format!("{level} in flight"),
    }
}

/// How long after it one strategy ends, level by level.
fn finding_of_levels(summary: &Summary) -> String {
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
            Some([percent(median_longer(row)?), level(batch, row)])
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
    let title = finding_efficiency(summary);
    Caption {
        title: title.clone(),
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
        also: match finding_of_levels(summary) {
            same if same == title => Vec::new(),
            other => vec![format!("{other}.")],
        },
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
