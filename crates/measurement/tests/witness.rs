//! What can be computed from what the server saw.

use measurement::witness::{End, Stamp, Witness};

fn stamp(received_ns: u64, sent_ns: Option<u64>, wait_ns: u64) -> Stamp {
    Stamp {
        seq: 0,
        connection: 0,
        received_ns,
        sent_ns,
        wait_ns,
        status: 200,
        end: End::Done,
    }
}

fn seen(first: Option<u64>, last: Option<u64>, in_flight_ns: u64) -> Witness {
    Witness {
        first_received_ns: first,
        last_sent_ns: last,
        in_flight_ns,
        ..Witness::default()
    }
}

#[test]
fn a_hold_is_from_arrival_to_answer_and_what_exceeds_the_wait_is_late() {
    let stamp = stamp(100, Some(160), 50);
    assert_eq!((stamp.hold_ns(), stamp.late_ns()), (Some(60), Some(10)));
}

#[test]
fn an_answer_before_its_time_is_not_late() {
    // A client that was gone leaves early.
    assert_eq!(stamp(100, Some(120), 50).late_ns(), Some(0));
    assert_eq!(stamp(100, Some(90), 0).hold_ns(), Some(0));
}

#[test]
fn a_request_in_flight_has_no_hold_yet() {
    assert_eq!(stamp(100, None, 50).hold_ns(), None);
    assert_eq!(stamp(100, None, 50).late_ns(), None);
}

#[test]
fn the_mean_in_flight_is_the_area_over_the_span() {
    let seen = seen(Some(100), Some(300), 500);
    assert_eq!(seen.span_ns(), Some(200));
    assert_eq!(seen.mean_in_flight(), Some(2.5));
}

#[test]
fn without_a_span_there_is_no_mean() {
    for seen in [
        seen(None, None, 0),
        seen(Some(100), None, 500),
        seen(Some(100), Some(100), 0),
        seen(Some(u64::MAX), Some(0), u64::MAX),
    ] {
        assert_eq!(seen.mean_in_flight(), None, "{seen:?}");
    }
}

#[test]
fn waits_are_known_where_each_request_was_seen_and_answered() {
    let whole = Witness {
        requests: 2,
        // A refusal comes sooner than the wait that there was to be.
        stamps: vec![stamp(100, Some(160), 50), stamp(100, Some(120), 50)],
        ..Witness::default()
    };
    assert_eq!(whole.waits_kept(), Some(vec![50, 20]));
    let dropped = Witness { requests: 3, ..whole.clone() };
    let in_flight = Witness {
        stamps: vec![stamp(100, Some(160), 50), stamp(100, None, 50)],
        ..whole.clone()
    };
    let mut given_up = whole.clone();
    given_up.stamps[1].end = End::Aborted;
    let at_once = vec![stamp(100, Some(160), 0); 2];
    let at_once = Witness { stamps: at_once, ..whole };
    for seen in [dropped, in_flight, given_up, at_once, Witness::default()] {
        assert_eq!(seen.waits_kept(), None, "{seen:?}");
    }
}
