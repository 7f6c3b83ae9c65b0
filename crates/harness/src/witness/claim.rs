use std::num::NonZeroUsize;

use measurement::MILLISECOND;
use measurement::witness::{Stamp, Witness};

use crate::duration::display;

/// What was asked of a program, held against what the server saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) outcome: Outcome,
    pub(super) words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Holds,
    Missed,
    /// What the server saw decides nothing.
    Untold,
}

/// A request that was in flight for less than this need not overlap another,
/// however many a program has under way: its answer is back before the next
/// request is sent. To send one costs a program some 10 µs to 100 µs.
const LEAST_HOLD: u64 = MILLISECOND;

/// Whether it had as many requests in flight as it was asked to.
pub(super) fn judge(seen: &Witness, asked: NonZeroUsize) -> Claim {
    let peak = seen.peak_in_flight;
    let asked = asked.get() as u64;
    let for_asked = format!("you asked for {asked} at once, ");
    let claim = |outcome, rest: String| Claim {
        outcome,
        words: format!("{for_asked}{rest}"),
    };
    let fewer = || format!("the server never saw more than {peak}");
    if seen.requests == 0 {
        claim(Outcome::Missed, "and the server saw no request".into())
    } else if peak == asked {
        claim(Outcome::Holds, format!("and the server saw {peak}"))
    } else if peak > asked {
        claim(Outcome::Missed, format!("the server saw as many as {peak}"))
    } else if seen.requests < asked {
        let there_were = match seen.requests {
            1 => "there was only one request".to_owned(),
            few => format!("there were only {few} requests"),
        };
        claim(Outcome::Missed, format!("{} ({there_were})", fewer()))
    } else if let Some(why) = undecided(seen) {
        Claim {
            outcome: Outcome::Untold,
            words: format!(
                "none. You asked for {asked}, {}, but {why}",
                fewer()
            ),
        }
    } else {
        claim(Outcome::Missed, fewer())
    }
}

/// Why a low peak tells nothing about the program, if so.
fn undecided(seen: &Witness) -> Option<String> {
    if seen.pipelined > 0 {
        return Some(format!(
            "{} of its requests were sent behind another on the same \
             connection, where the server takes one at a time",
            seen.pipelined
        ));
    }
    let held = median_hold(&seen.stamps).filter(|held| *held < LEAST_HOLD)?;
    Some(format!(
        "half of the requests were answered within {}: the answer was back \
         before the next one was sent. Let the server wait, with `--wait 20ms`",
        display(held as f64)
    ))
}

/// Of those that have ended; none if none has.
fn median_hold(stamps: &[Stamp]) -> Option<u64> {
    let mut holds: Vec<u64> =
        stamps.iter().filter_map(Stamp::hold_ns).collect();
    holds.sort_unstable();
    holds.get(holds.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use measurement::witness::End;

    use super::*;

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

    fn outcome(seen: &Witness, asked: usize) -> Outcome {
        judge(seen, NonZeroUsize::new(asked).unwrap()).outcome
    }

    #[test]
    fn few_at_once_accuse_only_where_requests_were_held() {
        let long = 20 * MILLISECOND;
        let short = MILLISECOND / 100;
        for (seen, asked, wanted) in [
            (seen(40, 8, long), 8, Outcome::Holds),
            (seen(40, 8, short), 8, Outcome::Holds),
            (seen(40, 1, long), 8, Outcome::Missed),
            (seen(40, 1, short), 8, Outcome::Untold),
            (seen(40, 7, LEAST_HOLD), 8, Outcome::Missed),
            // Certain, however short.
            (seen(40, 9, short), 8, Outcome::Missed),
            (seen(7, 7, short), 8, Outcome::Missed),
            (seen(0, 0, short), 8, Outcome::Missed),
        ] {
            assert_eq!(outcome(&seen, asked), wanted, "{seen:?} {asked}");
        }
    }

    #[test]
    fn requests_behind_others_leave_it_open() {
        let behind = Witness { pipelined: 30, ..seen(40, 2, 20 * MILLISECOND) };
        assert_eq!(outcome(&behind, 8), Outcome::Untold);
        assert_eq!(outcome(&behind, 2), Outcome::Holds);
    }
}
