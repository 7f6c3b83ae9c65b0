//! What the levels of the sweep say of its strategies: one of them is named
//! beforehand, and whether the others differ from it.

use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::curve::sweep;
use crate::finding::found::{Found, Untold};
use crate::finding::{Said, hedge, longer, said};
use crate::quantity::number;

/// The levels at which one strategy runs twice in a plain run.
const NAMED: [usize; 2] = [8, 64];

/// The levels that titles speak of, named before anything was measured: those
/// with twins, else [`NAMED`], else the highest one.
pub(crate) fn named(summary: &Summary) -> Vec<&Batch> {
    let all: Vec<&Batch> = sweep(summary)
        .into_iter()
        .filter(|batch| concurrent(batch).next().is_some())
        .collect();
    let of = |wanted: &dyn Fn(&Batch) -> bool| -> Vec<&Batch> {
        all.iter().filter(|batch| wanted(batch)).copied().collect()
    };
    let with_twins = of(&|batch| batch.twins.is_some());
    let plain = of(&|batch| NAMED.contains(&batch.concurrency));
    let last = all.iter().rev().take(1).copied().collect();
    let choices = [with_twins, plain, last];
    choices.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// The measured rows that ping concurrently.
pub(crate) fn concurrent(batch: &Batch) -> impl Iterator<Item = &Row> {
    let rows = batch.rows.iter().filter(|row| row.speed_up.is_some());
    rows.filter(|row| !ways::is_one_by_one(&row.strategy))
}

/// The strategy whose figures the titles give: the reference, or else the
/// first that was measured at all of these levels.
pub(crate) fn standard<'a>(levels: &[&'a Batch]) -> Option<&'a str> {
    let first = levels.first()?;
    let everywhere =
        |name: &str| levels.iter().all(|batch| row(batch, name).is_some());
    let others = concurrent(first).map(|row| row.strategy.as_str());
    let reference = first.reference.as_deref();
    reference.into_iter().chain(others).find(|name| everywhere(name))
}

/// The measured row of that name.
pub(crate) fn row<'a>(batch: &'a Batch, name: &str) -> Option<&'a Row> {
    concurrent(batch).find(|row| row.strategy == name)
}

/// The most that the server had in flight, where that is less than half of what
/// was asked for: the first of them have their answers before the last are
/// sent. Where nothing waits, it cannot be seen.
pub fn few_in_flight(batch: &Batch, row: &Row) -> Option<u64> {
    let (_, most) = row.peak_in_flight?;
    let asked = batch.concurrency.min(batch.requests) as u64;
    (batch.bound_ns > 0 && most < asked / 2).then_some(most)
}

/// What may be said of each strategy beside the reference at the levels that
/// titles speak of, a sentence for each difference; and if there is none, one
/// that says so.
pub(crate) fn differences(summary: &Summary) -> Vec<String> {
    let found = found_differences(summary).into_iter();
    found.map(|found| format!("{}.", found.words)).collect()
}

/// The same without full stops, and whether they claim anything.
pub fn found_differences(summary: &Summary) -> Vec<Found> {
    let mut found = Vec::new();
    let mut nothing = None;
    let mut alike = Vec::new();
    for batch in named(summary) {
        let others = concurrent(batch)
            .filter(|row| Some(&row.strategy) != batch.reference.as_ref())
            .filter(|row| summary.is_over_levels(&row.strategy));
        let Some(reference) =
            batch.reference.as_deref().and_then(|name| row(batch, name))
        else {
            continue;
        };
        for one in others {
            match said(one.ratio.as_ref()) {
                Said::Differs(ratio) => {
                    let words =
                        longer(&one.strategy, ratio, &reference.strategy);
                    let level = number(batch.concurrency);
                    let both = [one, reference];
                    let few =
                        both.iter().any(|r| few_in_flight(batch, r).is_some());
                    let with = match few {
                        true => format!("Of {level} asked for at once,"),
                        false => format!("With {level} in flight"),
                    };
                    let hedge = hedge(both);
                    found.push(Found::from(format!("{with} {words}{hedge}")));
                }
                Said::NoDifference => alike.extend([one, reference]),
                Said::Nothing(why) => nothing = nothing.or(Some((batch, why))),
            }
        }
    }
    if found.is_empty() && !alike.is_empty() {
        let words = "Between the strategies no difference is visible";
        found.push(Found::from(format!("{words}{}", hedge(alike))));
    }
    if let (true, Some((batch, why))) = (found.is_empty(), nothing) {
        let words = format!("Which strategy is faster: {}", why.words());
        let untold = Untold::Which {
            question: "which strategy is faster",
            why,
            floor: batch.twins.as_ref().and_then(|twins| twins.floor),
        };
        found.push(Found { words, untold: Some(untold) });
    }
    found
}
