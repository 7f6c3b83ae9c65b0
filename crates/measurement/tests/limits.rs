//! A batch with a limit: what its checks allow, and what they do not; and what
//! a summary makes of it.

#[expect(dead_code, reason = "nothing fails or is flagged here")]
mod example;
mod healthy;

use example::{measured, trial};
use healthy::{Known, healthy};
use measurement::MILLISECOND;
use measurement::check::{checks, median_late_ns};
use measurement::record::Trial;
use measurement::summary::summarise;
use measurement::waits::{BOOK_LIMIT, BOOK_SLOW_WAITS, Waits};
use measurement::witness::{End, Stamp};

const WAY: u64 = 100_000;

/// The book's four pings with its limit: the third has no answer, and the
/// server finishes it for nobody.
fn worked_on() -> Known {
    let mut known = healthy();
    known.spec.waits = Waits::BookSlow;
    known.spec.limit_ns = Some(BOOK_LIMIT);
    (known.spec.concurrency, known.spec.requests) = (4, 4);
    known.spec.statuses = vec![200];
    known.samples = Default::default();
    known.witness.stamps.clear();
    known.witness.in_flight_ns = 0;
    for (seq, wait_ns) in (0..).zip(BOOK_SLOW_WAITS) {
        let answered = wait_ns <= BOOK_LIMIT;
        let end = if answered { 2 * WAY + wait_ns } else { BOOK_LIMIT + WAY };
        known.samples.start_ns.push(0);
        known.samples.end_ns.push(end);
        known.samples.status.push(answered.then_some(200));
        known.samples.received_ns.push(Some(WAY as i64));
        known.samples.sent_ns.push(Some((WAY + wait_ns) as i64));
        known.witness.in_flight_ns += wait_ns;
        known.witness.stamps.push(Stamp {
            seq,
            connection: 0,
            received_ns: 1_000_000_000,
            sent_ns: Some(1_000_000_000 + wait_ns),
            wait_ns,
            status: 200,
            end: End::Done,
        });
    }
    let witness = &mut known.witness;
    (witness.requests, witness.distinct) = (4, 4);
    (witness.done, witness.peak_in_flight) = (4, 4);
    known.makespan_ns = BOOK_LIMIT + 2 * WAY;
    known
}

/// The same, but the server saw the client of the third go.
fn let_go() -> Known {
    let mut known = worked_on();
    let unserved = BOOK_SLOW_WAITS[2] - BOOK_LIMIT;
    let witness = &mut known.witness;
    (witness.done, witness.aborted) = (3, 1);
    witness.in_flight_ns -= unserved;
    let stamp = &mut witness.stamps[2];
    stamp.sent_ns = stamp.sent_ns.map(|ns| ns - unserved);
    stamp.end = End::Aborted;
    known
}

fn failed(known: &Known) -> Vec<String> {
    let checks = checks(&known.evidence());
    let failed = checks.into_iter().filter(|check| !check.ok);
    failed.map(|check| check.name).collect()
}

#[test]
fn the_server_may_work_on_or_see_the_client_go() {
    assert!(failed(&worked_on()).is_empty(), "{:?}", failed(&worked_on()));
    assert!(failed(&let_go()).is_empty(), "{:?}", failed(&let_go()));
}

#[test]
fn without_a_limit_neither_would_do() {
    for mut known in [worked_on(), let_go()] {
        known.spec.limit_ns = None;
        let failed = failed(&known);
        assert!(failed.contains(&"answered".to_owned()), "{failed:?}");
    }
}

type Lie = (&'static str, &'static str, fn(&mut Known));

const LIES: [Lie; 9] = [
    ("one that was in time has no answer", "answered", |known| {
        // Its client waited for as long as for the other.
        known.samples.status[0] = None;
    }),
    ("one that was late has an answer", "answered", |known| {
        known.samples.status[2] = Some(200);
        known.samples.end_ns[2] = BOOK_SLOW_WAITS[2] + 2 * WAY;
        known.makespan_ns = known.samples.end_ns[2];
        (known.witness.done, known.witness.aborted) = (4, 0);
    }),
    ("a ping too few is told of", "answered", |known| {
        known.samples.status.pop();
    }),
    ("the client was gone before the limit", "not-below-bound", |known| {
        known.samples.end_ns[2] = BOOK_LIMIT - 1;
        known.makespan_ns = BOOK_LIMIT - 1;
    }),
    ("nobody waited until the limit", "none-left", |known| {
        known.witness.in_flight = 1;
    }),
    ("an answer was not taken that the client has", "none-left", |known| {
        // With one given up, one may be gone.
        (known.witness.done, known.witness.aborted) = (2, 2);
    }),
    ("a client that stops its clocks early", "pings-cover-holds", |known| {
        known.samples.end_ns[1] -= 350 * MILLISECOND;
    }),
    ("a server that counts time double", "littles-law", |known| {
        known.witness.in_flight_ns *= 2;
    }),
    ("pings longer than their lanes", "within-capacity", |known| {
        known.samples.end_ns[2] += 3 * BOOK_LIMIT;
    }),
];

#[test]
fn each_lie_is_noticed_by_one_check_alone() {
    for (what, check, lie) in LIES {
        for truth in [worked_on, let_go] {
            let mut known = truth();
            lie(&mut known);
            assert_eq!(failed(&known), [check], "{what}");
        }
    }
}

#[test]
fn whoever_went_had_no_whole_wait() {
    let mut known = let_go();
    for stamp in &mut known.witness.stamps {
        if stamp.end == End::Done {
            stamp.sent_ns = stamp.sent_ns.map(|ns| ns + 7);
        }
    }
    for more in 0..4 {
        let gone = Stamp { seq: 4 + more, ..known.witness.stamps[2] };
        known.witness.stamps.push(gone);
    }
    assert_eq!(median_late_ns(&known.witness), Some(7));
}

/// A client that only knows that a ping is missing.
#[test]
fn a_missing_ping_began_when_the_server_had_it() {
    let mut known = worked_on();
    let samples = &mut known.samples;
    samples.start_ns[2] = samples.end_ns[2];
    let end = BOOK_LIMIT + WAY;
    assert_eq!(samples.flights()[2], (WAY, end));
    assert_eq!(samples.flights()[0], (0, BOOK_SLOW_WAITS[0] + 2 * WAY));
    samples.received_ns[2] = Some(-5);
    assert_eq!(samples.flights()[2], (0, end));
    samples.received_ns[2] = Some(i64::MAX);
    assert_eq!(samples.flights()[2], (end, end));
    samples.received_ns[2] = None;
    assert_eq!(samples.flights()[2], (end, end));
    // One that was answered in no time is not missing.
    samples.start_ns[0] = samples.end_ns[0];
    let end = samples.end_ns[0];
    assert_eq!(samples.flights()[0], (end, end));
}

fn limited(number: u32, limit_ns: Option<u64>) -> Trial {
    let mut trial = trial(number, "deadlines", 500);
    (trial.spec.waits, trial.spec.limit_ns) = (Waits::BookSlow, limit_ns);
    (trial.spec.requests, trial.spec.concurrency) = (4, 4);
    trial.level = 4;
    let measured = measured(&mut trial);
    measured.left_in_flight = limit_ns.map(|_| 1);
    measured.server.aborted = 1;
    trial
}

#[test]
fn a_summary_keeps_batches_with_a_limit_apart_and_bounds_them_by_it() {
    let trials = [limited(0, Some(BOOK_LIMIT)), limited(1, None)];
    let summary = summarise("run", &trials, &[]);
    let [without, with] = &summary.batches[..] else {
        panic!("{} batches", summary.batches.len());
    };
    assert_eq!((without.limit_ns, with.limit_ns), (None, Some(BOOK_LIMIT)));
    assert_eq!(without.bound_ns, BOOK_SLOW_WAITS[2]);
    assert_eq!((with.bound_ns, with.sequential_ns), (BOOK_LIMIT, BOOK_LIMIT));
    let (row, other) = (&with.rows[0], &without.rows[0]);
    assert_eq!(row.model_ns, Some(BOOK_LIMIT));
    assert_eq!(row.efficiency.as_ref().map(|own| own.median), Some(1.0));
    let busy = row.server_busy_ns.as_ref().map(|own| own.median);
    assert_eq!(busy, Some((32 * MILLISECOND) as f64));
    assert_eq!((row.left_in_flight, row.aborted), (Some(1.0), Some(1.0)));
    assert_eq!((&other.server_busy_ns, other.aborted), (&None, None));
    // Each trial is found in its own batch.
    assert_eq!(summary.trust.course.len(), 2);
}
