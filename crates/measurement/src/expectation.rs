//! What a program was expected to do, held against the server's counters.

use serde::{Deserialize, Serialize};

use crate::claim::{Undecided, undecided};
use crate::witness::Witness;

/// Something that a program is expected to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// It sends so many requests.
    Requests(u64),
    /// So many are in flight at the most, and once they are.
    Peak(u64),
    /// Never are more in flight.
    AtMost(u64),
    /// It opens so many connections.
    Connections(u64),
    /// It sends each number of `?seq=` once.
    EachOnce,
    /// From the first arrival to the last answer it takes so long at most, ns.
    Within(u64),
}

/// What came of an expectation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What was expected.
    pub expected: Expectation,
    /// What the server saw of it: a count, or a time in ns; of
    /// [`Expectation::EachOnce`] the requests whose number had been seen
    /// before. Null where it saw nothing of the kind.
    pub seen: Option<u64>,
    /// Whether it was met. What could not be seen is not.
    pub met: bool,
    /// Why it could not be seen; null where it was.
    pub unseen: Option<Unseen>,
}

/// Why the server's counters do not decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unseen {
    /// There was no request.
    NoRequest,
    /// So many requests had no `?seq=`, so that nobody knows which was which.
    NotNumbered(u64),
    /// So many requests had not been answered when the program ended.
    Unanswered(u64),
    /// A low peak tells nothing.
    LowPeak(Undecided),
}

impl Expectation {
    /// What the server's counters make of it.
    pub fn judge(self, seen: &Witness) -> Outcome {
        let none = (seen.requests == 0).then_some(Unseen::NoRequest);
        let peak = seen.peak_in_flight;
        let (value, right, unseen) = match self {
            Expectation::Requests(n) => {
                (Some(seen.requests), seen.requests == n, None)
            }
            Expectation::Peak(n) => {
                let low = peak < n && seen.requests >= n;
                let why = low.then(|| undecided(seen)).flatten();
                (Some(peak), peak == n, why.map(Unseen::LowPeak))
            }
            Expectation::AtMost(n) => (Some(peak), peak <= n, None),
            Expectation::Connections(n) => {
                (Some(seen.connections), seen.connections == n, None)
            }
            Expectation::EachOnce => {
                let by_arrival = seen.numbered_by_arrival;
                let unknown = Unseen::NotNumbered(by_arrival);
                let why = none.or((by_arrival > 0).then_some(unknown));
                let twice = why.is_none().then_some(seen.duplicates);
                (twice, twice == Some(0), why)
            }
            Expectation::Within(limit) => {
                let open = seen.in_flight;
                let open = (open > 0).then_some(Unseen::Unanswered(open));
                let span = seen.span_ns();
                let soon = span.is_some_and(|span| span <= limit);
                (span, soon, none.or(open))
            }
        };
        let met = right && unseen.is_none();
        Outcome { expected: self, seen: value, met, unseen }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MILLISECOND;
    use crate::witness::{End, Stamp};

    /// Eight numbered requests on four connections, held for so long, four at
    /// a time, in 50 ms.
    fn seen(held: u64) -> Witness {
        let stamp = |seq| Stamp {
            seq,
            connection: seq % 4,
            received_ns: 7,
            sent_ns: Some(7 + held),
            wait_ns: 0,
            status: 200,
            end: End::Done,
        };
        Witness {
            requests: 8,
            distinct: 8,
            connections: 4,
            peak_in_flight: 4,
            first_received_ns: Some(7),
            last_sent_ns: Some(7 + 50 * MILLISECOND),
            stamps: (0..8).map(stamp).collect(),
            ..Witness::default()
        }
    }

    #[test]
    fn counters_decide() {
        use Expectation::{
            AtMost, Connections, EachOnce, Peak, Requests, Within,
        };
        let seen = seen(20 * MILLISECOND);
        let at = |ms: u64| Within(ms * MILLISECOND);
        for (expected, value, met) in [
            (Requests(7), 8, false),
            (Requests(8), 8, true),
            (Requests(9), 8, false),
            (Peak(3), 4, false),
            (Peak(4), 4, true),
            (Peak(5), 4, false),
            (AtMost(3), 4, false),
            (AtMost(4), 4, true),
            (AtMost(5), 4, true),
            (Connections(3), 4, false),
            (Connections(4), 4, true),
            (Connections(5), 4, false),
            (EachOnce, 0, true),
            (at(49), 50 * MILLISECOND, false),
            (at(50), 50 * MILLISECOND, true),
        ] {
            let outcome =
                Outcome { expected, seen: Some(value), met, unseen: None };
            assert_eq!(expected.judge(&seen), outcome);
        }
    }

    #[test]
    fn what_was_sent_twice_is_not_each_once() {
        let twice = Witness { duplicates: 1, ..seen(20 * MILLISECOND) };
        let outcome = Expectation::EachOnce.judge(&twice);
        assert_eq!((outcome.seen, outcome.met), (Some(1), false));
    }

    #[test]
    fn what_cannot_be_seen_is_not_met() {
        let short = seen(1000);
        let why = Unseen::LowPeak(Undecided::AnsweredWithin(1000));
        let numberless =
            Witness { numbered_by_arrival: 3, ..seen(20 * MILLISECOND) };
        let open = Witness { in_flight: 1, ..seen(20 * MILLISECOND) };
        let long = Expectation::Within(1000 * MILLISECOND);
        let nothing = Witness::default();
        for (expected, seen, why) in [
            (Expectation::Peak(8), &short, why),
            (Expectation::EachOnce, &numberless, Unseen::NotNumbered(3)),
            (Expectation::EachOnce, &nothing, Unseen::NoRequest),
            (long, &open, Unseen::Unanswered(1)),
            (long, &nothing, Unseen::NoRequest),
        ] {
            let outcome = expected.judge(seen);
            assert_eq!((outcome.met, outcome.unseen), (false, Some(why)));
        }
        // A peak that was seen is certain, however short.
        assert!(Expectation::Peak(4).judge(&short).met);
        // Nothing was expected, and nothing came.
        assert!(Expectation::Requests(0).judge(&nothing).met);
    }
}
