//! What must hold of every picture of what a server saw.

use std::num::NonZeroUsize;

use measurement::claim::Claim;
use measurement::makespan;
use measurement::witness::{End, Stamp, Witness};
use proptest::prelude::*;

use super::{
    area_of, assert_readable, complaint, fixture, flights, footer, name, words,
};
use crate::caption_witness;
use crate::chart::witness::seen::Seen;
use crate::chart::witness::{Observation, finding_witness, scenes};
use crate::finding::LONGEST;
use crate::palette::Paint;
use crate::scene::{Area, Dash, Mark, Scene, Shape};

fn observed(of: &Observation<'_>) -> Option<[Scene; 2]> {
    let seen = Seen::new(of.witness, of.asked)?;
    Some(scenes(of, &seen, &finding_witness(of), &footer()))
}

/// The scenes of a program that was asked to have so many in flight, if any.
fn drawn(witness: &Witness, program: &str, asked: usize) -> [Scene; 2] {
    let asked = NonZeroUsize::new(asked);
    observed(&Observation { witness, program, asked }).unwrap()
}

/// So many requests, so many at a time, all answered.
fn answered(requests: u64, at_once: u64) -> Witness {
    let mut witness = fixture::witness(requests, at_once);
    for stamp in &mut witness.stamps {
        stamp.end = End::Done;
        stamp.sent_ns = Some(stamp.received_ns + stamp.wait_ns);
    }
    witness.last_sent_ns =
        witness.stamps.iter().filter_map(|stamp| stamp.sent_ns).max();
    Witness { done: requests, in_flight: 0, aborted: 0, ..witness }
}

/// What is filled with a paint among the rows: neither the key nor the patch
/// behind a label.
fn rows(scene: &Scene, paint: Paint) -> Vec<Area> {
    let filled = |mark: &&Mark| {
        let told = !mark.hover.is_empty();
        mark.paint == paint && matches!(mark.shape, Shape::Bar(_)) && told
    };
    scene.marks.iter().filter(filled).map(area_of).collect()
}

fn dashed(scene: &Scene) -> Vec<Area> {
    let upright = |mark: &&Mark| match mark.shape {
        Shape::Line { from, to, dash, .. } => {
            dash == Dash::Dashed && from.0 == to.0
        }
        _ => false,
    };
    scene.marks.iter().filter(upright).map(area_of).collect()
}

#[test]
fn any_number_of_slots_can_be_read() {
    for (requests, at_once) in [(1, 1), (6, 1), (50, 8), (3000, 100)] {
        for asked in [0, 1, 2, 8, 9, 64, 300, usize::MAX] {
            let witness = fixture::witness(requests, at_once);
            assert_readable(&drawn(&witness, "oha -n 50 -c 8", asked));
            let witness = answered(requests, at_once);
            assert_readable(&drawn(&witness, "oha", asked));
        }
    }
}

#[test]
fn each_slot_that_was_asked_for_has_a_row_and_others_are_dark() {
    for (at_once, asked, extra) in
        [(1, 8, 0), (8, 8, 0), (3, 2, 1), (64, 8, 56), (64, 64, 0)]
    {
        let witness = answered(2 * at_once.max(12), at_once);
        for scene in drawn(&witness, "mine", asked) {
            let mut idle = rows(&scene, Paint::Idle);
            idle.dedup_by(|a, b| a.top == b.top);
            assert_eq!(idle.len(), asked, "{at_once} for {asked}");
            let limit = idle.last().unwrap().bottom;
            let mut dark = rows(&scene, Paint::Ink);
            assert!(dark.iter().all(|bar| bar.top > limit));
            assert!(rows(&scene, Paint::Other).iter().all(|b| b.top < limit));
            dark.sort_by(|a, b| a.top.total_cmp(&b.top));
            dark.dedup_by(|a, b| a.top == b.top);
            assert_eq!(dark.len(), extra, "{at_once} for {asked}");
        }
    }
    // Nobody has asked: as many rows as there were at once.
    for scene in drawn(&answered(24, 3), "mine", 0) {
        assert_eq!(rows(&scene, Paint::Idle).len(), 3);
        assert!(rows(&scene, Paint::Ink).is_empty());
    }
}

#[test]
fn slots_that_nobody_used_are_counted() {
    let counted = |witness: &Witness, asked| {
        drawn(witness, "mine", asked).map(|scene| {
            let mut labels = scene.labels.into_iter();
            let label = labels.find(|l| l.text.ends_with(" not used"));
            label.map(|label| label.text).unwrap_or_default()
        })
    };
    let said = |text: &str| [text.to_owned(), text.to_owned()];
    assert_eq!(counted(&answered(24, 1), 8), said("7 slots not used"));
    assert_eq!(counted(&answered(24, 8), 8), said(""));
    assert_eq!(counted(&answered(24, 8), 0), said(""));
    // What is not drawn may have used them.
    assert_eq!(counted(&answered(3000, 1), 8), said(""));
    // Answers may be back too soon to tell.
    let mut soon = answered(24, 1);
    let stamps = soon.stamps.iter_mut();
    stamps.for_each(|stamp| stamp.sent_ns = Some(stamp.received_ns + 9));
    assert_eq!(counted(&soon, 8), said(""));
    let nothing = Witness::default();
    assert_eq!(counted(&nothing, 8), said("8 slots not used"));
    assert_readable(&drawn(&nothing, "mine", 8));
}

#[test]
fn the_dashed_rule_is_the_earliest_possible_end() {
    let mut uneven = answered(24, 8);
    uneven.stamps[7].wait_ns *= 9;
    uneven.stamps[7].sent_ns = Some(uneven.last_sent_ns.unwrap() + 1);
    uneven.last_sent_ns = uneven.stamps[7].sent_ns;
    for (witness, asked) in [
        (answered(24, 1), 8),
        (answered(24, 8), 8),
        (answered(24, 8), 2),
        (uneven, 8),
    ] {
        let limit = NonZeroUsize::new(asked).unwrap();
        let waits = witness.waits_kept().unwrap();
        let earliest = makespan::bound(&waits, limit);
        let span = witness.span_ns().unwrap();
        for scene in drawn(&witness, "mine", asked) {
            let slot = rows(&scene, Paint::Idle)[0];
            // In the key it lies flat.
            let rules = dashed(&scene);
            assert_eq!(rules.len(), 1);
            let scale = span as f64 / (slot.right - slot.left);
            let at = (rules[0].left - slot.left) * scale;
            assert!((at - earliest as f64).abs() < 10.0, "{at} {earliest}");
        }
    }
}

#[test]
fn there_is_no_rule_where_nobody_knows_it() {
    let none = |witness: &Witness, asked| {
        let scenes = drawn(witness, "mine", asked);
        scenes.iter().all(|scene| dashed(scene).is_empty())
    };
    let whole = answered(24, 8);
    assert!(!none(&whole, 8));
    assert!(none(&whole, 0), "nobody has asked");
    let dropped = Witness { requests: 30, stamps_dropped: 6, ..whole.clone() };
    assert!(none(&dropped, 8), "some waits are not known");
    let mut at_once = whole.clone();
    at_once.stamps.iter_mut().for_each(|stamp| stamp.wait_ns = 0);
    assert!(none(&at_once, 8), "nothing waits");
    let mut given_up = whole;
    given_up.stamps[3].end = End::Aborted;
    assert!(none(&given_up, 8), "the program did not wait");
}

#[test]
fn a_request_tells_its_times() {
    for scene in drawn(&fixture::witness(50, 8), "mine", 8) {
        let told = |text: &str| scene.marks.iter().any(|m| m.hover == text);
        assert!(told("request 0: 0 to 20 ms, answered 200"));
        assert!(told("request 11: 22 to 32 ms, given up by the program"));
    }
    for scene in drawn(&answered(24, 1), "mine", 8) {
        let told = |text: &str| scene.marks.iter().any(|m| m.hover == text);
        assert!(told("slot 1: 24 requests, idle for 23 ms"));
        assert!(told("slot 8: 0 requests, idle for 503 ms"));
    }
}

#[test]
fn what_does_not_fit_is_counted() {
    let witness = fixture::witness(3000, 300);
    let seen = Seen::new(&witness, None).unwrap();
    assert_eq!(seen.slots, 256);
    assert_eq!(seen.bars.len() as u64 + seen.left_out, 3000);
    assert!(seen.bars.len() <= 1800);
    let [wide, _] = words(&drawn(&witness, "mine", 300));
    let wide = wide.join(" ");
    assert!(wide.contains(" of 3,000 requests."), "{wide}");
    assert!(wide.contains("Drawn: 256 of 300 slots."), "{wide}");
}

#[test]
fn the_words_of_what_was_seen() {
    for (name, witness, asked) in [
        ("not-asked", fixture::witness(50, 8), 0),
        ("as-asked", answered(48, 8), 8),
        ("one-by-one", answered(24, 1), 8),
        ("more", answered(48, 8), 2),
        ("unanswered", fixture::witness(50, 8), 8),
        ("nothing", Witness::default(), 8),
    ] {
        let asked_for = NonZeroUsize::new(asked);
        let of =
            Observation { witness: &witness, program: "oha", asked: asked_for };
        let caption = caption_witness(&of);
        let scenes = drawn(&witness, "oha", asked);
        insta::assert_json_snapshot!(
            name,
            (words(&scenes), caption.description)
        );
    }
}

fn any_witness() -> impl Strategy<Value = Witness> {
    let count = || prop_oneof![0..70_u64, any::<u64>()];
    let counts = [count(), count(), count(), count()];
    (flights(), counts, any::<bool>()).prop_map(|(flights, counts, own)| {
        let stamps: Vec<Stamp> = (0_u64..)
            .zip(flights)
            .map(|(seq, (from, hold))| Stamp {
                seq,
                connection: seq,
                received_ns: 77 + from,
                sent_ns: (hold % 3 != 0).then_some(77 + from + hold),
                wait_ns: hold,
                status: 200,
                end: match hold % 3 {
                    0 => End::InFlight,
                    2 if own => End::Aborted,
                    _ => End::Done,
                },
            })
            .collect();
        let [requests, peak_in_flight, pipelined, done] = counts;
        Witness {
            requests: if own { stamps.len() as u64 } else { requests },
            peak_in_flight,
            pipelined,
            done,
            first_received_ns: stamps.first().map(|s| s.received_ns),
            last_sent_ns: stamps.last().and_then(|s| s.sent_ns),
            stamps,
            ..Witness::default()
        }
    })
}

fn any_asked() -> impl Strategy<Value = Option<NonZeroUsize>> {
    prop_oneof![0..300_usize, any::<usize>()].prop_map(NonZeroUsize::new)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_witness_can_be_read(
        witness in any_witness(),
        program in name(),
        asked in any_asked(),
    ) {
        let of = Observation { witness: &witness, program: &program, asked };
        for scene in observed(&of).unwrap() {
            prop_assert_eq!(complaint(&scene), None);
        }
    }

    #[test]
    fn every_title_is_short_and_has_the_number_that_was_asked_for(
        witness in any_witness(),
        program in "\\PC{0,90}",
        asked in any_asked(),
    ) {
        let of = Observation { witness: &witness, program: &program, asked };
        let title = finding_witness(&of);
        let length = title.chars().count();
        prop_assert!(length <= LONGEST, "{length}: {title}");
        let nothing = witness.requests == 0;
        if let Some(asked) = asked.filter(|_| !nothing) {
            let number = crate::quantity::number(asked.get());
            prop_assert!(title.contains(&number), "{title}");
            let claim = Claim::judge(&witness, asked);
            let more = title.ends_with(" asked for");
            prop_assert_eq!(more, claim == Claim::MoreThanAsked, "{}", title);
        }
    }
}
