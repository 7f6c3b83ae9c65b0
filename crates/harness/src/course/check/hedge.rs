//! How `hedge` is decided: by which of two requests for one URL was there
//! while the other was answered, and when it went.

use measurement::MILLISECOND;
use measurement::fault::Fault;
use measurement::waits::Plan;
use measurement::witness::{End, Stamp, Witness};

use super::exercise::{Finding, Given};

/// Ten, of which eight are quick. Each number is `12 × what the second request
/// meets + what the first one meets`: places in the plan's list.
const NUMBERS: [u64; 10] = [0, 1, 2, LOST, 4, 5, 6, LATE, 8, 9];

/// The first request is never answered, the second one at once.
const LOST: u64 = 3;

/// The first request is answered late, and the second one never.
const LATE: u64 = 12 * 3 + 7;

const QUICK: u64 = 50 * MILLISECOND;

/// Long after a second request should have been sent, and long before whoever
/// waits for what is never answered gives up.
const SLOW: u64 = 2000 * MILLISECOND;

/// Half of `P95`: a first request may have been on its way for so long that
/// the second one seems this early.
const EARLY: u64 = 300 * MILLISECOND;

pub(super) fn given() -> Given {
    let (mut waits, mut faults) = (vec![QUICK; 12], vec![None; 12]);
    waits[(LATE % 12) as usize] = SLOW;
    faults[LOST as usize] = Some(Fault::Hang);
    let path = |seq| format!("/200?seq={seq}");
    Given {
        paths: NUMBERS.into_iter().map(path).collect(),
        plan: Plan { waits, faults, ..Plan::default() },
    }
}

pub(super) fn findings(witness: &Witness) -> Vec<Finding> {
    let of = |seq| -> Vec<&Stamp> {
        witness.stamps.iter().filter(|stamp| stamp.seq == seq).collect()
    };
    let tries = NUMBERS.map(of);
    let seconds = tries.iter().filter(|tries| tries.len() == 2).count();
    let more = tries.iter().filter(|tries| tries.len() > 2).count();
    let slow = [of(LOST), of(LATE)];
    let hedged = slow.iter().filter(|tries| tries.len() == 2).count();
    let early = tries.iter().filter(|tries| early(tries)).count();
    let beside = slow.iter().filter(|tries| beside(tries)).count();
    let dropped = dropped_at_once(&slow);
    vec![
        Finding::exactly("second requests of the slow two", hedged, 2),
        Finding::exactly("second requests too early", early, 0),
        Finding::exactly("third requests", more, 0),
        Finding::exactly("both there until one was answered", beside, 2),
        Finding::exactly(
            "the other dropped then",
            if dropped { "yes" } else { "no" },
            "yes",
        ),
        // A quick one that was slow today may well have been hedged.
        Finding::exactly("clients that went", witness.aborted, seconds as u64),
    ]
}

/// Whether the second request came before the first one was late.
fn early(tries: &[&Stamp]) -> bool {
    let [first, second, ..] = tries else { return false };
    second.received_ns < first.received_ns.saturating_add(EARLY)
}

/// Whether one was answered, and the other was still there. Whoever gives the
/// first up to send the second has only one there at a time.
fn beside(tries: &[&Stamp]) -> bool {
    let answered = tries.iter().find(|stamp| stamp.end == End::Done);
    let other = tries.iter().find(|stamp| stamp.end == End::Aborted);
    let (Some(answered), Some(other)) = (answered, other) else { return false };
    other.received_ns < answered.sent_ns.unwrap_or(0)
        && other.sent_ns >= answered.sent_ns
}

/// Whether the loser of the first pair was gone when the second pair had its
/// answer, more than a second later, and not only at the program's end.
fn dropped_at_once([lost, late]: &[Vec<&Stamp>; 2]) -> bool {
    let gone = lost.iter().find(|stamp| stamp.end == End::Aborted);
    let answered = late.iter().find(|stamp| stamp.end == End::Done);
    match (gone, answered) {
        (Some(gone), Some(answered)) => gone.sent_ns < answered.sent_ns,
        _ => false,
    }
}
