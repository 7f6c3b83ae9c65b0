//! How long a batch of known waits must take, by the way it is shared out:
//! formula F8 of the course, with no overhead at all. Times in nanoseconds.

use std::num::NonZeroUsize;

/// No way of sharing can be faster: `max(Lmax, sum / c)` (Graham 1969).
pub fn bound(waits: &[u64], concurrency: NonZeroUsize) -> u64 {
    let longest = waits.iter().copied().max().unwrap_or(0);
    longest.max(waits.iter().sum::<u64>().div_ceil(concurrency.get() as u64))
}

/// One after another: the sum.
pub fn sequential(waits: &[u64]) -> u64 {
    waits.iter().sum()
}

/// Waves of `concurrency`, each awaited before the next: the sum of each
/// wave's longest.
pub fn waves(waits: &[u64], concurrency: NonZeroUsize) -> u64 {
    waits
        .chunks(concurrency.get())
        .map(|wave| wave.iter().copied().max().unwrap_or(0))
        .sum()
}

/// Fixed shares dealt like cards (i, i+c, i+2c, ...): the largest share.
pub fn shares(waits: &[u64], concurrency: NonZeroUsize) -> u64 {
    let c = concurrency.get();
    (0..c).map(|i| waits.iter().skip(i).step_by(c).sum()).max().unwrap_or(0)
}

/// A queue: whoever is free takes the next.
pub fn queue(waits: &[u64], concurrency: NonZeroUsize) -> u64 {
    let mut free_at = vec![0; concurrency.get()];
    for wait in waits {
        let first = free_at.iter_mut().min().expect("concurrency is not zero");
        *first += wait;
    }
    free_at.into_iter().max().unwrap_or(0)
}
