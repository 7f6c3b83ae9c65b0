//! What the times of pings say: what a ping takes, and what it takes with the
//! wait for its slot.

use measurement::distribution::Distribution;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::asked::Asked;
use crate::caption::Caption;
use crate::curve::sweep;
use crate::finding::levels::named;
use crate::finding::{fitting, hedge, is_disturbed};
use crate::quantity::{duration, from_to};

/// The level that is drawn, if the sweep has it.
const LEVEL: usize = 64;

/// The batch that is drawn.
pub(super) fn batch(summary: &Summary) -> Option<&Batch> {
    let told = |batch: &&Batch| rows(summary, batch).next().is_some();
    let mut all: Vec<&Batch> = sweep(summary);
    all.retain(told);
    let of_level = all.iter().find(|batch| batch.concurrency == LEVEL);
    of_level.or(all.last()).copied()
}

/// The rows of a batch that ping concurrently and have times.
pub(super) fn rows<'a>(
    summary: &'a Summary,
    batch: &'a Batch,
) -> impl Iterator<Item = &'a Row> {
    batch.rows.iter().filter(|row| {
        !ways::is_one_by_one(&row.strategy)
            && summary.is_over_levels(&row.strategy)
            && (row.service.is_some() || row.sojourn.is_some())
    })
}

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
    let short = format!("The median ping takes {ping}{hedge}");
    let all = span(&rows, |row| row.sojourn.as_ref(), (0.5, 0.5));
    match all {
        Some(all) if rows.iter().any(|row| waits_long(row)) => fitting([
            format!(
                "The wait for a slot turns a ping of {ping} into {all}{hedge}"
            ),
            format!("With the wait for a slot {ping} become {all}{hedge}"),
            short,
        ]),
        Some(all) => fitting([
            format!(
                "The median ping takes {ping}, and {all} with its wait for a \
                 slot{hedge}"
            ),
            format!(
                "Median ping: {ping}, with its wait for a slot {all}{hedge}"
            ),
            short,
        ]),
        None => short,
    }
}

/// Whether half of its pings wait for a slot about as long as they take.
fn waits_long(row: &Row) -> bool {
    let half = |times: &Option<Distribution>| times.as_ref()?.quantile(0.5);
    let both = half(&row.service).zip(half(&row.sojourn));
    both.is_some_and(|(alone, all)| all > 1.5 * alone)
}

/// What most of the pings take, of all strategies; `None` of too few pings.
fn most(summary: &Summary) -> Option<String> {
    let rows: Vec<&Row> = rows(summary, batch(summary)?).collect();
    let most = span(&rows, |row| row.service.as_ref(), (0.05, 0.95))?;
    Some(format!(
        "Nine of ten pings of each strategy take {most}, the wait for a slot \
         not counted."
    ))
}

/// From the least of one quantile to the most of another, over these rows:
/// `20 to 23 ms`.
pub(super) fn span<'a>(
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
        look_for: "The upper bar times each ping from its own start, the grey \
                   one from the start of its batch, so that its wait for a \
                   free slot is in it. Look how much longer that is. A report \
                   of the upper one alone leaves the wait out, which is \
                   called coordinated omission."
            .to_owned(),
        also: most(summary).into_iter().collect(),
    }
}

/// What is asked of it.
pub(crate) fn questions(summary: &Summary) -> Vec<Asked> {
    let levels = named(summary);
    let Some(batch) = levels.last() else { return Vec::new() };
    let apart = batch.rows.iter().any(waits_long);
    vec![
        (
            "The grey bars are much longer than those above them. What is in \
             the one and not in the other?",
            "The wait for a free slot. It is over when the ping starts, so the \
             upper bar does not have it.",
            apart,
        ),
        (
            "Somebody reports the upper bars only. What does he hide from the \
             caller whose URL is the last of the list?",
            "That most of the caller's time passes before the ping starts. To \
             leave this out is called coordinated omission.",
            apart,
        ),
    ]
}
