//! To the charts of the first two acts.

use measurement::record::Act;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::quantity::{count, duration, plural, range, seconds};
use crate::questions::{Asked, about, most};
use crate::strategy::subject;

fn batch(summary: &Summary, act: Act) -> Option<&Batch> {
    summary.of_act(act).next()
}

/// The rows with a time, and that.
fn timed(batch: &Batch) -> impl Iterator<Item = (&Row, f64)> {
    let rows = batch.rows.iter();
    rows.filter_map(|row| Some((row, row.makespan_ns.as_ref()?.median)))
}

fn time_of(batch: &Batch, (row, time): (&Row, f64)) -> Asked {
    let (name, _) = subject(&row.strategy);
    let pings = plural(batch.requests, "ping");
    let question = format!("How long did {pings} take: {name}?");
    (question, about(time, seconds))
}

/// The strategy that pings in turn, and the first that does not.
fn in_turn_and_at_once(batch: &Batch) -> Vec<(&Row, f64)> {
    let in_turn =
        timed(batch).find(|(row, _)| ways::is_one_by_one(&row.strategy));
    let others =
        || timed(batch).filter(|(row, _)| !ways::is_one_by_one(&row.strategy));
    let threads = others().find(|(row, _)| row.strategy == ways::WAVES.id);
    let at_once = threads.or_else(|| others().next());
    in_turn.into_iter().chain(at_once).collect()
}

pub(super) fn waterfall_live(summary: &Summary) -> Vec<Asked> {
    let Some(batch) = batch(summary, Act::Book) else { return Vec::new() };
    let shown = in_turn_and_at_once(batch);
    if shown.iter().all(|(row, _)| row.median_trial.is_none()) {
        return Vec::new();
    }
    shown.into_iter().map(|found| time_of(batch, found)).collect()
}

pub(super) fn book_bars(summary: &Summary) -> Vec<Asked> {
    let Some(batch) = batch(summary, Act::Book) else { return Vec::new() };
    let shown = in_turn_and_at_once(batch);
    let seen = shown.last().and_then(|(row, _)| {
        let (name, _) = subject(&row.strategy);
        let question = format!(
            "How many requests did the server see in flight at once: {name}?"
        );
        Some((question, range(row.peak_in_flight?)))
    });
    let last = most(timed(batch).map(|(row, x)| (row.strategy.as_str(), x)));
    let number = count(batch.requests);
    let last = last.map(|name| {
        (format!("Which strategy took longest for the {number}?"), name)
    });
    let time = shown.last().map(|found| time_of(batch, *found));
    seen.into_iter().chain(last).chain(time).collect()
}

pub(super) fn waterfall(summary: &Summary) -> Vec<Asked> {
    let Some(batch) = batch(summary, Act::Uneven) else { return Vec::new() };
    let shown = || {
        timed(batch).filter(|(row, _)| {
            !ways::is_one_by_one(&row.strategy) && row.median_trial.is_some()
        })
    };
    let reference = batch.reference.as_deref();
    let pool =
        shown().find(|(row, _)| Some(row.strategy.as_str()) == reference);
    let end = pool.or_else(|| shown().next()).map(|(row, time)| {
        let (name, plural) = subject(&row.strategy);
        let are = if plural { "are" } else { "is" };
        (format!("When {are} {name} done?"), about(time, duration))
    });
    let last = most(shown().map(|(row, x)| (row.strategy.as_str(), x)));
    let last =
        last.map(|name| ("Which strategy is done last?".to_owned(), name));
    let waves = shown().find(|(row, _)| row.strategy == ways::WAVES.id);
    let words = waves.map(|(row, _)| {
        let question =
            "Which strategy waits for the slowest ping of each turn?";
        (question.to_owned(), subject(&row.strategy).0.to_owned())
    });
    end.into_iter().chain(last).chain(words).collect()
}
