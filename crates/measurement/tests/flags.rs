//! Each flag is raised by one thing, and by that one alone.

mod healthy;

use healthy::{Known, healthy};
use measurement::MILLISECOND;
use measurement::check::{Flag, checks, flags, median_late_ns};

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
    ("others used the processors", "busy", |known| {
        known.host.others_ns = Some(30 * MILLISECOND + 1);
    }),
    ("a segment was sent again", "retransmission", |known| {
        known.host.retransmitted_segments = Some(1);
    }),
];

fn raised(known: &Known) -> Vec<String> {
    flags(&known.evidence()).into_iter().map(|flag| flag.name).collect()
}

#[test]
fn refused_connections_are_marked_like_segments_sent_again() {
    let mut known = healthy();
    known.host.listen_overflows = Some(1);
    assert_eq!(raised(&known), ["retransmission"]);
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

/// More than a tenth of the machine, of both processors, for the whole trial.
#[test]
fn what_others_use_counts_beside_a_long_trial() {
    let mut known = healthy();
    known.makespan_ns = 1000 * MILLISECOND;
    known.host.others_ns = Some(200 * MILLISECOND);
    assert!(raised(&known).is_empty());
    known.host.others_ns = Some(200 * MILLISECOND + 1);
    assert_eq!(raised(&known), ["busy"]);
    known.host.processors = Some(4);
    assert!(raised(&known).is_empty());
}

/// Three ticks of the kernel's clock may be nobody.
#[test]
fn what_others_use_beside_a_short_trial_is_not_told_finely_enough() {
    let mut known = healthy();
    known.host.others_ns = Some(30 * MILLISECOND);
    assert!(raised(&known).is_empty());
}

#[test]
fn of_all_flags_three_say_that_the_machine_disturbed_the_trial() {
    let mut disturb = Vec::new();
    for (what, _, happens) in TROUBLES {
        let mut known = healthy();
        happens(&mut known);
        let raised = flags(&known.evidence());
        assert_eq!(raised.len(), 1, "{what}");
        disturb.extend(raised.into_iter().filter(Flag::disturbs));
    }
    let names: Vec<&str> = disturb.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["stolen", "busy", "retransmission"]);
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
fn one_late_answer_is_not_a_late_server() {
    let mut known = healthy();
    known.witness.stamps[0].wait_ns = 0;
    assert!(raised(&known).is_empty());
    assert_eq!(median_late_ns(&known.witness), Some(50_000));
    known.witness.stamps.clear();
    assert_eq!(median_late_ns(&known.witness), None);
}
