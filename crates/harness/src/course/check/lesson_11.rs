use measurement::MILLISECOND;
use measurement::waits::Plan;
use measurement::witness::{Stamp, Witness};

use super::exercise::{Exercise, Finding, Given};
use super::lesson_06::peak;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 11,
        name: "hashers",
        proof: "all was fetched by four before the first result was there, and two hashed",
        given: || Given::numbered(2 * FETCHED as usize, 10),
        judge: |seen| {
            let witness = &seen.witness;
            let brought = witness.stamps.iter().filter(is_result).count();
            vec![
                Finding::exactly(
                    "fetched at once",
                    peak(witness, |seq| seq < FETCHED),
                    4,
                ),
                Finding::exactly(
                    "fetched before a result",
                    fetched_first(witness),
                    FETCHED as usize,
                ),
                Finding::exactly("results", brought, FETCHED as usize),
                Finding::exactly("results too early", too_early(witness), 0),
            ]
        },
    },
    Exercise {
        lesson: 11,
        name: "heartbeat",
        proof: "the heart went on beating while the hash was computed",
        given: || Given {
            paths: (0..BEATS + 2)
                .map(|seq| format!("/200?seq={seq}"))
                .collect(),
            plan: Plan::default(),
        },
        judge: |seen| {
            let (from, to) = computed(&seen.witness);
            let beats = beats(&seen.witness, from, to);
            let long = to.saturating_sub(from) >= HEARTBEAT_HASH;
            let (what, least) = ("beats while it computed", LEAST_BEATS);
            vec![
                Finding::exactly("the hash took its time", long, true),
                Finding {
                    what,
                    saw: beats.to_string(),
                    should: format!("at least {least}"),
                    holds: beats >= least,
                },
            ]
        },
    },
];

/// So many are fetched, and as many results are brought.
const FETCHED: u64 = 8;
/// How long each is hashed, and by how many at once.
const HASH: u64 = 300 * MILLISECOND;
const HASHERS: usize = 2;

/// More than are needed in any time that is waited for.
const BEATS: u64 = 200;
const HEARTBEAT_HASH: u64 = 500 * MILLISECOND;
/// There is time for 25. One may be on its way when the thread begins to hash.
const LEAST_BEATS: usize = 3;

fn is_result(stamp: &&Stamp) -> bool {
    stamp.seq >= FETCHED
}

/// How many were fetched before the first result came.
fn fetched_first(witness: &Witness) -> usize {
    let results = witness.stamps.iter().filter(is_result);
    let first = results.map(|stamp| stamp.received_ns).min();
    let fetched = witness.stamps.iter().filter(|stamp| stamp.seq < FETCHED);
    let before =
        |stamp: &&Stamp| first.is_none_or(|first| stamp.received_ns < first);
    fetched.filter(before).count()
}

/// How many results came before so many hashers can have been ready.
fn too_early(witness: &Witness) -> usize {
    let fetched = witness.stamps.iter().filter(|stamp| stamp.seq < FETCHED);
    let first = fetched.filter_map(|stamp| stamp.sent_ns).min().unwrap_or(0);
    let results = witness.stamps.iter().filter(is_result);
    let mut results: Vec<u64> = results.map(|own| own.received_ns).collect();
    results.sort_unstable();
    let turns = (0..).map(|place: usize| (place / HASHERS + 1) as u64);
    let early = |(came, turns): &(u64, u64)| *came < first + turns * HASH;
    results.into_iter().zip(turns).filter(early).count()
}

/// From the answer to the job to the result, by the server's clock.
fn computed(witness: &Witness) -> (u64, u64) {
    let of = |seq| witness.stamps.iter().find(move |stamp| stamp.seq == seq);
    let from = of(0).and_then(|job| job.sent_ns).unwrap_or(0);
    (from, of(BEATS + 1).map_or(from, |result| result.received_ns))
}

fn beats(witness: &Witness, from: u64, to: u64) -> usize {
    let of_heart = witness.stamps.iter().filter(|stamp| {
        (1..=BEATS).contains(&stamp.seq)
            && (from..to).contains(&stamp.received_ns)
    });
    of_heart.count()
}
