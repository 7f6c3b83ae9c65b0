//! How often each ping was tried, in a trial that tries again.

use std::collections::HashMap;

use super::evidence::Evidence;
use crate::finding::{Check, check};
use crate::record::MOST_REQUESTS;

/// How often the server saw each ping; none where it does not know all of
/// them any more.
pub(super) fn seen(evidence: &Evidence<'_>) -> Option<HashMap<u64, u32>> {
    let witness = evidence.witness;
    let mut seen = HashMap::new();
    for stamp in &witness.stamps {
        *seen.entry(stamp.seq).or_default() += 1;
    }
    (witness.stamps_dropped == 0).then_some(seen)
}

/// Each ping was tried as often as its faults say: not once more, and without
/// a budget not once less.
pub(super) fn as_forecast(evidence: &Evidence<'_>) -> Check {
    let spec = evidence.spec;
    let seen = seen(evidence);
    // One with more pings than that is not one of ours.
    let possible = spec.requests <= MOST_REQUESTS;
    let looked_at = if possible { spec.requests } else { 0 };
    let wrong = (0..looked_at).filter(|i| {
        let Some(seen) = &seen else { return false };
        let tried = seen.get(&(*i as u64)).copied().unwrap_or(0);
        let most = spec.attempts(*i);
        match spec.manners.budget_percent {
            Some(_) => !(1..=most).contains(&tried),
            None => tried != most,
        }
    });
    let wrong = wrong.count();
    let (_, most) = spec.requests_seen();
    check(
        "attempts",
        wrong == 0,
        format!(
            "{} seen, {most} forecast, {wrong} pings tried otherwise",
            evidence.witness.requests
        ),
    )
}
