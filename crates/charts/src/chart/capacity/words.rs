//! What the chart of capacity says, and what is asked of it.

use measurement::summary::{Reach, ReachLevel, Summary};

use crate::asked::Asked;
use crate::caption::Caption;
use crate::caption::levels::advice;
use crate::finding::found::NOTHING;
use crate::finding::{fitting, subject};
use crate::quantity::{capital, kib, number, over, readable, whole};

/// In percent, how much later than the earliest possible end: `4.5`.
pub(super) fn late(over: f64) -> String {
    match 100.0 * (over - 1.0) {
        percent if percent < 0.1 => "under 0.1".to_owned(),
        percent if percent < 9.95 => format!("{percent:.1}"),
        percent => whole(percent),
    }
}

fn last(reach: &Reach) -> Option<&ReachLevel> {
    reach.levels.last().filter(|level| level.in_flight > 1)
}

/// The finding in a sentence: how far the ways go, and who ends soonest there.
pub fn finding_capacity(summary: &Summary) -> String {
    let ends = || summary.capacity.iter().filter_map(|r| Some((r, last(r)?)));
    let most = ends().map(|(_, level)| level.in_flight).max();
    let Some(most) = most else { return NOTHING.to_owned() };
    let far = || ends().filter(|(_, level)| level.in_flight == most);
    let busy = far().any(|(_, level)| level.disturbed * 5 > level.hits);
    let hedge = if busy { " (busy machine)" } else { "" };
    let best =
        far().min_by(|(_, a), (_, b)| a.over.median.total_cmp(&b.over.median));
    let Some((reach, level)) = best else { return NOTHING.to_owned() };
    let (name, plural) = subject(&reach.strategy);
    let hold = if plural { "hold" } else { "holds" };
    let most = number(most);
    let late = late(level.over.median);
    let memory = level.bytes.as_ref().map_or(String::new(), |bytes| {
        format!(", {} KiB each", kib(bytes.median))
    });
    let held = format!("{name} {hold} {most} in flight");
    capital(&fitting([
        format!("{held}, done {late} % after the earliest end{memory}{hedge}"),
        format!("{held}, {late} % after the earliest end{memory}{hedge}"),
        format!("{held}, {late} % late{memory}{hedge}"),
        format!("{held}, {late} % late{hedge}"),
        format!("{held}{hedge}"),
    ]))
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
            "How much later than the earliest possible end each way is done, \
             and the client's memory for each ping, over the number of pings \
             in flight. At its most: {}.",
            told.join("; ")
        ),
        look_for: advice(&[
            (
                true,
                "Where does a line end? There a limit of the system, or of \
                 the processors, is met, and it is named.",
            ),
            (
                true,
                "Memory that goes straight ahead is paid again for each \
                 ping: ten times as many take ten times as much.",
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
        end.is_some_and(|end| end.limit == measurement::capacity::Limit::Time)
    });
    let any = !summary.capacity.is_empty();
    vec![
        (
            "Some lines end before others, and “ends: time” stands there. \
             What ended?",
            "The two seconds for which the server holds a ping: the first was \
             answered before the last was sent, so never were all in flight.",
            by_time,
        ),
        (
            "In the left panel lines rise. In the right one they do not. Why?",
            "The left one is of the whole batch, and each ping adds its work \
             to it. The right one is already for each ping.",
            any,
        ),
    ]
}
