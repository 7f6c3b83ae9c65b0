//! What the speed-up says: more at once helps as far as
//! there is something to wait for.

use measurement::record::Act;
use measurement::summary::{Batch, Row, Summary};
use measurement::waits::Waits;
use measurement::ways;

use crate::asked::{Asked, ratio};
use crate::caption::Caption;
use crate::caption::levels::{advice, figures};
use crate::chart::waterfall::finding_uneven;
use crate::curve::sweep;
use crate::finding::found::NOTHING;
use crate::finding::levels::{
    concurrent, differences, few_in_flight, named, row, standard,
};
use crate::finding::{fitting, hedge};
use crate::processors;
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
            let only = if waits_decide(summary) { "only " } else { "" };
            fitting([
                format!(
                    "{level} at once, even waits: {with} as fast as one by \
                     one, without waits {only}{without}{hedge}"
                ),
                format!(
                    "{level} at once, even waits: {with} as fast, \
                     without waits {only}{without}{hedge}"
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
                Some(batch) => finding_uneven(batch),
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

/// Whether much less is gained where nothing waits.
pub(super) fn waits_decide(summary: &Summary) -> bool {
    even(summary).zip(no_waits(summary)).is_some_and(
        |((batch, some), (level, none))| {
            batch.concurrency == level && times(none) < times(some) / 4.0
        },
    )
}

fn times(row: &Row) -> f64 {
    row.speed_up.as_ref().map_or(0.0, |times| times.median)
}

fn factor(row: &Row) -> String {
    speed_up(times(row))
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

/// The words to [`crate::speed_up()`].
pub fn caption_speed_up(summary: &Summary) -> Caption {
    let say = |row: &Row| Some(speed_up(row.speed_up.as_ref()?.median));
    let lesson = |row: &Row| {
        say(row).filter(|_| ways::is_concurrent_lesson(&row.strategy))
    };
    let over_levels =
        |row: &Row| say(row).filter(|_| summary.is_over_levels(&row.strategy));
    let levels = sweep(summary);
    let waits = levels.iter().any(|batch| batch.waits != Waits::None);
    let even: Vec<String> = levels
        .iter()
        .filter_map(|batch| {
            let name = match batch.waits {
                Waits::None => processors::no_waits(batch),
                _ => "Even waits,".to_owned(),
            };
            figures(&name, batch, over_levels)
        })
        .collect();
    let uneven = summary.uneven();
    let uneven = uneven.and_then(|b| figures("Uneven waits,", b, say));
    let none: Vec<String> = summary
        .no_waits_in_each_condition()
        .filter_map(|batch| {
            figures(&processors::no_waits(batch), batch, lesson)
        })
        .collect();
    let drawn = summary.no_waits();
    let drawn = drawn.or(levels.last().copied().filter(|_| !waits));
    let awake = drawn.and_then(|batch| batch.kept_awake);
    let look_for = advice(&[
        (
            waits && !even.is_empty(),
            "With even waits, look how near the line stays to the dashed \
             one: where pings wait, N at once can be N times as fast.",
        ),
        (
            uneven.is_some(),
            "With uneven waits, look how far the bars are apart: there the \
             way of sharing decides, and nobody ends before the slowest ping.",
        ),
        (
            !none.is_empty() || (!waits && !even.is_empty()),
            "Without waits, look how low the line stays: only the work of the \
             processors is left to overlap.",
        ),
        (awake == Some(true), "They were kept awake meanwhile."),
        (
            awake == Some(false),
            "They may sleep meanwhile, and one by one each ping wakes them: \
             part of the speed-up is that.",
        ),
    ]);
    let figures = even.into_iter().chain(uneven).chain(none);
    Caption {
        title: finding_speed_up(summary),
        description: format!(
            "Pings a second, as a multiple of those one by one.{}",
            figures.collect::<String>(),
        ),
        look_for,
        also: differences(summary),
    }
}

/// What is asked of it.
pub(crate) fn questions(summary: &Summary) -> Vec<Asked> {
    let even = named(summary);
    let close = even.first().is_some_and(|batch| {
        let others = [ways::SHARES.id, ways::TASKS.id];
        others.iter().all(|name| {
            let ratio = ratio(batch, name, ways::POOL.id);
            ratio.is_some_and(|ratio| (0.9..1.1).contains(&ratio))
        })
    });
    let no_waits = summary.no_waits();
    let waves_lose = no_waits.is_some_and(|batch| {
        let ratio = ratio(batch, ways::WAVES.id, ways::POOL.id);
        ratio.is_some_and(|ratio| ratio > 1.5)
    });
    vec![
        (
            "With even waits fixed shares, the pool and tasks are close \
             together. Why does it hardly matter there how the work is shared?",
            "All pings are equally long, so all shares are, too. It matters \
             only where somebody can be done earlier than the others.",
            close,
        ),
        (
            "Without waits, what can be gained, and which strategy loses?",
            "Client and server can work at the same time, on all processors, \
             and processors that never go idle need not be woken. The waves \
             lose: they make a thread for each ping, which costs more than the \
             ping.",
            waves_lose,
        ),
        (
            "Why can no strategy be far above the dashed line?",
            "With twice as many in flight at most twice as many waits overlap. \
             A point above it is noise, or a slow first measurement one by one.",
            !even.is_empty(),
        ),
        (
            "Without waits the points are much lower. Why?",
            "There is no wait that could overlap. What is left is the work of \
             the processors, and there are only a few of those.",
            no_waits.is_some(),
        ),
    ]
}
