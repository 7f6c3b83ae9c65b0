//! What the levels of the sweep say of its strategies: one of them is named
//! beforehand, and whether the others differ from it.

use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::curve::sweep;
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

/// What may be said of each strategy beside the reference at these levels, a
/// sentence for each difference; and if there is none, one that says so.
pub(crate) fn differences(levels: &[&Batch]) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut nothing = None;
    let mut alike = 0;
    for batch in levels {
        let others = concurrent(batch)
            .filter(|row| Some(&row.strategy) != batch.reference.as_ref());
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
                    sentences.push(format!(
                        "With {} in flight {words}{}.",
                        number(batch.concurrency),
                        hedge([one, reference])
                    ));
                }
                Said::NoDifference => alike += 1,
                Said::Nothing(why) => nothing = nothing.or(Some(why)),
            }
        }
    }
    if sentences.is_empty() && alike > 0 {
        sentences
            .push("Between the strategies no difference is visible.".into());
    }
    if let (true, Some(why)) = (sentences.is_empty(), nothing) {
        sentences.push(format!("Which strategy is faster: {}.", why.words()));
    }
    sentences
}
