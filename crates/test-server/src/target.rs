//! What a request asks for: its path and its query.

use measurement::MILLISECOND;

use measurement::fault::Fault;

use crate::body::LARGEST_BODY;
use crate::form::without_authority;

/// The longest wait that may be asked for, in milliseconds, as on the site.
const LONGEST_SLEEP_MS: f64 = 30_000.0;

/// The target of a request. Nothing is percent-decoded: there is nothing in
/// it that would need to be encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) place: Place,
    pub(crate) seq: Option<u64>,
    pub(crate) nonce: u64,
    /// The length of the body, if it was asked for.
    pub(crate) bytes: Option<usize>,
    /// The wait in nanoseconds, if it was asked for.
    pub(crate) sleep: Option<u64>,
    /// What is to go wrong, if it was asked for.
    pub(crate) fault: Option<Fault>,
    /// After how many seconds a refusal says to come again, if it was asked
    /// for.
    pub(crate) retry_after: Option<u16>,
    /// Something was asked for that cannot be done.
    pub(crate) absurd: bool,
}

/// The path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// `/200` and `/200/anything`
    Status(u16),
    /// `/gate/8`
    Gate(u16),
    /// `/`, and `*`, which is the server itself
    Index,
    Nowhere,
}

impl Target {
    pub(crate) fn parse(text: &str) -> Self {
        let text = without_authority(text);
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let mut target = Self {
            place: Place::parse(path),
            seq: None,
            nonce: 0,
            bytes: None,
            sleep: None,
            fault: None,
            retry_after: None,
            absurd: false,
        };
        if query.is_empty() {
            return target;
        }
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match name {
                "seq" => target.seq = target.sensible(value.parse().ok()),
                "nonce" => {
                    let nonce = target.sensible(value.parse().ok());
                    target.nonce = nonce.unwrap_or(0);
                }
                "bytes" => {
                    let bytes = value.parse().ok();
                    target.bytes = target
                        .sensible(bytes.filter(|bytes| *bytes <= LARGEST_BODY));
                }
                "sleep" => target.set_sleep(value),
                "retry-after" => {
                    target.retry_after = target.sensible(parse_digits(value));
                }
                "fault" => target.fault = target.sensible(Fault::named(value)),
                _ => {}
            }
        }
        target
    }

    /// Asks for a wait of so many milliseconds.
    pub(crate) fn set_sleep(&mut self, value: &str) {
        self.sleep = self.sensible(parse_sleep(value));
    }

    fn sensible<T>(&mut self, value: Option<T>) -> Option<T> {
        self.absurd |= value.is_none();
        value
    }
}

impl Place {
    fn parse(path: &str) -> Self {
        if matches!(path, "/" | "" | "*") {
            return Self::Index;
        }
        let Some(path) = path.strip_prefix('/') else {
            return Self::Nowhere;
        };
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let place = match first {
            "gate" => {
                parse_digits(rest).filter(|size| *size > 0).map(Self::Gate)
            }
            code => parse_digits(code)
                .filter(|code| (100..=999).contains(code))
                .map(Self::Status),
        };
        place.unwrap_or(Self::Nowhere)
    }
}

/// Digits and nothing else: `parse` alone would take `+200`.
fn parse_digits(text: &str) -> Option<u16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

fn parse_sleep(milliseconds: &str) -> Option<u64> {
    let milliseconds: f64 = milliseconds.parse().ok()?;
    (0.0..=LONGEST_SLEEP_MS)
        .contains(&milliseconds)
        .then(|| (milliseconds * MILLISECOND as f64).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sleep(text: &str) -> (Option<u64>, bool) {
        let target = Target::parse(&format!("/200?sleep={text}"));
        (target.sleep, target.absurd)
    }

    #[test]
    fn a_sleep_is_a_number_of_milliseconds_up_to_thirty_thousand() {
        assert_eq!(sleep("12.5"), (Some(12_500_000), false));
        assert_eq!(sleep("0"), (Some(0), false));
        assert_eq!(sleep("30000"), (Some(30_000_000_000), false));
        for bad in ["30000.1", "-1", "", "x", "NaN", "inf", "1ms"] {
            assert_eq!(sleep(bad), (None, true), "{bad}");
        }
    }

    #[test]
    fn a_path_is_a_status_or_a_gate() {
        let place = |path| Target::parse(path).place;
        assert_eq!(place("/200"), Place::Status(200));
        assert_eq!(place("/999/any/thing?x"), Place::Status(999));
        assert_eq!(place("/gate/8"), Place::Gate(8));
        assert_eq!(place("/?x=1"), Place::Index);
        for absolute in ["http://example.com/200", "HTTPS://[::1]:9/200/x"] {
            assert_eq!(place(absolute), Place::Status(200), "{absolute}");
        }
        for index in ["*", "http://example.com", "http://example.com?x=1"] {
            assert_eq!(place(index), Place::Index, "{index}");
        }
        for nowhere in [
            "ftp://example.com/200",
            "example.com:80",
            "/099",
            "/1000",
            "/+200",
            "/20",
            "/2e2",
            "/gate",
            "/gate/0",
            "/gate/65536",
            "/gate/x",
            "//200",
        ] {
            assert_eq!(place(nowhere), Place::Nowhere, "{nowhere}");
        }
    }

    #[test]
    fn a_query_may_number_the_request_and_ask_for_a_body() {
        let target = Target::parse("/200?seq=7&nonce=9&bytes=100");
        assert_eq!((target.seq, target.nonce), (Some(7), 9));
        assert_eq!(target.bytes, Some(100));
        assert!(!target.absurd);
        let patient = Target::parse("/200?fault=unavailable&retry-after=3");
        assert_eq!(patient.retry_after, Some(3));
        for bad in [
            "retry-after=",
            "retry-after=1s",
            "seq=-1",
            "seq=",
            "nonce=x",
            "bytes=16777217",
        ] {
            assert!(Target::parse(&format!("/200?{bad}")).absurd, "{bad}");
        }
    }
}
