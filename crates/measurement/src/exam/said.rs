//! What a program said, so far as it may be compared with what it said at
//! another time.

use serde::{Deserialize, Serialize};

/// A fingerprint of what a program said. Times, sizes and the order of lines
/// differ from one time to the next, and are not part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Lines that are not empty.
    pub lines: u64,
    /// Of those lines, in hexadecimal digits.
    pub fingerprint: String,
}

/// What stands behind a number that measures something.
const UNITS: [&str; 20] = [
    "s", "sec", "secs", "seconds", "second", "ms", "us", "µs", "ns", "b", "kb",
    "mb", "kib", "mib", "bytes", "%", "k", "m", "x", "rps",
];

/// A number of more digits counts no answers of an exam, and is no status.
const DIGITS: usize = 3;

impl Said {
    /// What `text` comes to, in which each of `addresses` is no more than an
    /// address: its port is another one each time.
    pub fn of(text: &str, addresses: &[String]) -> Said {
        let mut text = text.to_owned();
        for address in addresses {
            text = text.replace(address.as_str(), "ADDRESS");
        }
        let (mut lines, mut sum) = (0, 0_u64);
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            lines += 1;
            // A sum: the order does not count.
            sum = sum.wrapping_add(hash(&lasting(line)));
        }
        Said { lines, fingerprint: format!("{sum:016x}") }
    }
}

/// The line without what differs each time.
fn lasting(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if !c.is_ascii_digit() {
            kept.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let is_part =
            |c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | ',');
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let number = rest[..end].trim_end_matches(['.', ':', ',']);
        let (number, behind) = rest.split_at(number.len());
        let whole = number.bytes().all(|byte| byte.is_ascii_digit());
        let unit = unit(behind);
        let varies = !whole || number.len() > DIGITS || unit.is_some();
        kept.push_str(if varies { "#" } else { number });
        // A second time it may be in another unit.
        rest = unit.unwrap_or(behind);
    }
    kept
}

/// What stands behind a unit, if one follows.
fn unit(behind: &str) -> Option<&str> {
    let behind = behind.strip_prefix(' ').unwrap_or(behind);
    let end = behind.find(|c: char| !c.is_alphabetic() && c != '%');
    let (word, rest) = behind.split_at(end.unwrap_or(behind.len()));
    UNITS.contains(&word.to_lowercase().as_str()).then_some(rest)
}

/// FNV-1a: the same on every machine.
fn hash(text: &str) -> u64 {
    let begin = 0xcbf2_9ce4_8422_2325;
    text.bytes().fold(begin, |sum: u64, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Said {
        Said::of(text, &["127.0.0.1:4711".to_owned()])
    }

    #[test]
    fn times_sizes_order_and_ports_are_no_difference() {
        for (one, other) in [
            ("24 done in 0.31 s", "24 done in 1.07 s"),
            ("24 done in 310ms", "24 done in 7 ms"),
            ("in 999 ms.", "in 1.02 s."),
            ("[12:00:01] ok", "[12:00:59] ok"),
            ("pid 12345", "pid 54321"),
            ("a\nb\n", "b\n\na"),
            ("got http://127.0.0.1:4711/200", "got http://ADDRESS/200"),
            ("100 KiB", "73 KiB"),
        ] {
            assert_eq!(of(one), of(other), "{one} | {other}");
        }
    }

    #[test]
    fn a_count_a_status_and_a_word_are() {
        for (one, other) in [
            ("24 ok", "23 ok"),
            ("200 /a", "404 /a"),
            ("all well", "all well, but one"),
            ("ok", "ok\nok"),
            ("", "ok"),
        ] {
            assert_ne!(of(one), of(other), "{one} | {other}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[\\PC0-9.:, \n]{0,80}") {
            prop_assert_eq!(of(&text), of(&text));
        }
    }
}
