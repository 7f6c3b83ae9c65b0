//! The work that a ping has when its answer is there: hashes, one after another.
//!
//! Each hash is of the one before it, so that nothing of it can be left out,
//! kept for later or shared out. Bodies are short: what is measured is the
//! processor and not its memory.

use std::time::{Duration, Instant};

use ping_core::{Ping, digest};
use sha2::{Digest, Sha256};

/// Hashes the body of the answer so many times, and leaves what came of it in
/// the reply's `digest`. A ping without an answer stays as it is, and so does
/// each where it is 0 times. Of a long body it takes the first 256 bytes, which
/// is what a reply keeps.
pub fn hashed(mut ping: Ping, hashes: u32) -> Ping {
    if let Ok(reply) = &mut ping.result
        && hashes > 0
    {
        reply.digest = fingerprint(reply.head.as_bytes(), hashes);
    }
    ping
}

/// What hashing this body so many times makes of it: the first eight bytes of
/// the last hash. Of none it is the fingerprint that every reply has.
pub fn fingerprint(body: &[u8], hashes: u32) -> u64 {
    if hashes == 0 {
        return digest(body);
    }
    let mut hash = Sha256::digest(body);
    for _ in 1..hashes {
        hash = Sha256::digest(hash);
    }
    let (first, _) = hash.split_first_chunk().expect("a hash has 32 bytes");
    u64::from_be_bytes(*first)
}

/// How many hashes this machine makes in so long, by one thread that nobody
/// disturbs: of a few short runs the quickest counts. At least one.
pub fn hashes_in(time: Duration) -> u32 {
    let run = |_| {
        let start = Instant::now();
        std::hint::black_box(fingerprint(b"200 OK", RUN));
        start.elapsed()
    };
    let quickest = (0..RUNS).map(run).min().unwrap_or_default();
    let one = quickest.as_secs_f64() / f64::from(RUN);
    // A clock that stands still says nothing; `as` ends at the largest number.
    (time.as_secs_f64() / one.max(1e-9)).max(1.0) as u32
}

/// About a millisecond each, so that one of them is undisturbed.
const RUN: u32 = 20_000;
const RUNS: usize = 25;
