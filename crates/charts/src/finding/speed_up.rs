//! What the three panels of the speed-up say: more at once helps as far as
//! there is something to wait for.

use measurement::record::Act;
use measurement::summary::{Batch, Row, Summary};

use crate::finding::found::NOTHING;
use crate::finding::levels::{concurrent, few_in_flight, named, row, standard};
use crate::finding::{fitting, hedge, uneven};
use crate::quantity::{number, speed_up};

/// The finding of the speed-up chart: by how much more at once is faster where
/// pings wait, and where they do not.
pub fn finding_speed_up(summary: &Summary) -> String {
    let even = even(summary);
    if let Some((batch, row)) = even
        && let Some(seen) = few_in_flight(batch, row)
    {
        let level = number(batch.concurrency);
        let seen = number(usize::try_from(seen).unwrap_or(usize::MAX));
        return as_fast(
            &format!("Of {level} at once the server saw {seen}:"),
            row,
        );
    }
    match (even, no_waits(summary)) {
        (Some((batch, some)), Some((same, none)))
            if batch.concurrency == same =>
        {
            let (with, without) = (factor(some), factor(none));
            let (level, hedge) = (number(same), hedge([some, none]));
            fitting([
                format!(
                    "{level} at once are {with} as fast as one by one, \
                     {without} without waits{hedge}"
                ),
                format!(
                    "{level} at once: {with} with waits, {without} \
                     without{hedge}"
                ),
            ])
        }
        (Some((batch, row)), _) if batch.bound_ns == 0 => {
            without_waits(batch.concurrency, row)
        }
        (Some((batch, row)), _) => format!(
            "{} at once are {} as fast as one by one{}",
            number(batch.concurrency),
            factor(row),
            hedge([row])
        ),
        (None, Some((level, row))) => without_waits(level, row),
        (None, None) => {
            let uneven = summary.uneven();
            let sweep = summary.of_act(Act::Sweep);
            let counts =
                |batch: &Batch| concurrent(batch).any(|row| row.valid > 0);
            match uneven {
                Some(batch) => uneven::finding_uneven(batch),
                None if sweep.into_iter().any(counts) => {
                    "Nothing ran one by one to compare with".to_owned()
                }
                None => NOTHING.to_owned(),
            }
        }
    }
}

fn without_waits(level: usize, row: &Row) -> String {
    as_fast(&format!("Without waits, {} at once are", number(level)), row)
}

/// As one by one, if there is room to say so.
fn as_fast(what: &str, row: &Row) -> String {
    let hedge = hedge([row]);
    let found = format!("{what} {} as fast", factor(row));
    fitting([
        format!("{found} as one by one{hedge}"),
        format!("{found}{hedge}"),
    ])
}

fn factor(row: &Row) -> String {
    speed_up(row.speed_up.as_ref().map_or(0.0, |times| times.median))
}

/// The strategy that titles speak of, at the highest of the named levels.
fn even(summary: &Summary) -> Option<(&Batch, &Row)> {
    let levels = named(summary);
    let standard = standard(&levels)?;
    let batch = levels.last()?;
    Some((batch, row(batch, standard)?))
}

/// The same strategy where nothing waits.
fn no_waits(summary: &Summary) -> Option<(usize, &Row)> {
    let batch = summary.no_waits()?;
    let standard = standard(&[batch])?;
    Some((batch.concurrency, row(batch, standard)?))
}
