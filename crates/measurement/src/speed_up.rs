//! How many times as fast as one by one a batch can be, of its waits alone:
//! formula F8 of the course over the levels, with no overhead at all. No ping
//! is sent for it; what was measured can lie on these curves or below them.

use std::num::NonZeroUsize;

use crate::makespan;
use crate::summary::ratio;
use crate::ways::Sharing;

/// A batch with so many in flight at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The most in flight at once.
    pub concurrency: NonZeroUsize,
    /// How long the batch takes, ns.
    pub makespan_ns: u64,
    /// The sum of the waits over that: how many times as fast as one by one.
    pub speed_up: f64,
}

/// A way of sharing with each of `1..=most` in flight: `ΣL / T(c)`, where
/// `T(c)` is its [`Sharing::makespan`]. Empty if no formula says how long it
/// takes, or nothing waits.
pub fn of_sharing(
    sharing: Sharing,
    waits: &[u64],
    most: NonZeroUsize,
) -> Vec<Point> {
    over_levels(waits, most, |c| sharing.makespan(waits, c))
}

/// The most that any way of sharing can have with each of `1..=most` in
/// flight: `ΣL / T(c)`, where `T(c)` is the earliest possible end,
/// [`makespan::bound`]. It is never above c, nor above the [`roof`]. Empty if
/// nothing waits.
pub fn earliest(waits: &[u64], most: NonZeroUsize) -> Vec<Point> {
    over_levels(waits, most, |c| Some(makespan::bound(waits, c)))
}

/// The most that any way of sharing can have, however many are in flight:
/// `ΣL / Lmax`, because the slowest ping alone takes `Lmax`. `None` if nothing
/// waits.
pub fn roof(waits: &[u64]) -> Option<f64> {
    times_as_fast(waits, waits.iter().copied().max()?)
}

fn over_levels(
    waits: &[u64],
    most: NonZeroUsize,
    makespan_ns: impl Fn(NonZeroUsize) -> Option<u64>,
) -> Vec<Point> {
    let levels = (1..=most.get()).filter_map(NonZeroUsize::new);
    let point = |concurrency| {
        let makespan_ns = makespan_ns(concurrency)?;
        let speed_up = times_as_fast(waits, makespan_ns)?;
        Some(Point { concurrency, makespan_ns, speed_up })
    };
    levels.filter_map(point).collect()
}

fn times_as_fast(waits: &[u64], makespan_ns: u64) -> Option<f64> {
    ratio(makespan::sequential(waits) as f64, makespan_ns as f64)
}
