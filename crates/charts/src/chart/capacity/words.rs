//! What the chart of capacity says, and what is asked of it.

use measurement::capacity::Limit;
use measurement::summary::{Reach, ReachEnd, ReachLevel, Summary};

use crate::asked::Asked;
use crate::caption::Caption;
use crate::caption::levels::advice;
use crate::finding::found::NOTHING;
use crate::finding::{fitting, subject};
use crate::quantity::{capital, count, kib, number, over, readable, whole};

/// In percent, how much later than the earliest possible end: `4.5`.
pub(super) fn late(over: f64) -> String {
    match 100.0 * (over - 1.0) {
        percent if percent < 0.1 => "under 0.1".to_owned(),
        percent if percent < 9.95 => format!("{percent:.1}"),
        percent => whole(percent),
    }
}

/// With the most that it had in flight; one ping alone is what the others are
/// held against.
pub(super) fn last(reach: &Reach) -> Option<&ReachLevel> {
    reach.levels.last().filter(|level| level.in_flight > 1)
}

/// Why there are no more, in a few words.
pub(super) fn ended(end: &ReachEnd) -> String {
    let level = number(end.level);
    match end.limit {
        Limit::OpenFiles => "then no more open files".to_owned(),
        Limit::Threads => "then no more threads".to_owned(),
        Limit::Ports => "then no more ports".to_owned(),
        Limit::Memory => "then no more memory".to_owned(),
        Limit::Time => "then too slow".to_owned(),
        Limit::Other => format!("an error at {level}"),
    }
}

/// The finding in a sentence: how far the ways go.
pub fn finding_capacity(summary: &Summary) -> String {
    let mut ends: Vec<(&Reach, &ReachLevel)> = (summary.capacity.iter())
        .filter_map(|reach| Some((reach, last(reach)?)))
        .collect();
    ends.sort_by_key(|(_, level)| level.in_flight);
    let Some((first, fewest)) = ends.first().copied() else {
        return NOTHING.to_owned();
    };
    let most = ends.last().map_or(0, |(_, level)| level.in_flight);
    let busy = ends.iter().any(|(_, own)| own.disturbed * 5 > own.hits);
    let hedge = if busy { " (busy machine)" } else { "" };
    let few = ends.partition_point(|(_, level)| level.in_flight < most);
    let (few, far) = ends.split_at(few);
    let name = |reach: &Reach| subject(&reach.strategy).0;
    // What nothing ended may go farther than was tried.
    let open = far.iter().all(|(reach, _)| reach.end.is_none());
    let more = if open { "+" } else { "" };
    let at_most = |(reach, level): &(&Reach, &ReachLevel)| {
        format!("{} {}", name(reach), number(level.in_flight))
    };
    let hold = if subject(&first.strategy).1 { "hold" } else { "holds" };
    let (level, most) = (number(fewest.in_flight), number(most));
    let held = format!("{} {hold} {level} in flight", name(first));
    let farthest = match far {
        [one] => {
            format!("{} {}{more}", name(one.0), number(one.1.in_flight))
        }
        _ => format!("all others {most}{more}"),
    };
    capital(&fitting(match few {
        [] if far.len() > 1 => {
            let all = match far.len() {
                2 => "both".to_owned(),
                all => format!("all {}", count(all)),
            };
            vec![format!("{all} hold {most}{more} in flight{hedge}")]
        }
        [] => {
            let name = name(first);
            vec![format!("{name} {hold} {level}{more} in flight{hedge}")]
        }
        [_, others @ ..] => {
            let others: String = others
                .iter()
                .map(|own| format!(", {}", at_most(own)))
                .collect();
            vec![
                format!("{held}{others}, {farthest}{hedge}"),
                format!("{held}, the most is {most}{more}{hedge}"),
            ]
        }
    }))
}

/// The words to [`crate::capacity()`].
pub fn caption_capacity(summary: &Summary) -> Caption {
    let told = summary.capacity.iter().filter_map(|reach| {
        let level = last(reach)?;
        let (name, _) = subject(&reach.strategy);
        let memory = level.bytes.as_ref().map_or(String::new(), |bytes| {
            format!(" and {} KiB each", kib(bytes.median))
        });
        let end = reach.end.as_ref().map_or(String::new(), |end| {
            format!(", then ended by {}", end.limit.name())
        });
        let (time, most) = (over(level.over.median), number(level.in_flight));
        Some(format!("{name} {most} in flight, {time}{memory}{end}"))
    });
    let told: Vec<String> = told.collect();
    Caption {
        title: finding_capacity(summary),
        description: format!(
            "How many pings in flight each way holds, how much later than the \
             earliest possible end it is done, and the client's memory for \
             each ping. At its most: {}.",
            told.join("; ")
        ),
        look_for: advice(&[
            (
                true,
                "Where does a bar end? There a limit of the system, or of \
                 the processors, is met, and it is named.",
            ),
            (
                true,
                "Memory is paid again for each ping: ten times as many take \
                 ten times as much.",
            ),
        ]),
        also: capacity_ends(summary),
    }
}

/// A sentence for each way: what ended it, or that nothing did.
pub fn capacity_ends(summary: &Summary) -> Vec<String> {
    summary.capacity.iter().filter_map(end).collect()
}

fn end(reach: &Reach) -> Option<String> {
    let (name, plural) = subject(&reach.strategy);
    let name = capital(&name);
    let most = reach.levels.last().map(|level| number(level.in_flight));
    let (goes, ends) = if plural { ("go", "end") } else { ("goes", "ends") };
    let Some(end) = &reach.end else {
        return Some(format!("{name} {goes} to {}, the most tried", most?));
    };
    // What was known beforehand begins with the name.
    let limit = end.limit.name();
    let detail = readable(&end.detail);
    let detail = detail.strip_prefix(limit).unwrap_or(&detail);
    let detail = detail.trim_start_matches(": ");
    Some(format!(
        "{name} {ends} below {}, by {limit}: {detail}",
        number(end.level)
    ))
}

/// What is asked of it.
pub(crate) fn questions(summary: &Summary) -> Vec<Asked> {
    let by_time = summary.capacity.iter().any(|reach| {
        let end = reach.end.as_ref();
        end.is_some_and(|end| end.limit == Limit::Time)
    });
    let any = !summary.capacity.is_empty();
    vec![
        (
            "Some bars end before others, and “too slow” stands there. What \
             ended?",
            "The two seconds for which the server holds a ping: the first was \
             answered before the last was sent, so never were all in flight.",
            by_time,
        ),
        (
            "How late all are done is of the whole batch. What is it made of?",
            "Each ping adds its work to it, and the processors do only a few \
             at a time: twice as many pings, twice as late.",
            any,
        ),
    ]
}
