//! What voids a trial, and what only marks it.

mod attempts;
mod counts;
mod evidence;
mod flags;
mod laws;
mod network;
mod words;

pub use crate::finding::{Check, Flag, disturbs};
pub use evidence::Evidence;
pub use flags::{flags, is_late, median_hold_ns, median_late_ns};
pub use words::{CHECKS, FLAGS, meaning};

/// The findings that void a trial where they do not hold. All are made, so
/// that a record tells everything that was wrong. Each looks at one thing
/// only, so that the one that fails names the cause.
pub fn checks(evidence: &Evidence<'_>) -> Vec<Check> {
    let mut checks = vec![
        counts::answered(evidence),
        counts::statuses(evidence),
        counts::bodies(evidence),
        counts::seen_equals_sent(evidence),
        counts::each_once(evidence),
        counts::none_left(evidence),
        counts::peak_within(evidence),
        laws::not_below_bound(evidence),
        laws::littles_law(evidence),
        laws::pings_cover_holds(evidence),
        laws::within_capacity(evidence),
    ];
    if evidence.spec.manners.retries > 0 {
        checks.push(attempts::as_forecast(evidence));
    }
    checks
}
