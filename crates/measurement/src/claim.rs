//! What was asked of a program, held against what the server saw.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use crate::MILLISECOND;
use crate::statistics::higher_median;
use crate::witness::{Stamp, Witness};

/// Whether a program had as many requests in flight as it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// It had.
    Kept,
    /// It had more.
    MoreThanAsked,
    /// It made fewer requests than it was to have in flight.
    TooFewRequests,
    /// It had fewer.
    Fewer,
    /// It had fewer that the server saw, and that decides nothing.
    Undecided(Undecided),
    /// The server saw no request.
    NothingSeen,
}

/// Why a low peak tells nothing about a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undecided {
    /// So many requests were sent behind another on the same connection, where
    /// the server takes one at a time.
    SentBehindOthers(u64),
    /// Half of the requests were answered within so many nanoseconds: the
    /// answer was back before the next request was sent.
    AnsweredWithin(u64),
}

/// A request that was in flight for less than this need not overlap another,
/// however many a program has under way: its answer is back before the next
/// request is sent. To send one costs a program some 10 µs to 100 µs.
pub(crate) const LEAST_HOLD: u64 = MILLISECOND;

impl Claim {
    /// What to make of `asked` requests in flight at once.
    pub fn judge(seen: &Witness, asked: NonZeroUsize) -> Claim {
        let peak = seen.peak_in_flight;
        let asked = asked.get() as u64;
        if seen.requests == 0 {
            Claim::NothingSeen
        } else if peak == asked {
            Claim::Kept
        } else if peak > asked {
            Claim::MoreThanAsked
        } else if seen.requests < asked {
            Claim::TooFewRequests
        } else if let Some(why) = undecided(seen) {
            Claim::Undecided(why)
        } else {
            Claim::Fewer
        }
    }

    /// Whether the program did something else than it was asked to.
    pub fn is_missed(self) -> bool {
        !matches!(self, Claim::Kept | Claim::Undecided(_))
    }
}

/// Why a low peak tells nothing here; none where it does.
pub(crate) fn undecided(seen: &Witness) -> Option<Undecided> {
    if seen.pipelined > 0 {
        return Some(Undecided::SentBehindOthers(seen.pipelined));
    }
    let held = median_hold(&seen.stamps).filter(|held| *held < LEAST_HOLD)?;
    Some(Undecided::AnsweredWithin(held))
}

/// Of those that have ended; none if none has.
fn median_hold(stamps: &[Stamp]) -> Option<u64> {
    higher_median(stamps.iter().filter_map(Stamp::hold_ns).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::witness::End;

    /// So many requests, held for so long, at most `peak` at once.
    fn seen(requests: u64, peak_in_flight: u64, held: u64) -> Witness {
        let stamp = |seq| Stamp {
            seq,
            connection: 0,
            received_ns: 7,
            sent_ns: Some(7 + held),
            wait_ns: 0,
            status: 200,
            end: End::Done,
        };
        let stamps = (0..requests).map(stamp).collect();
        Witness { requests, peak_in_flight, stamps, ..Witness::default() }
    }

    fn judged(seen: &Witness, asked: usize) -> Claim {
        Claim::judge(seen, NonZeroUsize::new(asked).unwrap())
    }

    #[test]
    fn few_at_once_accuse_only_where_requests_were_held() {
        let long = 20 * MILLISECOND;
        let short = MILLISECOND / 100;
        let soon = Claim::Undecided(Undecided::AnsweredWithin(short));
        for (seen, asked, wanted, missed) in [
            (seen(40, 8, long), 8, Claim::Kept, false),
            (seen(40, 8, short), 8, Claim::Kept, false),
            (seen(40, 1, long), 8, Claim::Fewer, true),
            (seen(40, 1, short), 8, soon, false),
            (seen(40, 7, LEAST_HOLD), 8, Claim::Fewer, true),
            // Certain, however short.
            (seen(40, 9, short), 8, Claim::MoreThanAsked, true),
            (seen(7, 7, short), 8, Claim::TooFewRequests, true),
            (seen(0, 0, short), 8, Claim::NothingSeen, true),
        ] {
            let claim = judged(&seen, asked);
            assert_eq!(claim, wanted, "{seen:?} {asked}");
            assert_eq!(claim.is_missed(), missed, "{claim:?}");
        }
    }

    #[test]
    fn requests_behind_others_leave_it_open() {
        let behind = Witness { pipelined: 30, ..seen(40, 2, 20 * MILLISECOND) };
        let why = Undecided::SentBehindOthers(30);
        assert_eq!(judged(&behind, 8), Claim::Undecided(why));
        assert_eq!(judged(&behind, 2), Claim::Kept);
    }
}
