//! Each check fails for one lie, and for that one it fails alone.

mod healthy;

use healthy::{Known, healthy};
use measurement::MILLISECOND;
use measurement::check::checks;

const ALL: [&str; 11] = [
    "answered",
    "statuses",
    "bodies",
    "seen-equals-sent",
    "each-once",
    "none-left",
    "peak-within",
    "not-below-bound",
    "littles-law",
    "pings-cover-holds",
    "within-capacity",
];

/// What is made untrue, the only check that may notice, and how.
type Lie = (&'static str, &'static str, fn(&mut Known));

const LIES: [Lie; 19] = [
    ("a ping has no answer", "answered", |known| {
        known.samples.status[2] = None;
    }),
    ("a ping has another status", "statuses", |known| {
        known.samples.status[2] = Some(500);
    }),
    ("two pings have each other's status", "statuses", |known| {
        known.samples.status.swap(2, 3);
    }),
    ("a body is wrong", "bodies", |known| known.wrong_bodies = 1),
    ("a ping was never sent", "seen-equals-sent", |known| {
        let seen = &mut known.witness;
        (seen.requests, seen.distinct, seen.done) = (5, 5, 5);
    }),
    ("a stranger pinged the server too", "seen-equals-sent", |known| {
        let seen = &mut known.witness;
        (seen.requests, seen.distinct, seen.done) = (7, 7, 7);
    }),
    ("a ping was sent twice, another never", "each-once", |known| {
        (known.witness.distinct, known.witness.duplicates) = (5, 1);
    }),
    ("a number was too large to remember", "each-once", |known| {
        known.witness.distinct = 5;
    }),
    ("a ping was counted twice", "each-once", |known| {
        known.witness.duplicates = 1;
    }),
    ("an answer was taken and not taken", "none-left", |known| {
        known.witness.aborted = 1;
    }),
    ("the server still works on a ping it did", "none-left", |known| {
        known.witness.in_flight = 1;
    }),
    ("an answer was not taken", "none-left", |known| {
        (known.witness.done, known.witness.aborted) = (5, 1);
    }),
    ("the server still works on a ping", "none-left", |known| {
        (known.witness.done, known.witness.in_flight) = (5, 1);
    }),
    ("twice the concurrency", "peak-within", |known| {
        known.witness.peak_in_flight *= 2;
    }),
    ("a makespan below the longest hold", "not-below-bound", |known| {
        known.makespan_ns = 49 * MILLISECOND;
    }),
    ("a server that counts a request short", "littles-law", |known| {
        known.witness.in_flight_ns -= 10 * MILLISECOND;
    }),
    ("a server that counts time double", "littles-law", |known| {
        known.witness.in_flight_ns *= 2;
    }),
    ("a client that stops its clocks early", "pings-cover-holds", |known| {
        known.samples.end_ns[0] -= 45 * MILLISECOND;
    }),
    ("pings longer than their lanes", "within-capacity", |known| {
        known.samples.end_ns[5] += 150 * MILLISECOND;
    }),
];

/// Lets a ping, and with it the trial, end later. It is 200 µs on its way
/// without that.
fn delay(known: &mut Known, ping: usize, by_ns: u64) {
    known.samples.end_ns[ping] += by_ns;
    known.makespan_ns += by_ns;
}

fn failed(known: &Known) -> Vec<String> {
    let checks = checks(&known.evidence());
    let failed = checks.into_iter().filter(|check| !check.ok);
    failed.map(|check| check.name).collect()
}

#[test]
fn a_healthy_trial_passes_every_check() {
    let checks = checks(&healthy().evidence());
    let names: Vec<&str> =
        checks.iter().map(|check| check.name.as_str()).collect();
    assert_eq!(names, ALL);
    for check in checks {
        assert!(check.ok, "{check:?}");
    }
}

#[test]
fn each_lie_is_noticed_by_one_check_alone() {
    for (what, check, lie) in LIES {
        let mut known = healthy();
        lie(&mut known);
        assert_eq!(failed(&known), [check], "{what}");
    }
}

#[test]
fn each_check_notices_a_lie() {
    for name in ALL {
        assert!(LIES.iter().any(|(_, check, _)| *check == name), "{name}");
    }
}

/// What was late, and how it looks.
type Late = (&'static str, fn(&mut Known));

const LATE: [Late; 9] = [
    ("an answer was an hour on its way", |known| {
        delay(known, 5, HOUR);
    }),
    ("it was sent again", |known| {
        known.host.retransmitted_segments = Some(9);
        delay(known, 5, 200 * MILLISECOND);
    }),
    ("the request was sent again", |known| {
        known.host.retransmitted_segments = Some(9);
        delay(known, 5, HOUR);
        *known.samples.received_ns[5].as_mut().unwrap() += HOUR as i64;
        *known.samples.sent_ns[5].as_mut().unwrap() += HOUR as i64;
    }),
    ("its connection was refused at first", |known| {
        known.host.listen_overflows = Some(1);
        delay(known, 5, 1000 * MILLISECOND);
    }),
    ("and nobody knows how long it was on its way", |known| {
        known.host.retransmitted_segments = Some(9);
        delay(known, 5, HOUR);
        known.samples.received_ns.fill(None);
        known.samples.sent_ns.fill(None);
    }),
    ("the server held it for an hour", |known| {
        delay(known, 5, HOUR);
        known.witness.in_flight_ns += HOUR;
        let stamp = &mut known.witness.stamps[5];
        stamp.sent_ns = stamp.sent_ns.map(|ns| ns + HOUR);
    }),
    ("the workers were late to be joined", |known| {
        known.makespan_ns += HOUR;
    }),
    ("the hypervisor had all of the time", |known| {
        known.makespan_ns += HOUR;
        known.host.stolen_ns = Some(HOUR);
    }),
    ("others had all of the time", |known| {
        known.makespan_ns += HOUR;
        known.host.others_ns = Some(2 * HOUR);
    }),
];

const HOUR: u64 = 3_600_000 * MILLISECOND;

/// Whoever takes out what took long makes the rest look quick.
#[test]
fn whatever_was_late_voids_nothing() {
    for (what, happens) in LATE {
        let mut known = healthy();
        happens(&mut known);
        assert_eq!(failed(&known), [] as [&str; 0], "{what}");
    }
}

#[test]
fn stamps_that_were_dropped_do_not_break_littles_law() {
    let mut known = healthy();
    known.witness.stamps.remove(0);
    assert_eq!(failed(&known), ["littles-law"]);
    known.witness.stamps_dropped = 1;
    assert!(failed(&known).is_empty());
}

#[test]
fn no_pings_need_no_excuse() {
    let mut known = healthy();
    known.spec.requests = 0;
    known.samples = Default::default();
    known.witness = Default::default();
    known.host.retransmitted_segments = Some(1);
    assert!(failed(&known).is_empty());
}

#[test]
fn the_largest_numbers_are_judged_like_others() {
    let mut known = healthy();
    known.spec.concurrency = usize::MAX;
    known.spec.requests = usize::MAX;
    known.makespan_ns = u64::MAX;
    known.samples.end_ns.fill(u64::MAX);
    known.samples.received_ns.fill(Some(i64::MIN));
    known.samples.sent_ns.fill(Some(i64::MAX));
    known.witness.in_flight_ns = u64::MAX;
    known.witness.aborted = u64::MAX;
    known.witness.in_flight = u64::MAX;
    for stamp in &mut known.witness.stamps {
        (stamp.received_ns, stamp.sent_ns) = (0, Some(u64::MAX));
    }
    known.host.retransmitted_segments = Some(u64::MAX);
    known.host.listen_overflows = Some(u64::MAX);
    assert_eq!(failed(&known), ["answered", "seen-equals-sent", "none-left"]);
}
