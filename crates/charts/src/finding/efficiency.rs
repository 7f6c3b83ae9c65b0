//! How near to the earliest possible end a batch comes.

use measurement::summary::{Batch, Summary};

use crate::curve::sweep;
use crate::finding::found::NOTHING;
use crate::finding::levels::{concurrent, few_in_flight, named, row, standard};
use crate::finding::{fitting, hedge, subject};
use crate::quantity::{capital, number, percent};

/// The finding of the efficiency chart in a sentence: what one strategy, named
/// beforehand, has, and at which level.
pub fn finding_efficiency(summary: &Summary) -> String {
    let levels = named(summary);
    let Some(standard) = standard(&levels) else {
        return NOTHING.to_owned();
    };
    let known: Vec<_> = spoken_of(summary, &levels)
        .into_iter()
        .filter_map(|batch| Some((batch, row(batch, standard)?)))
        .filter(|(_, row)| row.efficiency.is_some())
        .collect();
    let figures: Vec<[String; 2]> = known
        .iter()
        .filter_map(|(batch, row)| {
            let kept = percent(row.efficiency.as_ref()?.median);
            let level = number(batch.concurrency);
            let level = match few_in_flight(batch, row) {
                Some(_) => format!("{level} asked for"),
                None => format!("{level} in flight"),
            };
            Some([kept, level])
        })
        .collect();
    let Some([first, level]) = figures.first() else {
        return "Where nothing waits there is no earliest possible end"
            .to_owned();
    };
    let (name, _) = subject(standard);
    let of = if name.ends_with('s') { "'" } else { "'s" };
    let found = format!("{name}{of} efficiency is {first} at {level}");
    let further: String = figures[1..]
        .iter()
        .map(|[kept, level]| {
            format!(", {kept} at {}", level.trim_end_matches(" in flight"))
        })
        .collect();
    let hedge = hedge(known.iter().map(|(_, row)| *row));
    capital(&fitting([
        format!("{found}{further}{hedge}"),
        format!("{found}{hedge}"),
    ]))
}

/// The last of the named levels, and the highest one.
fn spoken_of<'a>(summary: &'a Summary, levels: &[&'a Batch]) -> Vec<&'a Batch> {
    let mut spoken_of: Vec<&Batch> =
        levels.last().copied().into_iter().collect();
    let mut sweep = sweep(summary).into_iter();
    let highest = sweep.rfind(|b| concurrent(b).next().is_some());
    let is_named = |batch: &&Batch| {
        spoken_of.iter().any(|known| known.concurrency >= batch.concurrency)
    };
    let further = highest.filter(|batch| !is_named(batch));
    spoken_of.extend(further);
    spoken_of
}
