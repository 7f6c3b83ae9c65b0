//! Predicted numbers as people type them and as tables print them.

use std::time::Duration;

use measurement::course::{Ask, Quantity};
use measurement::quantity::{mib, whole};
use measurement::ways;

use crate::duration;

/// Reads an answer in the unit of its quantity.
///
/// # Errors
///
/// A sentence that says what to write instead.
pub fn parse(text: &str, quantity: Quantity) -> Result<f64, String> {
    match quantity {
        Quantity::Makespan | Quantity::Cpu | Quantity::ServerBusy => {
            let time = duration::parse_positive(text)?;
            // Less than a nanosecond is nothing to a clock.
            Ok(time.max(Duration::from_nanos(1)).as_nanos() as f64)
        }
        Quantity::Threads
        | Quantity::Requests
        | Quantity::Arrivals
        | Quantity::Lost => match text.trim().parse::<u32>() {
            Ok(count @ 1..) => Ok(f64::from(count)),
            _ => Err("write a whole number from 1 up".to_owned()),
        },
        Quantity::Memory => bytes(text),
    }
}

/// Bytes in each unit that may be written. Nobody who writes `MB` minds the
/// twentieth that it is less.
const UNITS: [(&str, f64); 7] = [
    ("KiB", 1024.0),
    ("MiB", 1024.0 * 1024.0),
    ("GiB", 1024.0 * 1024.0 * 1024.0),
    ("kB", 1e3),
    ("KB", 1e3),
    ("MB", 1e6),
    ("GB", 1e9),
];

fn bytes(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, unit) = text.split_at(split.unwrap_or(text.len()));
    let wanted = || "write a size with its unit, such as `100MiB`".to_owned();
    let unit = UNITS.iter().find(|(name, _)| *name == unit.trim());
    let (_, factor) = unit.ok_or_else(wanted)?;
    let number: f64 = number.parse().map_err(|_| wanted())?;
    let bytes = number * factor;
    if (1.0..=1e15).contains(&bytes) { Ok(bytes) } else { Err(wanted()) }
}

/// A value in the unit of its quantity, as text.
pub fn display(value: f64, quantity: Quantity) -> String {
    match quantity {
        Quantity::Makespan | Quantity::Cpu | Quantity::ServerBusy => {
            duration::display(value)
        }
        Quantity::Threads
        | Quantity::Requests
        | Quantity::Arrivals
        | Quantity::Lost => whole(value),
        Quantity::Memory => format!("{} MiB", mib(value)),
    }
}

/// What is asked for, where there is no room for the question.
pub fn label(ask: &Ask) -> String {
    let Ask { strategy, concurrency, requests, .. } = ask;
    let what = match ask.quantity {
        Quantity::Makespan => "time",
        Quantity::Cpu => "processor time",
        Quantity::Threads => "threads",
        Quantity::Memory => "memory at the peak",
        Quantity::ServerBusy => "how long the server is busy",
        Quantity::Requests => "requests at the server",
        Quantity::Arrivals => "most in 10 ms",
        Quantity::Lost => "pings without a result",
    };
    format!(
        "{what}: {requests} pings, {concurrency} at once, {}",
        ways::name(strategy)
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_people_type() {
        let cases = [
            ("0.82s", Quantity::Makespan, 0.82e9),
            ("2ms", Quantity::Cpu, 2e6),
            ("2s", Quantity::ServerBusy, 2e9),
            ("3", Quantity::Threads, 3.0),
            ("188", Quantity::Requests, 188.0),
            (" 2 ", Quantity::Arrivals, 2.0),
            ("100MiB", Quantity::Memory, 104_857_600.0),
            (" 1.5 GB ", Quantity::Memory, 1.5e9),
        ];
        for (text, quantity, value) in cases {
            assert_eq!(parse(text, quantity), Ok(value), "{text}");
        }
    }

    #[test]
    fn says_what_to_write_instead() {
        let cases = [
            ("5", Quantity::Makespan, "`5ms` or `5s`"),
            ("0s", Quantity::Cpu, "longer than nothing"),
            ("2", Quantity::ServerBusy, "`2ms` or `2s`"),
            ("0", Quantity::Threads, "from 1 up"),
            ("2.5", Quantity::Threads, "from 1 up"),
            ("many", Quantity::Requests, "from 1 up"),
            ("0", Quantity::Arrivals, "from 1 up"),
            ("100", Quantity::Memory, "such as `100MiB`"),
            ("MiB", Quantity::Memory, "such as `100MiB`"),
            ("0MiB", Quantity::Memory, "such as `100MiB`"),
            ("9999999999GiB", Quantity::Memory, "such as `100MiB`"),
        ];
        for (text, quantity, hint) in cases {
            let why = parse(text, quantity).unwrap_err();
            assert!(why.contains(hint), "{text}: {why}");
        }
    }

    #[test]
    fn prints_in_the_unit() {
        assert_eq!(display(0.82e9, Quantity::Makespan), "820 ms");
        assert_eq!(display(2e9, Quantity::ServerBusy), "2.00 s");
        assert_eq!(display(3.0, Quantity::Threads), "3");
        assert_eq!(display(187.5, Quantity::Requests), "188");
        assert_eq!(display(104_857_600.0, Quantity::Memory), "100 MiB");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_good_number_or_refused(text in ".{0,24}") {
            for quantity in [
                Quantity::Makespan,
                Quantity::Cpu,
                Quantity::Threads,
                Quantity::Memory,
                Quantity::ServerBusy,
                Quantity::Requests,
                Quantity::Arrivals,
                Quantity::Lost,
            ] {
                if let Ok(value) = parse(&text, quantity) {
                    prop_assert!(value.is_finite() && value > 0.0);
                }
            }
        }
    }
}
