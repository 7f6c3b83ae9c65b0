//! How a quantity reads: the one place where a number becomes text, so that
//! the same thing has the same figure in a title, a table, on the terminal and
//! on the page. All round to the nearest, but [`floor_percent`].

use crate::MILLISECOND;
use crate::record::Act;

const SECOND: u64 = 1000 * MILLISECOND;

/// In seconds. Nobody waits longer, and a label has its limits.
const DAY: f64 = 86_400.0;

const KIB: f64 = 1024.0;
const MIB: f64 = 1024.0 * KIB;

/// What is said of a quantity that has no meaning, or was not measured.
pub const NOT_APPLICABLE: &str = "n/a";

/// Such as `1.23 s`, `331 ms`, `4.3 ms`, `45 µs` and `4.5 µs`.
pub fn duration(ns: f64) -> String {
    let ns = sane(ns);
    let (ms, us) = (ns / MILLISECOND as f64, ns / 1e3);
    if ms >= 999.5 {
        seconds(ns)
    } else if ms >= 9.95 || ms == 0.0 {
        format!("{ms:.0} ms")
    } else if us >= 999.5 {
        format!("{ms:.1} ms")
    } else if us >= 9.95 {
        format!("{us:.0} µs")
    } else {
        format!("{us:.1} µs")
    }
}

/// `63` and `7.1`, of microseconds, where the unit stands elsewhere.
pub fn microseconds(ns: f64) -> String {
    match sane(ns) / 1e3 {
        us if us >= 9999.5 => "over 9,999".to_owned(),
        us if us >= 9.95 => whole(us),
        us => format!("{us:.1}"),
    }
}

/// `331`, `4.3` and `0.66`, of milliseconds, where the unit stands elsewhere.
pub fn milliseconds(ns: f64) -> String {
    match sane(ns) / MILLISECOND as f64 {
        ms if ms >= 9.95 => whole(ms),
        ms if ms >= 0.995 => format!("{ms:.1}"),
        ms => format!("{ms:.2}"),
    }
}

/// A time to calculate with, in tenths of a millisecond: only where a formula
/// is worked out before the reader, whose sums shall come out.
pub fn in_a_formula(ns: f64) -> String {
    if ns < SECOND as f64 {
        format!("{:.1} ms", sane(ns) / MILLISECOND as f64)
    } else {
        duration(ns)
    }
}

/// How long a batch took: the book has its own in seconds, and so have we.
pub fn makespan(act: Act, ns: f64) -> String {
    if act == Act::Book { seconds(ns) } else { duration(ns) }
}

/// Such as `0.83 s`.
pub fn seconds(ns: f64) -> String {
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

/// Such as `2,048`.
pub fn number(number: usize) -> String {
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

/// The same of a median, to the nearest whole.
pub fn whole(value: f64) -> String {
    number(value.round() as usize)
}

/// How many on average, such as `7.8`.
pub fn mean(value: f64) -> String {
    format!("{value:.1}")
}

/// One over another, such as `1.18×` and `0.86×`, from two on `2.2×`, from
/// 100 on `250×`.
pub fn factor(ratio: f64) -> String {
    match ratio {
        _ if ratio >= 9999.5 => "over 9,999×".to_owned(),
        _ if ratio >= 99.95 => format!("{}×", whole(ratio)),
        _ if ratio >= 1.995 => format!("{ratio:.1}×"),
        _ if ratio >= 0.005 => format!("{ratio:.2}×"),
        _ => "under 0.01×".to_owned(),
    }
}

/// A time over the shortest possible, such as `1.045×`, from two on `2.2×`.
pub fn over(ratio: f64) -> String {
    match ratio {
        _ if ratio >= 1.9995 => factor(ratio),
        _ => format!("{:.3}×", ratio.max(0.0)),
    }
}

/// How many times as fast as one by one: `7.9×`, and from ten on `62×`.
pub fn speed_up(ratio: f64) -> String {
    match ratio {
        _ if ratio >= 9999.5 => "over 9,999×".to_owned(),
        _ if ratio >= 9.95 => format!("{}×", whole(ratio)),
        _ if ratio >= 0.095 => format!("{ratio:.1}×"),
        _ => "under 0.1×".to_owned(),
    }
}

/// Such as `94 %`, of a part of 1.
pub fn percent(part: f64) -> String {
    match part * 100.0 {
        percent if percent >= 999.5 => "over 999 %".to_owned(),
        percent if percent >= 0.95 || percent <= 0.0 => {
            format!("{:.0} %", percent.max(0.0))
        }
        _ => "under 1 %".to_owned(),
    }
}

/// The same of a part that may be small: `12 %`, `0.09 %`.
pub fn share(part: f64) -> String {
    match part * 100.0 {
        small if (0.005..0.95).contains(&small) => format!("{small:.2} %"),
        small if small > 0.0 && small < 0.005 => "under 0.01 %".to_owned(),
        _ => percent(part),
    }
}

/// The floor that a difference must not stay below, in percent. Rounded up: a
/// difference of 2.2 % is not above a floor of 2.4 %.
pub fn floor_percent(part: f64) -> String {
    percent(floor_whole_percent(part) / 100.0)
}

/// The same as a number, for the length of a bar beside it: 40 of 0.392.
pub fn floor_whole_percent(part: f64) -> f64 {
    // What a product is off by must not become a whole percent.
    (part * 100.0 - 1e-9).ceil()
}

/// `22`, of KiB for one more ping in flight.
pub fn kib(bytes: f64) -> String {
    match bytes / KIB {
        kib if kib >= 9999.5 => "over 9,999".to_owned(),
        kib if kib >= 9.95 => whole(kib),
        kib if kib >= 0.05 => format!("{kib:.1}"),
        _ => "under 0.1".to_owned(),
    }
}

/// `5.1`, of MiB.
pub fn mib(bytes: f64) -> String {
    match bytes / MIB {
        mib if mib >= 99_999.5 => "over 99,999".to_owned(),
        mib if mib >= 9.95 => format!("{mib:.0}"),
        mib => format!("{:.1}", mib.max(0.0)),
    }
}

/// Such as `7.6 GiB`, of a machine's memory.
pub fn gib(bytes: u64) -> String {
    format!("{:.1} GiB", bytes as f64 / (1024.0 * MIB))
}

/// In words up to twelve.
pub fn count(of: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight",
        "nine", "ten", "eleven", "twelve",
    ];
    WORDS.get(of).map_or_else(|| number(of), |w| (*w).to_owned())
}

/// `1 ping`, `2 pings`.
pub fn plural(count: usize, noun: &str) -> String {
    let number = number(count);
    if count == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// The same with a capital letter, to begin a sentence.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// `6`, or `5–6` where the fewest and the most differ.
pub fn range((fewest, most): (u64, u64)) -> String {
    if fewest == most { most.to_string() } else { format!("{fewest}–{most}") }
}

/// `20 to 23 ms`, and `9.5 ms to 12 s`, of two figures with their units; one
/// figure where both read the same.
pub fn from_to(from: &str, to: &str) -> String {
    if from == to {
        return to.to_owned();
    }
    let unit = to.split(' ').next_back().unwrap_or_default();
    let bare = from.strip_suffix(unit).filter(|bare| bare.ends_with(' '));
    format!("{} to {to}", bare.unwrap_or(from).trim_end())
}

/// The figures of a check as people write them. Records hold nanoseconds,
/// such as `20000000 ns`, which read `20 ms`.
pub fn readable(detail: &str) -> String {
    let mut words: Vec<String> = detail.split(' ').map(str::to_owned).collect();
    for i in 0..words.len().saturating_sub(1) {
        let Ok(ns) = words[i].parse::<u64>() else { continue };
        let (unit, after) = match words[i + 1].strip_prefix("ns") {
            Some(after @ ("" | "," | ";" | ".")) => (true, after.to_owned()),
            _ => (false, String::new()),
        };
        // Little's law has its unit once for two times.
        let by_request = words[i + 1..].join(" ") == "by request";
        let time = duration(ns as f64);
        if unit {
            let (number, unit) = time.split_once(' ').unwrap_or((&time, ""));
            words[i] = number.to_owned();
            words[i + 1] = format!("{unit}{after}");
        } else if by_request {
            words[i] = time;
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_small_share_is_a_number() {
        let shares = [0.00088, 0.12, 0.00001, 0.0].map(share);
        assert_eq!(shares, ["0.09 %", "12 %", "under 0.01 %", "0 %"]);
    }

    #[test]
    fn figures_read_as_one_says_them() {
        let said = [
            duration(331.4e6),
            duration(9.96e6),
            duration(4.26e6),
            duration(0.5e6),
            duration(0.0),
            in_a_formula(50.31e6),
            makespan(Act::Book, 824.3e6),
            makespan(Act::Sweep, 824.3e6),
            seconds(0.826e9),
            seconds(12.34e9),
            duration(999.6e6),
            duration(10e9),
            factor(2.17),
            factor(1.177),
            factor(0.864),
            factor(250.0),
            factor(1e9),
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
            duration(45.4e3),
            duration(4.54e3),
            duration(999.6e3),
            floor_percent(0.022),
            floor_percent(0.02 * 1.05 / 1.05),
            kib(28_672.0),
            kib(4_506.0),
            mib(5_347_738.0),
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
            "500 µs",
            "0 ms",
            "50.3 ms",
            "0.82 s",
            "824 ms",
            "0.83 s",
            "12.3 s",
            "1.00 s",
            "10.0 s",
            "2.2×",
            "1.18×",
            "0.86×",
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
            "1.0 ms",
            "3 %",
            "2 %",
            "28",
            "4.4",
            "5.1",
            "1 ping",
            "48 pings",
            "Six",
            "6",
            "5–6",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn the_figures_of_checks_get_units() {
        let cases = [
            ("16 seen, 17 sent", "16 seen, 17 sent"),
            ("54000000 ns, bound 60148281 ns", "54 ms, bound 60 ms"),
            (
                "7000 ns in pings, 8 ns in lanes",
                "7.0 µs in pings, 0.0 µs in lanes",
            ),
            (
                "281417429 ns by time, 2000 by request",
                "281 ms by time, 2.0 µs by request",
            ),
            (
                "4 of 6; 5 as a limit of 2000000 ns has it",
                "4 of 6; 5 as a limit of 2.0 ms has it",
            ),
            ("ns", "ns"),
            ("", ""),
        ];
        for (detail, text) in cases {
            assert_eq!(readable(detail), text);
        }
    }

    proptest! {
        #[test]
        fn any_figures_are_read(text in "([0-9]{1,25}|ns|ns,| ){0,12}") {
            let _ = readable(&text);
        }
    }
}
