//! What the book's six URLs show: what waits may overlap.

use measurement::course::LESSONS;
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row};

use crate::finding::{Said, rounds};
use crate::quantity::{capital, count, range, seconds, times};
use crate::strategy::is_concurrent_lesson;

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
        (Some((_, long)), Some((row, short))) => {
            let said = overlap(row, long.n.min(short.n));
            compared(&number, &together, (long, short), said)
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

/// A speed-up nearer to 1 than this is nothing to build on: no strategy of
/// the book's batch runs twice, so nobody knows what is noise.
const LEAST_SPEED_UP: f64 = 1.05;

/// What may be said of the pings that overlap and those in turn, which were
/// `rounds` times measured both.
fn overlap(row: &Row, rounds: usize) -> Said {
    match row.speed_up.as_ref().and_then(|s| Some((s.median, s.interval?))) {
        None => Said::TooFewRounds(rounds),
        Some((median, interval))
            if interval.low > 1.0 && median >= LEAST_SPEED_UP =>
        {
            Said::Differs(median)
        }
        Some(_) => Said::NoDifference,
    }
}

fn compared(
    number: &str,
    together: &str,
    (in_turn, at_once): (&Estimate, &Estimate),
    said: Said,
) -> String {
    let (turn, once) = (in_turn.median, at_once.median);
    let both = format!(
        "{number} in turn took {}, {together} {}",
        seconds(turn),
        seconds(once)
    );
    if once > turn {
        return format!("{both}: no gain");
    }
    match said {
        Said::Differs(ratio) => format!(
            "{together} finish {} sooner than {number} in turn",
            times(ratio)
        ),
        // What happened may be told of a single round; that it would happen
        // again may not.
        Said::TooFewRounds(1) => format!("{both}, in one round"),
        Said::TooFewRounds(few) if in_turn.min > at_once.max => {
            format!("{both}, longer in each of {}", rounds(few))
        }
        Said::TooFewRounds(few) => {
            format!("{both}; {}: too few to tell apart", rounds(few))
        }
        _ => {
            format!("{together} or {number} in turn: no difference we can see")
        }
    }
}

fn in_turn(batch: &Batch) -> Option<(&Row, &Estimate)> {
    measured(batch, "sequential")
}

/// The book's own way of overlapping, or else the first of ours.
fn at_once(batch: &Batch) -> Option<(&Row, &Estimate)> {
    let lessons = LESSONS.iter().map(|lesson| lesson.name);
    let mut concurrent = lessons.filter(|name| is_concurrent_lesson(name));
    concurrent.find_map(|name| measured(batch, name))
}

fn measured<'a>(
    batch: &'a Batch,
    name: &str,
) -> Option<(&'a Row, &'a Estimate)> {
    let row = batch.rows.iter().find(|row| row.strategy == name)?;
    Some((row, row.makespan_ns.as_ref()?))
}
