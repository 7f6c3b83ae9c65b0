//! Trials that try again: what the server must see, and each lie about it.

mod healthy;

use healthy::{Known, tried_again};
use measurement::check::{checks, flags};
use measurement::course::formula::with_retries;
use measurement::course::lesson;
use measurement::fault::Fault;
use measurement::record::Spec;

fn failed(known: &Known) -> Vec<String> {
    let checks = checks(&known.evidence());
    let failed = checks.into_iter().filter(|check| !check.ok);
    failed.map(|check| check.name).collect()
}

#[test]
fn one_that_tries_again_as_forecast_passes_every_check() {
    let known = tried_again();
    assert_eq!(failed(&known), [""; 0]);
    assert_eq!(checks(&known.evidence()).len(), 12);
    assert_eq!(known.spec.requests_seen(), (12, 12));
}

#[test]
fn each_lie_is_noticed() {
    type Lie = (&'static str, &'static [&'static str], fn(&mut Known));
    let lies: [Lie; 7] = [
        ("no retry at all", &["seen-equals-sent", "statuses", "attempts"], {
            |known| {
                known.witness.stamps.truncate(8);
                known.witness.in_flight_ns = 8 * 100_000;
                (known.witness.requests, known.witness.done) = (8, 8);
                known.witness.duplicates = 0;
            }
        }),
        ("a retry of what was well", &["attempts"], |known| {
            known.witness.stamps[8].seq = 0;
            known.samples.status[1] = Some(503);
        }),
        ("one retry too many", &["seen-equals-sent"], |known| {
            (known.witness.requests, known.witness.done) = (13, 13);
            known.witness.duplicates = 5;
        }),
        ("a failure told as a success", &["statuses"], |known| {
            known.samples.status[3] = Some(200);
        }),
        ("a success told as a failure", &["statuses"], |known| {
            known.samples.status[1] = Some(503);
        }),
        ("a ping never sent", &["each-once"], |known| {
            known.witness.distinct = 7;
        }),
        ("clocks that stop early", &["pings-cover-holds"], |known| {
            known.samples.end_ns = known.samples.start_ns.clone();
        }),
    ];
    for (what, found, lie) in lies {
        let mut known = tried_again();
        lie(&mut known);
        let mut failed = failed(&known);
        failed.sort_unstable();
        let mut found = found.to_vec();
        found.sort_unstable();
        assert_eq!(failed, found, "{what}");
    }
}

#[test]
fn a_budget_allows_fewer_and_no_more() {
    let mut known = tried_again();
    known.spec.manners.budget_percent = Some(25);
    // Two retries of eight pings; the four that there were are too many.
    assert_eq!(known.spec.requests_seen(), (8, 10));
    assert_eq!(failed(&known), ["seen-equals-sent"]);
    known.witness.stamps.truncate(10);
    known.witness.in_flight_ns = 10 * 100_000;
    (known.witness.requests, known.witness.done) = (10, 10);
    known.witness.duplicates = 2;
    // Pings 5 and 7 stay with their first answer.
    known.samples.status[5] = Some(503);
    assert_eq!(failed(&known), [""; 0]);
    known.samples.status[5] = Some(200);
    assert_eq!(failed(&known), ["statuses"]);
}

#[test]
fn a_rate_is_no_lack_of_concurrency() {
    let mut known = tried_again();
    known.witness.peak_in_flight = 2;
    let names = |known: &Known| -> Vec<String> {
        flags(&known.evidence()).into_iter().map(|flag| flag.name).collect()
    };
    assert_eq!(names(&known), ["client-limited"]);
    known.spec.manners.per_second = Some(200);
    assert_eq!(names(&known), [""; 0]);
    known.spec.manners.per_second = None;
    known.spec.manners.per_host = Some(2);
    assert_eq!(names(&known), [""; 0]);
}

#[test]
fn whoever_asks_for_retries_without_end_is_counted_at_once() {
    let mut spec = tried_again().spec;
    spec.manners.retries = u32::MAX;
    assert_eq!(spec.attempts(5), 2);
    assert_eq!(spec.attempts(usize::MAX), 65);
    spec.faults = vec![Some(Fault::Overloaded)];
    assert_eq!(spec.attempts(5), u32::MAX);
    spec.faults.clear();
    assert_eq!(spec.attempts(5), 1);
}

/// The lesson asks for F10's numbers, and its faults make them: 187 of the
/// 187.5 that a coin would come to.
#[test]
fn the_faults_of_lesson_8_are_those_of_f10() {
    let spec = |strategy: &str| -> Spec {
        let cells = lesson(8).unwrap().cells;
        let cell = cells.iter().find(|cell| cell.strategy == strategy).unwrap();
        let failing = cell.failing.unwrap();
        assert_eq!(failing.share(), 0.5);
        let mut spec = tried_again().spec;
        spec.requests = cell.requests;
        spec.faults = failing.faults.to_vec();
        spec.manners = failing.manners;
        spec
    };
    assert_eq!(spec("retries-in-step").requests_seen(), (187, 187));
    assert_eq!(spec("retries-spread").requests_seen(), (187, 187));
    assert_eq!(spec("good-manners").requests_seen(), (100, 120));
    assert!((with_retries(100.0, 0.5, 3) - 187.0).abs() < 1.0);
}
