//! What a server may do wrong on purpose, so that it can be seen how a client
//! copes. A list of faults belongs to a plan as its waits do: which request
//! meets which is a function of its number, and of nothing else.

use serde::{Deserialize, Serialize};

/// Something that goes wrong with an answer, or is at least unusual.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Closed without a byte.
    EmptyReply,
    /// Reset without a byte.
    Reset,
    /// Closed in the middle of the head.
    AbortInHeaders,
    /// Closed after the head; the body that it announces never comes.
    AbortAfterHeaders,
    /// Closed in the middle of the body.
    AbortInBody,
    /// Reset in the middle of the body.
    ResetInBody,
    /// Never answered; the connection stays open.
    Hang,
    /// Half the body, then nothing; the connection stays open.
    HangInBody,
    /// Bytes that are no HTTP, then closed.
    Garbage,
    /// A whole answer, whose body comes byte by byte, 10 ms apart.
    Dribble,
    /// A whole answer, whose head comes byte by byte, 2 ms apart.
    SlowHeaders,
    /// A head that never ends.
    EndlessHeaders,
    /// A body that never ends, in chunks.
    EndlessBody,
    /// A body announced as 10 GB, which are sent as fast as they are taken.
    HugeLength,
    /// A body without a length, which ends when the connection does.
    Unframed,
    /// A whole answer in chunks.
    Chunked,
    /// A chunk whose length is no number.
    BrokenChunk,
    /// More bytes than the announced length; they stand before the next
    /// answer.
    Surplus,
    /// A whole answer, after which the connection is closed, and says so.
    Close,
    /// A whole answer, after which the connection is closed without a word.
    CloseUnsaid,
    /// 302 to `/200`.
    Redirect,
    /// 302 to itself.
    RedirectLoop,
    /// 429 with `Retry-After: 1`.
    TooManyRequests,
    /// 503 with `Retry-After: 1`.
    Unavailable,
    /// 503, and not a word about when to come again.
    Overloaded,
    /// 429 with a `Retry-After` that is a date, one to two seconds ahead.
    TooManyRequestsUntil,
    /// 503 with such a date.
    UnavailableUntil,
    /// 404 instead of a good answer.
    NotFound,
    /// 500 instead of a good answer.
    ServerError,
}

/// Every fault, its name on the command line and in URLs, and what it does.
const TABLE: [(Fault, &str, &str); 29] = [
    (Fault::EmptyReply, "empty-reply", "closed without a byte"),
    (Fault::Reset, "reset", "reset without a byte"),
    (
        Fault::AbortInHeaders,
        "abort-in-headers",
        "closed in the middle of the head",
    ),
    (Fault::AbortAfterHeaders, "abort-after-headers", "closed after the head"),
    (Fault::AbortInBody, "abort-in-body", "closed in the middle of the body"),
    (Fault::ResetInBody, "reset-in-body", "reset in the middle of the body"),
    (Fault::Hang, "hang", "never answered, and left open"),
    (
        Fault::HangInBody,
        "hang-in-body",
        "half the body, then nothing, left open",
    ),
    (Fault::Garbage, "garbage", "bytes that are no HTTP"),
    (Fault::Dribble, "dribble", "the body byte by byte, 10 ms apart"),
    (Fault::SlowHeaders, "slow-headers", "the head byte by byte, 2 ms apart"),
    (Fault::EndlessHeaders, "endless-headers", "a head that never ends"),
    (Fault::EndlessBody, "endless-body", "a body that never ends"),
    (Fault::HugeLength, "huge-length", "a body announced as 10 GB, and sent"),
    (Fault::Unframed, "unframed", "a body that ends with the connection"),
    (Fault::Chunked, "chunked", "a body in chunks"),
    (Fault::BrokenChunk, "broken-chunk", "a chunk whose length is no number"),
    (Fault::Surplus, "surplus", "more bytes than were announced"),
    (Fault::Close, "close", "no keep-alive, and says so"),
    (Fault::CloseUnsaid, "close-unsaid", "no keep-alive, without a word"),
    (Fault::Redirect, "redirect", "302 to /200"),
    (Fault::RedirectLoop, "redirect-loop", "302 to itself"),
    (Fault::TooManyRequests, "too-many-requests", "429 with Retry-After: 1"),
    (Fault::Unavailable, "unavailable", "503 with Retry-After: 1"),
    (Fault::Overloaded, "overloaded", "503 without Retry-After"),
    (
        Fault::TooManyRequestsUntil,
        "too-many-requests-until",
        "429 with a date to come again, 1 s to 2 s ahead",
    ),
    (
        Fault::UnavailableUntil,
        "unavailable-until",
        "503 with a date to come again, 1 s to 2 s ahead",
    ),
    (Fault::NotFound, "not-found", "404"),
    (Fault::ServerError, "server-error", "500"),
];

impl Fault {
    /// Every fault.
    pub fn all() -> impl Iterator<Item = Fault> {
        TABLE.into_iter().map(|(fault, ..)| fault)
    }

    /// Its name on the command line and in URLs, such as `abort-in-body`.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// What it does, for a help text.
    pub fn words(self) -> &'static str {
        TABLE[self as usize].2
    }

    /// The fault of that name.
    pub fn named(name: &str) -> Option<Fault> {
        Fault::all().find(|fault| fault.name() == name)
    }

    /// The status of a whole answer that says "not now": 429 or 503. A client
    /// may well try again.
    pub fn refusal(self) -> Option<u16> {
        match self {
            Fault::TooManyRequests | Fault::TooManyRequestsUntil => Some(429),
            Fault::Unavailable
            | Fault::UnavailableUntil
            | Fault::Overloaded => Some(503),
            _ => None,
        }
    }
}

/// What attempt `attempt` (from 0) at the request numbered `seq` meets, of a
/// plan with these faults.
///
/// It is the entry at `(seq / length^attempt)` modulo the length: the attempts
/// read the digits of `seq` in that base, the lowest first. So no two attempts
/// depend on each other, as if each had been drawn anew, and yet all is a
/// function of the two numbers. Among `length^k` numbers in a row, each
/// sequence of `k` entries comes exactly once. Where the digits are over, the
/// entry is the first.
pub fn met(faults: &[Option<Fault>], seq: u64, attempt: u32) -> Option<Fault> {
    let length = faults.len() as u64;
    // Beyond 64 bits no digit is left.
    let digits = match length.checked_pow(attempt) {
        Some(power) => seq.checked_div(power)?,
        None => 0,
    };
    faults[digits.checked_rem(length)? as usize]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_faults() -> impl Strategy<Value = Vec<Option<Fault>>> {
        let fault = proptest::sample::select(Fault::all().collect::<Vec<_>>());
        proptest::collection::vec(proptest::option::of(fault), 1..6)
    }

    #[test]
    fn half_of_what_is_tried_again_fails_again() {
        let faults = [None, Some(Fault::Overloaded)];
        let fails = |seq, tries| {
            (0..tries).all(|attempt| met(&faults, seq, attempt).is_some())
        };
        let failing = |tries| (0..100).filter(|seq| fails(*seq, tries)).count();
        assert_eq!([0, 1, 2, 3, 4].map(failing), [100, 50, 25, 12, 6]);
    }

    proptest! {
        #[test]
        fn every_sequence_of_faults_comes_once(
            faults in any_faults(),
            from in 0..1000_u64,
        ) {
            let attempts = 3;
            let all = (faults.len() as u64).pow(attempts);
            let sequence = |seq| -> Vec<_> {
                (0..attempts).map(|a| met(&faults, seq, a)).collect()
            };
            let mut seen: Vec<_> =
                (from..from + all).map(sequence).collect();
            // Entries may be alike, so it is their numbers that count.
            let count = |of: &[Option<Fault>], x| {
                of.iter().filter(|entry| **entry == x).count()
            };
            let expected = |wanted: &[Option<Fault>]| -> usize {
                wanted.iter().map(|x| count(&faults, *x)).product()
            };
            seen.sort();
            for wanted in seen.chunk_by(|one, other| one == other) {
                prop_assert_eq!(wanted.len(), expected(&wanted[0]));
            }
            prop_assert_eq!(met(&[], from, 1), None);
        }

        #[test]
        fn the_first_attempt_meets_the_entry_of_its_number(
            faults in any_faults(),
            seq in any::<u64>(),
            attempt in any::<u32>(),
        ) {
            let place = (seq % faults.len() as u64) as usize;
            prop_assert_eq!(met(&faults, seq, 0), faults[place]);
            let later = met(&faults, seq, attempt);
            prop_assert!(faults.contains(&later));
        }
    }

    #[test]
    fn a_name_is_what_is_written_in_json_and_leads_back() {
        for (place, fault) in Fault::all().enumerate() {
            assert_eq!(place, fault as usize);
            let json = serde_json::to_string(&fault).unwrap();
            assert_eq!(json, format!("\"{}\"", fault.name()));
            assert_eq!(Fault::named(fault.name()), Some(fault));
        }
        assert_eq!(Fault::named("none"), None);
    }
}
