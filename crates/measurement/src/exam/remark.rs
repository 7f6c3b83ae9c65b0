//! What is striking about a performance beside the word for it.

use serde::{Deserialize, Serialize};

use super::record::{Handed, Outcome, Performance};
use super::scene::{Rule, named};

/// Who waited for a processor for more than this part of its time was kept from
/// what it meant to do.
const STARVED: u64 = 4;

/// Something striking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remark {
    /// It asked for a URL whose answer it had, or was waiting for.
    AsksTwice,
    /// It had a list, and never more than one request in flight.
    OneByOne,
    /// It had more in flight than it was asked to.
    TooManyAtOnce,
    /// It had fewer in flight than it was asked to, though the list is long
    /// enough.
    TooFewAtOnce,
    /// It opened a connection for each request, though each could have been
    /// used again.
    ConnectionEach,
    /// It ended before its requests did.
    LeavesRequests,
    /// It ended before its processes did.
    LeavesProcesses,
}

impl Remark {
    /// As a clause.
    pub fn text(self) -> &'static str {
        match self {
            Remark::AsksTwice => "asks twice",
            Remark::OneByOne => "one by one",
            Remark::TooManyAtOnce => "more at once than asked",
            Remark::TooFewAtOnce => "fewer at once than asked",
            Remark::ConnectionEach => "a connection for each request",
            Remark::LeavesRequests => "leaves requests behind",
            Remark::LeavesProcesses => "leaves processes behind",
        }
    }
}

/// What is striking, with `concurrency` requests in flight asked for.
pub fn remarks(now: &Performance, concurrency: Option<u64>) -> Vec<Remark> {
    let (seen, did) = (&now.seen, &now.did);
    let rule = named(&now.scene).map(|scene| scene.rule);
    let good = rule == Some(Rule::Take);
    let list = now.handed == Handed::List && seen.reachable > 1;
    let peak = seen.peak_in_flight;
    // Where a connection is closed by the server, it is no matter of the
    // program, and where answers fail it may have reasons.
    let kept = now.scene == "plain" || now.scene == "uneven";
    // Who waits for a processor starts late what it means to do at once.
    let starved =
        did.starved_ns.is_some_and(|starved| starved > did.wall_ns / STARVED);
    let rows = [
        // What a spoilt connection made of a good answer, nobody knows.
        (Remark::AsksTwice, seen.twice > 0 && rule != Some(Rule::Spoilt)),
        (Remark::OneByOne, good && list && peak == 1 && seen.requests > 1),
        (Remark::TooManyAtOnce, concurrency.is_some_and(|most| peak > most)),
        (
            Remark::TooFewAtOnce,
            good && list
                && !starved
                && concurrency.is_some_and(|most| {
                    peak < most && seen.reachable >= 2 * most
                }),
        ),
        (
            Remark::ConnectionEach,
            kept && list
                && seen.requests > peak
                && seen.connections >= seen.requests,
        ),
        (
            Remark::LeavesRequests,
            did.outcome == Outcome::Ended && seen.left_in_flight > 0,
        ),
        (Remark::LeavesProcesses, did.left_processes > 0),
    ];
    rows.into_iter().filter(|row| row.1).map(|row| row.0).collect()
}
