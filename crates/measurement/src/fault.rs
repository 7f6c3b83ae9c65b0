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
}

/// Every fault, its name on the command line and in URLs, and what it does.
const TABLE: [(Fault, &str, &str); 24] = [
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
}

#[cfg(test)]
mod tests {
    use super::*;

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
