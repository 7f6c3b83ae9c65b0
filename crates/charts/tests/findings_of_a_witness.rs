//! Every title that what a server saw can call for, which is the verdict on
//! the terminal, too.

use std::num::NonZeroUsize;

use charts::{Observation, caption_witness, finding_witness};
use measurement::MILLISECOND;
use measurement::witness::{End, Stamp, Witness};

/// All answered after `held`, within 65 ms.
fn saw(requests: u64, peak_in_flight: u64, held: u64) -> Witness {
    let stamp = |seq| Stamp {
        seq,
        connection: seq,
        received_ns: 7,
        sent_ns: Some(7 + held),
        wait_ns: held,
        status: 200,
        end: End::Done,
    };
    Witness {
        requests,
        done: requests,
        peak_in_flight,
        first_received_ns: Some(7),
        last_sent_ns: Some(7 + 65 * MILLISECOND),
        stamps: (0..requests).map(stamp).collect(),
        ..Witness::default()
    }
}

fn title(witness: &Witness, program: &str, asked: usize) -> String {
    let asked = NonZeroUsize::new(asked);
    finding_witness(&Observation { witness, program, asked })
}

#[test]
fn the_verdict() {
    let held = 20 * MILLISECOND;
    let verdict =
        |requests, peak, asked| title(&saw(requests, peak, held), "hey", asked);
    let kept = "8 in flight, as asked: 24 requests in 65 ms";
    assert_eq!(verdict(24, 8, 8), kept);
    assert_eq!(verdict(128, 64, 8), "64 in flight, 8 asked for");
    assert_eq!(
        verdict(24, 1, 8),
        "At most 1 of the 8 asked for was in flight: one after another"
    );
    assert_eq!(
        verdict(24, 3, 8),
        "At most 3 of the 8 asked for were in flight: 24 requests in 65 ms"
    );
    assert_eq!(
        verdict(7, 3, 8),
        "At most 3 of the 8 asked for were in flight: there were only 7 requests"
    );
    assert_eq!(
        verdict(1, 1, 8),
        "At most 1 of the 8 asked for was in flight: there was only 1 request"
    );
    assert_eq!(
        verdict(0, 0, 8),
        "The server saw no request: 0 of the 8 asked for"
    );
    assert_eq!(
        title(&Witness { done: 16, ..saw(24, 8, held) }, "hey", 8),
        "8 in flight, as asked: 24 requests, 16 answered"
    );
}

#[test]
fn where_nothing_can_be_told_there_is_a_reason() {
    let why = |witness: &Witness| {
        let asked = NonZeroUsize::new(8);
        let of = Observation { witness, program: "hey", asked };
        let caption = caption_witness(&of);
        (caption.title, caption.also.join(" "))
    };
    let (title, reason) = why(&saw(24, 3, MILLISECOND / 100));
    let soon = "at most 3 of 8 seen in flight, with answers within 10 µs";
    assert_eq!(title, format!("Cannot tell: {soon}"));
    assert!(reason.starts_with("Half of the requests were"), "{reason}");
    assert!(reason.contains("`--wait 20ms`"), "{reason}");
    let behind = Witness { pipelined: 20, ..saw(24, 3, 20 * MILLISECOND) };
    let (title, reason) = why(&behind);
    let queued = "at most 3 of 8 seen in flight, 20 sent behind others";
    assert_eq!(title, format!("Cannot tell: {queued}"));
    assert!(reason.starts_with("20 requests were sent behind"), "{reason}");
    let (_, reason) = why(&saw(24, 3, 20 * MILLISECOND));
    assert_eq!(reason, "", "where it is told there is none");
}

#[test]
fn of_a_program_that_was_asked_for_nothing() {
    let alone = |requests, peak| {
        title(&saw(requests, peak, 20 * MILLISECOND), "hey", 0)
    };
    assert_eq!(alone(0, 0), "The server saw no request of hey");
    assert_eq!(alone(1, 1), "hey sent 1 request");
    assert_eq!(alone(6, 1), "hey sent 6 requests, one after another");
    assert_eq!(
        alone(50, 8),
        "hey had at most 8 in flight: 50 requests in 65 ms"
    );
    assert_eq!(
        title(&saw(6, 1, 9), " ", 0),
        "The program sent 6 requests, one after another"
    );
}
