//! What the book's six URLs show: what waits may overlap.

use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row};

use crate::finding::{Verdict, rounds, verdict};
use crate::quantity::{capital, count, range, seconds, times};

/// The finding of the book's batch in a sentence: how much sooner it ends
/// when the pings overlap, and what the server says to that.
pub fn finding_book(batch: &Batch) -> String {
    let number = count(batch.requests);
    let together = together(batch);
    let (in_turn, at_once) = (in_turn(batch), at_once(batch));
    let finding = match (in_turn, at_once) {
        (None, None) => return capital(&nothing(&number)),
        (Some((_, time)), None) => {
            format!("{number} in turn took {}", seconds(time.median))
        }
        (None, Some((_, time))) => {
            format!("{together} took {}", seconds(time.median))
        }
        (Some((_, long)), Some((_, short))) => {
            compared(&number, &together, long, short)
        }
    };
    let witness = at_once.and_then(|(row, _)| row.peak_in_flight);
    capital(&match witness {
        Some((_, 1)) if batch.concurrency > 1 => {
            format!("{finding}, but the server never saw more than 1 in flight")
        }
        Some(peak) => {
            format!("{finding}; the server saw {} in flight", range(peak))
        }
        None => finding,
    })
}

/// The same two times, side by side, for the chart that plays them.
pub fn finding_live(batch: &Batch) -> String {
    let number = count(batch.requests);
    let noun = if batch.requests == 1 { "ping" } else { "pings" };
    let one = in_turn(batch).map(|(_, time)| {
        format!("{number} {noun} one after another: {}", seconds(time.median))
    });
    let all = at_once(batch).map(|(_, time)| {
        let together = together(batch);
        let together = together.trim_end_matches(',');
        format!("{together}: {}", seconds(time.median))
    });
    match (one, all) {
        (None, None) => capital(&nothing(&number)),
        (Some(alone), None) | (None, Some(alone)) => capital(&alone),
        (Some(one), Some(all)) => {
            format!("{}. {}", capital(&one), capital(&all))
        }
    }
}

fn nothing(number: &str) -> String {
    format!("{number} pings, and no trial that counts")
}

/// `six at once`, or how many of them were allowed at once.
fn together(batch: &Batch) -> String {
    let number = count(batch.requests);
    if batch.concurrency >= batch.requests {
        format!("{number} at once")
    } else {
        format!("{number}, {} at a time,", count(batch.concurrency))
    }
}

fn compared(
    number: &str,
    together: &str,
    in_turn: &Estimate,
    at_once: &Estimate,
) -> String {
    let (turn, once) = (in_turn.median, at_once.median);
    if once > turn {
        return format!(
            "{number} in turn took {}, {together} {}: no gain",
            seconds(turn),
            seconds(once)
        );
    }
    match verdict(in_turn, at_once) {
        Verdict::Differ(ratio) => format!(
            "{together} finish {} sooner than {number} in turn",
            times(ratio)
        ),
        Verdict::CannotTell | Verdict::Alike => {
            format!("{together} or {number} in turn: no difference we can see")
        }
        // What happened may be told of a single round; that it would happen
        // again may not.
        Verdict::TooFewRounds(1) => format!(
            "{number} in turn took {}, {together} {}, in one round",
            seconds(turn),
            seconds(once)
        ),
        Verdict::TooFewRounds(few) if in_turn.min > at_once.max => format!(
            "{number} in turn took {}, {together} {}, longer in each of {}",
            seconds(turn),
            seconds(once),
            rounds(few)
        ),
        Verdict::TooFewRounds(few) => format!(
            "{number} in turn took {}, {together} {}; {}: too few to tell \
             apart",
            seconds(turn),
            seconds(once),
            rounds(few)
        ),
    }
}

fn in_turn(batch: &Batch) -> Option<(&Row, &Estimate)> {
    measured(batch, "sequential")
}

/// The book's own way of overlapping, or else the first of ours.
fn at_once(batch: &Batch) -> Option<(&Row, &Estimate)> {
    ["threads", "scoped-threads", "worker-pool", "async-tasks"]
        .into_iter()
        .find_map(|name| measured(batch, name))
}

fn measured<'a>(
    batch: &'a Batch,
    name: &str,
) -> Option<(&'a Row, &'a Estimate)> {
    let row = batch.rows.iter().find(|row| row.strategy == name)?;
    Some((row, row.makespan_ns.as_ref()?))
}
