//! What is typed, read; and what is refused at once, with what to write.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use measurement::bounds::{MOST_PINGS, MOST_ROUNDS};
use measurement::course::{self, Lesson};
use measurement::waits::Waits;

use crate::duration;
use crate::run::PINGS_PER_LANE;

pub(super) fn positive(text: &str) -> Result<NonZeroUsize, String> {
    let number: usize = text.parse().map_err(|_| {
        format!("`{text}` is not a whole number; write one from 1 up")
    })?;
    NonZeroUsize::new(number)
        .ok_or_else(|| "0 would never do anything; write 1 or more".to_owned())
}

/// `50/s`, or `50`.
pub(super) fn rate(text: &str) -> Result<NonZeroU32, String> {
    let number = text.strip_suffix("/s").unwrap_or(text);
    number.trim().parse().map_err(|_| {
        format!("`{text}` is no rate; write how many a second, such as `50/s`")
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
    const MOST: usize = MOST_PINGS / PINGS_PER_LANE;
    let number = positive(text)?;
    if number.get() > MOST {
        return Err(format!("{MOST} at once is the most that is measured"));
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
