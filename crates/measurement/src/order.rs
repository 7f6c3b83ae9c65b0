//! Who runs when: random order that a seed repeats, on any machine and in any
//! version; and whose turn it is to run twice.

/// SplitMix64 (Steele, Lea and Flood 2014): one 64-bit state, one output per
/// step. Written out because a seed in a record must mean the same for ever.
#[derive(Debug, Clone)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// Starts from this seed.
    pub fn new(seed: u64) -> SplitMix64 {
        SplitMix64(seed)
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// What makes the bodies of a trial different from those of any other: a
/// function of its run's seed and its number.
pub fn nonce(seed: u64, trial: u32) -> u64 {
    SplitMix64::new(seed ^ (u64::from(trial) << 20)).next_u64()
}

/// The numbers `0..n` in random order (Fisher and Yates), a different one for
/// each round of a seed.
pub fn shuffled(n: usize, seed: u64, round: u32) -> Vec<usize> {
    let mut random = SplitMix64::new(seed ^ (u64::from(round) << 32));
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        // The bias of the remainder is below n / 2^64.
        let other = (random.next_u64() % (last as u64 + 1)) as usize;
        order.swap(last, other);
    }
    order
}

/// Which of so many strategies runs twice in this round, beside a reference
/// with which they all are compared; none if it is the reference itself.
///
/// They are not equally noisy, so each has its turn. The reference has every
/// third one: its noise is in all comparisons.
pub fn twin(round: u32, others: usize) -> Option<usize> {
    let (thirds, of_three) = ((round / 3) as usize, (round % 3) as usize);
    let turn = (2 * thirds + of_three).checked_sub(1)?;
    (of_three > 0).then(|| turn.checked_rem(others))?
}
