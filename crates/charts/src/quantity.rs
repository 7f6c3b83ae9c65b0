//! Durations and counts as a reader says them.

use measurement::MILLISECOND;

const SECOND: u64 = 1000 * MILLISECOND;

/// In seconds. Nobody waits longer, and a label has its limits.
const DAY: f64 = 86_400.0;

/// Such as `331 ms`: three digits where there are three to show.
pub(crate) fn milliseconds(ns: f64) -> String {
    let ms = sane(ns) / MILLISECOND as f64;
    if ms >= 9.95 || ms == 0.0 {
        format!("{} ms", grouped(ms))
    } else if ms >= 0.995 {
        format!("{ms:.1} ms")
    } else {
        format!("{ms:.2} ms")
    }
}

/// Such as `45 µs`, and below ten `4.5 µs`; in milliseconds from one on.
pub(crate) fn microseconds(ns: f64) -> String {
    match sane(ns) / 1e3 {
        us if us >= 999.5 => milliseconds(ns),
        us if us >= 9.95 => format!("{us:.0} µs"),
        us => format!("{us:.1} µs"),
    }
}

/// Such as `2,048`.
pub(crate) fn number(number: usize) -> String {
    let digits = number.to_string();
    let places = digits.len();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (places - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The same, to the nearest whole.
fn grouped(value: f64) -> String {
    number(value.round() as usize)
}

/// Such as `0.83 s`.
pub(crate) fn seconds(ns: f64) -> String {
    let s = sane(ns) / SECOND as f64;
    if s >= DAY {
        "over a day".to_owned()
    } else if s >= 9.995 {
        format!("{s:.1} s")
    } else {
        format!("{s:.2} s")
    }
}

/// No record holds less than nothing or more than a `u64` can.
fn sane(ns: f64) -> f64 {
    ns.clamp(0.0, u64::MAX as f64)
}

/// In milliseconds, or in seconds from ten seconds on.
pub(crate) fn duration(ns: f64) -> String {
    if ns >= (10 * SECOND) as f64 { seconds(ns) } else { milliseconds(ns) }
}

/// Such as `2.2×`; whole from 100 on.
pub(crate) fn times(ratio: f64) -> String {
    if ratio >= 9999.5 {
        "over 9,999×".to_owned()
    } else if ratio >= 99.95 {
        format!("{}×", grouped(ratio))
    } else {
        format!("{ratio:.1}×")
    }
}

/// Such as `7.9×`, and from ten on `62×`.
pub(crate) fn speed_up(ratio: f64) -> String {
    match ratio {
        _ if ratio >= 9999.5 => "over 9,999×".to_owned(),
        _ if ratio >= 9.95 => format!("{}×", grouped(ratio)),
        _ if ratio >= 0.095 => format!("{ratio:.1}×"),
        _ => "under 0.1×".to_owned(),
    }
}

/// Such as `94 %`, of a part of 1.
pub(crate) fn percent(part: f64) -> String {
    match part * 100.0 {
        percent if percent >= 999.5 => "over 999 %".to_owned(),
        percent if percent >= 0.95 || percent <= 0.0 => {
            format!("{:.0} %", percent.max(0.0))
        }
        _ => "under 1 %".to_owned(),
    }
}

/// The same rounded up, for what nothing may stay below: a difference of 2.2 %
/// is not above a floor of 2.4 %.
pub(crate) fn percent_up(part: f64) -> String {
    // What a product is off by must not become a whole percent.
    percent((part * 100.0 - 1e-9).ceil() / 100.0)
}

/// In words up to twelve.
pub(crate) fn count(of: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight",
        "nine", "ten", "eleven", "twelve",
    ];
    WORDS.get(of).map_or_else(|| number(of), |w| (*w).to_owned())
}

/// `1 ping`, `2 pings`.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    let number = number(count);
    if count == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// The same with a capital letter, to begin a sentence.
pub(crate) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// `6`, or `5–6` where the fewest and the most differ.
pub(crate) fn range((fewest, most): (u64, u64)) -> String {
    if fewest == most { most.to_string() } else { format!("{fewest}–{most}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_one_says_them() {
        let said = [
            milliseconds(331.4e6),
            milliseconds(9.96e6),
            milliseconds(4.26e6),
            milliseconds(0.5e6),
            milliseconds(0.0),
            seconds(0.826e9),
            seconds(12.34e9),
            duration(9.9e9),
            duration(10e9),
            times(2.17),
            times(250.0),
            times(1e9),
            speed_up(7.94),
            speed_up(62.4),
            speed_up(0.01),
            speed_up(1e6),
            percent(0.944),
            percent(0.001),
            percent(1e6),
            seconds(1e18),
            count(6),
            count(48),
            count(2048),
            number(1_234_567),
            microseconds(45.4e3),
            microseconds(4.54e3),
            microseconds(1.2e6),
            microseconds(5e8),
            plural(1, "ping"),
            plural(48, "ping"),
            capital("six"),
            range((6, 6)),
            range((5, 6)),
        ];
        let expected = [
            "331 ms",
            "10 ms",
            "4.3 ms",
            "0.50 ms",
            "0 ms",
            "0.83 s",
            "12.3 s",
            "9,900 ms",
            "10.0 s",
            "2.2×",
            "250×",
            "over 9,999×",
            "7.9×",
            "62×",
            "under 0.1×",
            "over 9,999×",
            "94 %",
            "under 1 %",
            "over 999 %",
            "over a day",
            "six",
            "48",
            "2,048",
            "1,234,567",
            "45 µs",
            "4.5 µs",
            "1.2 ms",
            "500 ms",
            "1 ping",
            "48 pings",
            "Six",
            "6",
            "5–6",
        ];
        assert_eq!(said, expected);
    }
}
