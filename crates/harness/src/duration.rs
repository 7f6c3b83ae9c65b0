//! Durations as people type them and as tables print them.

use std::time::Duration;

/// The longest that may be asked for.
const LONGEST: Duration = Duration::from_secs(3600);

/// Reads `250ms`, `5s`, `1.5s`, `200us` or `2m`. A number without a unit is
/// refused: is `5` five seconds or five milliseconds?
///
/// # Errors
///
/// A sentence that says what to write instead.
pub fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, unit) = text.split_at(split.unwrap_or(text.len()));
    if unit.is_empty() && !number.is_empty() {
        return Err(format!(
            "a duration needs a unit: write `{number}ms` or `{number}s`"
        ));
    }
    let seconds_per_unit = match unit {
        "us" | "µs" | "μs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        "m" => 60.0,
        _ => {
            return Err("write a number and a unit, such as `250ms`, `5s` or \
                        `2m`"
                .to_owned());
        }
    };
    let number: f64 = number.parse().map_err(|_| {
        format!("`{text}` has no number; write one, such as `250{unit}`")
    })?;
    let seconds = number * seconds_per_unit;
    if seconds > LONGEST.as_secs_f64() {
        return Err("an hour is the longest; write `60m` or less".to_owned());
    }
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

/// Like [`parse`], but zero is refused.
///
/// # Errors
///
/// A sentence that says what to write instead.
pub fn parse_positive(text: &str) -> Result<Duration, String> {
    match parse(text)? {
        Duration::ZERO => {
            Err("it must be longer than nothing; write `5s`".to_owned())
        }
        duration => Ok(duration),
    }
}

/// Nanoseconds as `1.23 s`, `137.4 ms` or `52 µs`.
pub fn display(ns: f64) -> String {
    if ns >= 1e9 {
        format!("{:.2} s", ns / 1e9)
    } else if ns >= 1e6 {
        format!("{:.1} ms", ns / 1e6)
    } else {
        format!("{:.0} µs", ns / 1e3)
    }
}
