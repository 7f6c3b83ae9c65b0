//! Durations as people type them and as tables print them.

use std::time::Duration;

/// Nanoseconds as `1.23 s`, `137 ms` or `52 µs`, as everywhere.
pub use measurement::quantity::duration as display;

/// The longest that may be asked for.
const LONGEST: Duration = Duration::from_secs(3600);

/// Reads `250ms`, `5s`, `1.5 s`, `200us` or `2m`. A number without a unit is
/// refused: is `5` five seconds or five milliseconds?
///
/// # Errors
///
/// A sentence that says what to write instead.
pub fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, unit) = text.split_at(split.unwrap_or(text.len()));
    if unit.starts_with(',') {
        return Err("write a point and not a comma, as in `1.5s`".to_owned());
    }
    let unit = unit.trim_start();
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_people_type() {
        let cases = [
            ("250ms", Duration::from_millis(250)),
            ("5s", Duration::from_secs(5)),
            ("1.5s", Duration::from_millis(1500)),
            ("200us", Duration::from_micros(200)),
            ("200µs", Duration::from_micros(200)),
            ("2m", Duration::from_secs(120)),
            (" 60m ", Duration::from_secs(3600)),
            ("0ms", Duration::ZERO),
        ];
        for (text, duration) in cases {
            assert_eq!(parse(text), Ok(duration), "{text}");
        }
    }

    #[test]
    fn says_what_to_write_instead() {
        let cases = [
            ("5", "write `5ms` or `5s`"),
            ("1.5", "write `1.5ms` or `1.5s`"),
            ("", "such as `250ms`"),
            ("ms", "such as `250ms`"),
            (".s", "such as `250s`"),
            ("1.2.3s", "such as `250s`"),
            ("-5s", "such as `250ms`"),
            ("1e3s", "such as `250ms`"),
            ("5 parsecs", "such as `250ms`"),
            ("61m", "write `60m` or less"),
            ("99999999999999999999999999999999s", "write `60m` or less"),
        ];
        for (text, hint) in cases {
            let why = parse(text).unwrap_err();
            assert!(why.contains(hint), "{text}: {why}");
        }
        assert!(parse_positive("0s").unwrap_err().contains("write `5s`"));
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = parse(&text);
        }

        #[test]
        fn never_panics_on_what_looks_like_one(
            text in "[0-9.]{0,40}(us|ms|s|m| )?",
        ) {
            if let Ok(duration) = parse(&text) {
                prop_assert!(duration <= LONGEST);
            }
        }
    }
}
