//! What the book's six URLs show: what waits may overlap.

use measurement::course::LESSONS;
use measurement::record::Act;
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::asked::{Asked, ratio};
use crate::caption::{Caption, times_of};
use crate::finding::found::NOTHING;
use crate::finding::hedge;
use crate::quantity::{capital, count, range, seconds};

/// The finding of the book's batch in a sentence: how long its pings take one
/// by one and all at once; or that they never were at once.
pub fn finding_book(batch: &Batch) -> String {
    let at_once = at_once(batch);
    let peak = at_once.and_then(|(row, _)| row.peak_in_flight);
    if let Some((_, 1)) = peak.filter(|_| batch.concurrency > 1) {
        return format!(
            "Of {} pings at once the server never saw more than one",
            count(batch.requests)
        );
    }
    match times(batch, at_once) {
        Some(times) => capital(&times),
        None => NOTHING.to_owned(),
    }
}

/// The words to [`super::waterfall_live`].
pub fn caption_waterfall_live(batch: &Batch) -> Caption {
    let seen: Vec<String> = batch
        .rows
        .iter()
        .filter_map(|row| {
            let peak = range(row.peak_in_flight?);
            Some(format!("{} of {}", peak, ways::name(&row.strategy)))
        })
        .collect();
    let seen = match seen.is_empty() {
        true => String::new(),
        false => format!(" At once the server saw {}.", seen.join(", ")),
    };
    Caption {
        title: finding_book(batch),
        description: format!(
            "For each strategy {} bars that grow as fast as the pings were \
             answered, then stand still. {}{seen} The book has 0.82 s one \
             after another and 0.14 s with threads.",
            count(batch.requests),
            times_of(batch, seconds),
        ),
        look_for: "Watch which group is done first: bars that grow together \
                   are waits that overlap. A faster language does not make a \
                   wait shorter."
            .to_owned(),
        also: Vec::new(),
    }
}

/// `six pings take 0.82 s one by one, 0.14 s at once (measured once)`.
///
/// No twins run in the book's batch: times are told as they were measured, and
/// that they overlap is said by the server, not by the clock.
fn times(batch: &Batch, at_once: Option<(&Row, &Estimate)>) -> Option<String> {
    let number = count(batch.requests);
    let noun = if batch.requests == 1 { "ping" } else { "pings" };
    let together = match batch.concurrency >= batch.requests {
        true => "at once".to_owned(),
        false => format!("{} at a time", count(batch.concurrency)),
    };
    let one_by_one =
        in_turn(batch).map(|found| (found, "one by one".to_owned()));
    let at_once = at_once.map(|found| (found, together));
    let both: Vec<_> = one_by_one.into_iter().chain(at_once).collect();
    let hedge = hedge(both.iter().map(|((row, _), _)| *row));
    let times: Vec<String> = both
        .into_iter()
        .map(|((_, time), how)| format!("{} {how}", seconds(time.median)))
        .collect();
    let take = if batch.requests == 1 { "takes" } else { "take" };
    (!times.is_empty())
        .then(|| format!("{number} {noun} {take} {}{hedge}", times.join(", ")))
}

fn in_turn(batch: &Batch) -> Option<(&Row, &Estimate)> {
    measured(batch, ways::ONE_BY_ONE.id)
}

/// The book's own way of overlapping, or else the first of ours.
fn at_once(batch: &Batch) -> Option<(&Row, &Estimate)> {
    let lessons = LESSONS.iter().map(|lesson| lesson.name);
    let mut concurrent =
        lessons.filter(|name| ways::is_concurrent_lesson(name));
    concurrent.find_map(|name| measured(batch, name))
}

fn measured<'a>(
    batch: &'a Batch,
    name: &str,
) -> Option<(&'a Row, &'a Estimate)> {
    let row = batch.rows.iter().find(|row| row.strategy == name)?;
    Some((row, row.makespan_ns.as_ref()?))
}

/// What is asked of it.
pub(crate) fn questions(summary: &Summary) -> Vec<Asked> {
    let batch = summary.of_act(Act::Book).next();
    let ratio =
        batch.and_then(|b| ratio(b, ways::ONE_BY_ONE.id, ways::WAVES.id));
    let shown = ratio.is_some_and(|ratio| ratio > 2.0);
    vec![
        (
            "No ping of the second group is answered sooner than one of the \
             first. Why does the group end so much earlier?",
            "Its waits overlap: all of them begin together, so all of them \
             together take about as long as one.",
            shown,
        ),
        (
            "How long would each group take with twice as many pings?",
            "The first about twice as long, because each wait is added. The \
             second about as long as now, with a thread for each ping.",
            shown,
        ),
    ]
}
