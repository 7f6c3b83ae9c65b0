//! What the three panels of the speed-up say: more at once helps as far as
//! there is something to wait for.

use measurement::record::Act;
use measurement::summary::{Batch, Row, Summary};

use crate::finding::levels::{named, row, standard};
use crate::finding::{hedge, uneven};
use crate::quantity::{number, speed_up};

/// The finding of the speed-up chart: by how much more at once is faster where
/// pings wait, and where they do not.
pub fn finding_speed_up(summary: &Summary) -> String {
    match (even(summary), no_waits(summary)) {
        (Some((level, some)), Some((same, none))) if level == same => {
            let (with, without) = (factor(some), factor(none));
            format!(
                "{} at once are {with} as fast with waits, {without} \
                 without{}",
                number(level),
                hedge([some, none])
            )
        }
        (Some((level, row)), _) => format!(
            "{} at once are {} as fast as one by one{}",
            number(level),
            factor(row),
            hedge([row])
        ),
        (None, Some((level, row))) => format!(
            "Without waits, {} at once are {} as fast as one by one{}",
            number(level),
            factor(row),
            hedge([row])
        ),
        (None, None) => {
            let uneven = summary.of_act(Act::Uneven).next();
            let sweep = summary.of_act(Act::Sweep);
            let counts =
                |batch: &Batch| batch.rows.iter().any(|row| row.valid > 0);
            match uneven {
                Some(batch) => uneven::finding_uneven(batch),
                None if sweep.into_iter().any(counts) => {
                    "Nothing ran one by one to compare with".to_owned()
                }
                None => "No trial that counts".to_owned(),
            }
        }
    }
}

fn factor(row: &Row) -> String {
    speed_up(row.speed_up.as_ref().map_or(0.0, |times| times.median))
}

/// The strategy that titles speak of, at the highest of the named levels.
fn even(summary: &Summary) -> Option<(usize, &Row)> {
    let levels = named(summary);
    let standard = standard(&levels)?;
    let batch = levels.last()?;
    Some((batch.concurrency, row(batch, standard)?))
}

/// The same strategy where nothing waits.
fn no_waits(summary: &Summary) -> Option<(usize, &Row)> {
    let mut batches = summary.of_act(Act::NoWaits);
    let batch: &Batch = batches.find(|batch| batch.concurrency > 1)?;
    let standard = standard(&[batch])?;
    Some((batch.concurrency, row(batch, standard)?))
}
