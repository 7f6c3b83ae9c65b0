//! How many pings in flight a way goes to, and what ended it there.
//!
//! The act has as many pings as are to be in flight, and the server holds each
//! for [`HOLD`], so that all of them overlap. A trial is a *hit* if its checks
//! hold and the server had all of them in flight at once; nothing else is in
//! any figure.

mod limit;

pub use limit::Limit;

use crate::MILLISECOND;
use crate::record::{Act, Outcome, Trial};

/// How long the server holds each ping, ns: longer than it takes to send all
/// of them.
pub const HOLD: u64 = 2000 * MILLISECOND;

/// So many trials without a hit, and a level is tried no more.
pub const ENOUGH: usize = 2;

/// Whether the act is one of the two: with connections that are open before
/// the clock starts, and without.
pub fn is_of(act: Act) -> bool {
    matches!(act, Act::Capacity | Act::CapacityCold)
}

/// Whether all its pings were in flight at once, and every check holds.
pub fn is_hit(trial: &Trial) -> bool {
    let all = trial.spec.concurrency as u64;
    trial.valid().is_some_and(|m| m.server.peak_in_flight == all)
}

/// What a trial of this act met that was no hit, in the words of the record;
/// none of any other.
pub fn met(trial: &Trial) -> Option<(Limit, String)> {
    if !is_of(trial.act) || is_hit(trial) {
        return None;
    }
    let measured = match &trial.outcome {
        Outcome::Failed { reason } => {
            return Some((Limit::of(reason), reason.clone()));
        }
        Outcome::Measured(measured) => measured,
    };
    if let Some(wrong) = measured.checks.iter().find(|check| !check.ok) {
        return Some((Limit::of(&wrong.detail), wrong.detail.clone()));
    }
    let (peak, all) = (measured.server.peak_in_flight, trial.spec.concurrency);
    let detail = format!("{peak} of {all} were in flight at once");
    Some((Limit::Time, detail))
}

/// Whether to make this trial, after those that were made: whoever missed a
/// level in the first round goes no higher, a level that was missed
/// [`ENOUGH`] times and never hit is left, and so is a cold trial where no
/// warm one was a hit. `done` are those of the run so far.
pub fn is_worth(
    done: &[Trial],
    (act, strategy, level): (Act, &str, usize),
    round: u32,
) -> bool {
    let own: Vec<&Trial> = done
        .iter()
        .filter(|trial| is_of(trial.act) && trial.spec.strategy == strategy)
        .collect();
    let cell = || own.iter().filter(|t| t.act == act && t.level == level);
    // A cell has no gap between its rounds.
    if round > 0 {
        let before = cell().any(|trial| trial.round + 1 == round);
        let hit = cell().any(|trial| is_hit(trial));
        return before && (hit || cell().count() < ENOUGH);
    }
    let warm = || own.iter().filter(|trial| trial.act == Act::Capacity);
    match act {
        Act::CapacityCold => warm().any(|t| t.level == level && is_hit(t)),
        _ => !warm().any(|t| t.level < level && !is_hit(t)),
    }
}
