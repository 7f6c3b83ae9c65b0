//! What is typed, read; and what is refused at once, with what to write.

use std::num::NonZeroUsize;
use std::time::Duration;

use measurement::bounds::{MOST_PINGS, MOST_ROUNDS};
use measurement::course::{self, Lesson};
use measurement::waits::Waits;
use ping_core::Rate;

use crate::duration;

/// Pings of a sweep's trial, as a multiple of those in flight at once: every
/// cell then takes as long, and how long it takes says how far it is from the
/// earliest possible end.
pub const PINGS_PER_LANE: usize = 8;

pub(super) fn positive(text: &str) -> Result<NonZeroUsize, String> {
    let number: usize = text.parse().map_err(|_| {
        format!("`{text}` is not a whole number; write one from 1 up")
    })?;
    NonZeroUsize::new(number)
        .ok_or_else(|| "0 would never do anything; write 1 or more".to_owned())
}

pub(super) fn count(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| {
        format!("`{text}` is not a whole number; write one from 0 up")
    })
}

/// `50/s`, or `50`; `0.5/s`, `30/m`, `1/h`.
pub(super) fn rate(text: &str) -> Result<Rate, String> {
    const SECOND: Duration = Duration::from_secs(1);
    let (number, unit) = text.split_once('/').unwrap_or((text, "s"));
    let time = match unit.trim() {
        "s" => Some(SECOND),
        "m" | "min" => Some(60 * SECOND),
        "h" => Some(3600 * SECOND),
        _ => None,
    };
    let number: Option<f64> = number.trim().parse().ok();
    let (Some(number), Some(time)) = (number, time) else {
        return Err(format!(
            "`{text}` is no rate; write how many a second, such as `50/s` or \
             `0.5/s`, or a minute, such as `30/m`"
        ));
    };
    Rate::of(number, time).ok_or_else(|| {
        format!(
            "`{text}` is no rate that can be kept; write one from 1 a day to \
             a million a second, such as `50/s`, or leave it out for no limit"
        )
    })
}

pub(super) fn per_trial(text: &str) -> Result<NonZeroUsize, String> {
    let number = positive(text)?;
    if number.get() > MOST_PINGS {
        return Err(format!(
            "a trial has {MOST_PINGS} pings at most; for more of them \
             there is --rounds"
        ));
    }
    Ok(number)
}

pub(super) fn level(text: &str) -> Result<NonZeroUsize, String> {
    // Beyond it a trial would have too few pings for each in flight.
    const MOST: usize = MOST_PINGS / 4;
    let number = positive(text)?;
    if number.get() > MOST {
        return Err(format!("{MOST} at once is the most that is measured"));
    }
    Ok(number)
}

/// Jobs of a batch on a queue.
pub(super) fn million(text: &str) -> Result<NonZeroUsize, String> {
    const MOST: usize = 1_000_000;
    let number = positive(text)?;
    if number.get() > MOST {
        return Err(format!("{MOST} jobs are the most that is measured"));
    }
    Ok(number)
}

pub(super) fn lesson(text: &str) -> Result<&'static Lesson, String> {
    let found = text.parse().ok().and_then(course::lesson);
    found.ok_or_else(|| {
        let numbers = course::numbers();
        format!("there is no lesson `{text}`; they are {numbers}")
    })
}

pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "write a whole number from 0 up".to_owned())
}

pub(super) fn rounds(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(rounds @ 1..=MOST_ROUNDS) => Ok(rounds),
        _ => Err(format!("write a whole number from 1 to {MOST_ROUNDS}")),
    }
}

/// The most runs that are compared: there are labels for so many.
pub(super) const MOST_RUNS: u32 = 99;

pub(super) fn repeat(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(runs @ 2..=MOST_RUNS) => Ok(runs),
        _ => Err(format!(
            "write a whole number from 2 to {MOST_RUNS}; five make a range"
        )),
    }
}

pub(super) fn waits(text: &str) -> Result<Waits, String> {
    match text {
        "none" => Ok(Waits::None),
        "uneven" => Ok(Waits::Uneven),
        "book" => Ok(Waits::Book),
        _ => match duration::parse(text) {
            Ok(Duration::ZERO) => Ok(Waits::None),
            Ok(wait) => Ok(Waits::Fixed(wait.as_nanos() as u64)),
            Err(why) => Err(format!("{why}; or `uneven`, `book`, `none`")),
        },
    }
}
