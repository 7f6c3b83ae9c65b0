//! How long a batch of known waits must take, by the way it is shared out:
//! formula F8 of the course, with no overhead at all. Times in nanoseconds;
//! sums stop at `u64::MAX`, because waits are also read from files.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::num::NonZeroUsize;

/// No way of sharing can be faster: `max(Lmax, sum / c)` (Graham 1969), and
/// where the waits do not fill whole rounds, what somebody must then do: of
/// the `k c + 1` longest, one of `c` has `k + 1`, none of them shorter than
/// the last. With `n` equal waits that is `ceil(n / c)` of them.
pub fn bound(waits: &[u64], concurrency: NonZeroUsize) -> u64 {
    let c = concurrency.get();
    let mut longest_first = waits.to_vec();
    longest_first.sort_unstable_by_key(|wait| Reverse(*wait));
    let crowded = (1..).zip(longest_first.iter().step_by(c));
    let crowded = crowded.map(|(many, wait)| wait.saturating_mul(many)).max();
    let shared = sequential(waits).div_ceil(c as u64);
    shared.max(crowded.unwrap_or(0))
}

/// One after another: the sum.
pub fn sequential(waits: &[u64]) -> u64 {
    sum(waits.iter().copied())
}

/// Waves of `concurrency`, each awaited before the next: the sum of each
/// wave's longest.
pub fn waves(waits: &[u64], concurrency: NonZeroUsize) -> u64 {
    sum(waits
        .chunks(concurrency.get())
        .map(|wave| wave.iter().copied().max().unwrap_or(0)))
}

/// Fixed shares dealt like cards (i, i+c, i+2c, ...): the largest share.
pub fn shares(waits: &[u64], concurrency: NonZeroUsize) -> u64 {
    let c = concurrency.get();
    // Beyond the last wait every share is empty.
    (0..c.min(waits.len()))
        .map(|i| sum(waits.iter().copied().skip(i).step_by(c)))
        .max()
        .unwrap_or(0)
}

/// A queue: whoever is free takes the next.
pub fn queue(waits: &[u64], concurrency: NonZeroUsize) -> u64 {
    // Whoever gets nothing need not be there.
    let workers = concurrency.get().min(waits.len());
    let mut free_at = BinaryHeap::from(vec![Reverse(0_u64); workers]);
    for wait in waits {
        if let Some(mut first) = free_at.peek_mut() {
            first.0 = first.0.saturating_add(*wait);
        }
    }
    free_at.into_iter().map(|Reverse(end)| end).max().unwrap_or(0)
}

fn sum(times: impl Iterator<Item = u64>) -> u64 {
    times.fold(0, u64::saturating_add)
}
