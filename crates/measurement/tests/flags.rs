//! Each flag is raised by one thing, and by that one alone.

mod healthy;

use healthy::{Known, healthy};
use measurement::MILLISECOND;
use measurement::check::{checks, flags, median_late_ns};

/// What happened, the only flag that tells of it, and how it looks.
type Trouble = (&'static str, &'static str, fn(&mut Known));

const TROUBLES: [Trouble; 6] = [
    ("never three at once", "client-limited", |known| {
        known.witness.peak_in_flight = 2;
    }),
    ("a connection was dialled", "dialled", |known| {
        known.witness.connections = 1;
    }),
    ("every wait was missed by a millisecond", "server-late", |known| {
        for stamp in &mut known.witness.stamps {
            stamp.wait_ns -= MILLISECOND;
        }
    }),
    ("a hundredth of the time was stolen", "stolen", |known| {
        known.host.stolen_ns = Some(known.makespan_ns / 100 + 1);
    }),
    ("others used more than a tenth of two processors", "busy", |known| {
        known.makespan_ns = 600 * MILLISECOND;
        known.host.others_ns = Some(120 * MILLISECOND + 1);
    }),
    ("others sent again", "retransmission-elsewhere", |known| {
        known.host.retransmitted_segments = Some(1);
    }),
];

fn raised(known: &Known) -> Vec<String> {
    flags(&known.evidence()).into_iter().map(|flag| flag.name).collect()
}

#[test]
fn a_healthy_trial_has_no_flag() {
    assert!(raised(&healthy()).is_empty());
}

#[test]
fn each_trouble_raises_one_flag_alone_and_voids_nothing() {
    for (what, flag, happens) in TROUBLES {
        let mut known = healthy();
        happens(&mut known);
        assert_eq!(raised(&known), [flag], "{what}");
        let checks = checks(&known.evidence());
        assert!(checks.iter().all(|check| check.ok), "{what}");
    }
}

#[test]
fn a_retransmission_of_ours_is_a_failed_check_and_no_flag() {
    let mut known = healthy();
    known.host.retransmitted_segments = Some(1);
    known.samples.end_ns[5] += 200 * MILLISECOND;
    assert!(raised(&known).is_empty());
}

#[test]
fn fewer_pings_than_lanes_cannot_fill_them() {
    let mut known = healthy();
    (known.spec.concurrency, known.witness.peak_in_flight) = (100, 6);
    assert!(raised(&known).is_empty());
}

#[test]
fn what_the_system_does_not_tell_raises_no_flag() {
    let mut known = healthy();
    known.host = Default::default();
    assert!(raised(&known).is_empty());
}

#[test]
fn a_tenth_of_the_processors_and_less_than_two_ticks_are_not_busy() {
    let mut known = healthy();
    known.makespan_ns = 600 * MILLISECOND;
    known.host.others_ns = Some(120 * MILLISECOND);
    assert!(raised(&known).is_empty());
    // 52 ms on two processors: a tenth is less than the clock's grain.
    let mut short = healthy();
    short.host.others_ns = Some(40 * MILLISECOND);
    assert!(raised(&short).is_empty());
    short.host.others_ns = Some(40 * MILLISECOND + 1);
    assert_eq!(raised(&short), ["busy"]);
    short.host.processors = None;
    assert!(raised(&short).is_empty());
}

#[test]
fn the_machine_disturbs_and_client_and_server_do_not() {
    for (_, name, happens) in TROUBLES {
        let mut known = healthy();
        happens(&mut known);
        let machine = ["stolen", "busy", "retransmission-elsewhere"];
        let [flag] = &flags(&known.evidence())[..] else { panic!("{name}") };
        assert_eq!(flag.disturbs(), machine.contains(&name), "{name}");
    }
}

#[test]
fn one_late_answer_is_not_a_late_server() {
    let mut known = healthy();
    known.witness.stamps[0].wait_ns = 0;
    assert!(raised(&known).is_empty());
    assert_eq!(median_late_ns(&known.witness), Some(50_000));
    known.witness.stamps.clear();
    assert_eq!(median_late_ns(&known.witness), None);
}
