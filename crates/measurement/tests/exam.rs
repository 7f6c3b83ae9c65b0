//! The exam: what is seen of a program, how it is judged, and the schema.

mod exam_case;
mod places;

use exam_case::{
    SECOND, URLS, attempt, did, performance, plain, seen_of, witness, word,
    word_of,
};
use measurement::MILLISECOND;
use measurement::environment::Ended;
use measurement::exam::{
    Did, EXAM_VERSION, Exam, Handed, Lull, Outcome, PLAIN, Performance, Remark,
    Rule, SCENES, Scene, Scored, Seen, Word, judge, named, remarks,
};
use measurement::witness::{End, Stamp, Witness};
use places::{numbers, objects};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn who_asks_for_all_and_tells_what_failed_carries_on_everywhere() {
    for scene in SCENES {
        for pauses in [&[][..], &[1200], &[300, 900]] {
            let good = matches!(scene.rule, Rule::Take | Rule::Spoilt);
            let did = match good {
                true => did(0, "24 ok"),
                false => did(1, "22 ok, 2 failed"),
            };
            let waits = matches!(scene.rule, Rule::Wait(_));
            let pauses =
                if waits && pauses.len() == 2 { &[1200] } else { pauses };
            // Nothing is asked for again that was good.
            let pauses = if good { &[] } else { pauses };
            let found = word(scene.name, pauses, did);
            let wanted = match waits && !pauses.is_empty() {
                true => Word::Waits,
                false => Word::CarriesOn,
            };
            assert_eq!(found, wanted, "{} {pauses:?}", scene.name);
        }
    }
}

#[test]
fn sooner_than_told_or_thrice_without_a_pause_is_a_storm() {
    let bad = || did(1, "2 failed");
    for (scene, pauses, wanted) in [
        ("retry-after", &[0][..], Word::Storms),
        ("retry-after", &[940], Word::Storms),
        ("retry-after", &[960], Word::Waits),
        ("too-many-date", &[500], Word::Storms),
        ("reset", &[1, 1], Word::CarriesOn),
        ("reset", &[1, 1, 1], Word::Storms),
        ("reset", &[100, 200, 400], Word::CarriesOn),
        ("overloaded", &[150; 21], Word::Storms),
        ("overloaded", &[150; 20], Word::CarriesOn),
    ] {
        assert_eq!(word(scene, pauses, bad()), wanted, "{scene} {pauses:?}");
    }
}

/// What the server saw, of a program that was idle for `idle_ms` of each pause
/// and busy, or kept waiting by a busy machine, for the rest of it.
fn word_when_busy(scene: &str, pauses_ms: &[u64], idle_ms: u64) -> Word {
    let scene = named(scene).unwrap();
    let witness = witness(scene, pauses_ms);
    // Of one of those that meet something: the others are a little later.
    let of_one = |stamp: &&Stamp| stamp.seq == 2;
    let lulls: Vec<Lull> = witness
        .stamps
        .iter()
        .filter(of_one)
        .filter_map(|stamp| stamp.sent_ns)
        .map(|from_ns| Lull {
            from_ns,
            to_ns: from_ns + idle_ms * MILLISECOND,
            idle_ns: idle_ms * MILLISECOND,
        })
        .collect();
    let seen = Seen::of(&witness, scene, URLS, 0, Some(&lulls));
    let now = performance(scene, &witness, did(1, "2 failed"));
    word_of(&Performance { seen, ..now })
}

#[test]
fn a_busy_machine_acquits_nobody_and_accuses_nobody() {
    for (scene, pauses, idle, wanted) in [
        // Hasty, and so starved that each pause is a long one.
        ("reset", &[300; 4][..], 0, Word::CannotTell),
        ("overloaded", &[70; 3], 10, Word::CannotTell),
        ("overloaded", &[1; 3], 0, Word::Storms),
        ("overloaded", &[300; 21], 0, Word::Storms),
        // Twice may be by chance.
        ("reset", &[300; 2], 0, Word::CarriesOn),
        // It sleeps for a while, and is kept from going on.
        ("reset", &[300; 4], 50, Word::CarriesOn),
        // It was told a second.
        ("retry-after", &[1200], 200, Word::CannotTell),
        ("retry-after", &[1200], 700, Word::Waits),
        ("retry-after", &[900], 0, Word::Storms),
    ] {
        let found = word_when_busy(scene, pauses, idle);
        assert_eq!(found, wanted, "{scene} {pauses:?} {idle}");
    }
}

#[test]
fn who_always_asks_twice_is_not_said_to_storm() {
    let scene = named("retry-after").unwrap();
    let mut seen = witness(scene, &[0]);
    seen.stamps.push(attempt(1, 500, 520, 200, End::Done));
    let now = performance(scene, &seen, did(1, "4 failed"));
    assert_eq!(now.seen.twice, 1);
    assert_eq!(word_of(&now), Word::CarriesOn);
    assert_eq!(remarks(&now, None), [Remark::AsksTwice]);

    // After a spoilt connection it may have had no good answer.
    let scene = named("wrong-length").unwrap();
    let mut seen = witness(scene, &[]);
    seen.stamps.push(attempt(1, 500, 520, 200, End::Done));
    let now = performance(scene, &seen, did(0, "24 ok"));
    assert_eq!((now.seen.twice, remarks(&now, None)), (1, Vec::new()));
}

#[test]
fn who_asks_for_something_else_beside_the_list_is_judged_by_the_list() {
    for (scene, pauses, did, wanted) in [
        ("retry-after", &[500][..], did(1, ""), Word::Storms),
        ("reset", &[1, 1, 1], did(1, ""), Word::Storms),
        ("reset", &[], did(0, "24 ok"), Word::Hides),
    ] {
        let scene = named(scene).unwrap();
        let robots = attempt(0, 0, 1, 404, End::Done);
        let mut seen = witness(scene, pauses);
        seen.stamps.push(robots);
        seen.numbered_by_arrival = 1;
        let now = performance(scene, &seen, did);
        assert_eq!(word_of(&now), wanted, "{}", scene.name);
    }
    // Here it may be a URL of the list, under another name.
    let mut seen = witness(PLAIN, &[]);
    seen.stamps[3].seq = 0;
    seen.numbered_by_arrival = 1;
    let now = performance(PLAIN, &seen, did(0, "24 ok"));
    assert_eq!(word_of(&now), Word::CannotTell);
}

#[test]
fn who_fails_and_ends_and_speaks_as_if_all_were_well_hides_it() {
    assert_eq!(word("reset", &[], did(0, "24 ok")), Word::Hides);
    for told in [did(1, "24 ok"), did(0, "22 ok"), did(0, "")] {
        assert_eq!(word("reset", &[], told), Word::CarriesOn);
    }
    // Who says too much is not compared.
    let much = Did { said: None, ..did(0, "24 ok") };
    assert_eq!(word("reset", &[], much), Word::CarriesOn);
    // Nothing failed in the end.
    assert_eq!(word("retry-after", &[1100], did(0, "24 ok")), Word::Waits);
    // There was no more of it to have.
    assert_eq!(word("endless-body", &[], did(0, "24 ok")), Word::CarriesOn);
    // Without the plain list nobody knows what it says then.
    let scene = named("reset").unwrap();
    let now = performance(scene, &witness(scene, &[]), did(0, "24 ok"));
    assert_eq!(judge(scene, &now, None).word, Word::CarriesOn);
}

#[test]
fn what_was_never_asked_for_is_given_up_but_not_where_it_may_be_unseen() {
    for (name, wanted) in [
        ("reset", Word::GivesUp),
        ("chunked", Word::GivesUp),
        ("close-unsaid", Word::CannotTell),
        ("wrong-length", Word::CannotTell),
    ] {
        let scene = named(name).unwrap();
        let mut seen = witness(scene, &[]);
        seen.stamps.retain(|stamp| stamp.seq != 9);
        let now = performance(scene, &seen, did(1, "23 ok"));
        assert_eq!(word_of(&now), wanted, "{name}");
    }
    assert_eq!(word("reset", &[], did(139, "")), Word::GivesUp);
    assert_eq!(word("dribble", &[], did(1, "1 failed")), Word::GivesUp);
}

#[test]
fn who_had_to_be_ended_hangs_unless_it_was_still_trying() {
    let up = || Did { outcome: Outcome::TimeUp, exits: vec![], ..did(0, "") };
    assert_eq!(word("hang", &[], up()), Word::Hangs);
    assert_eq!(word("hang", &[1000], up()), Word::Hangs);
    assert_eq!(word("hang", &[7000], up()), Word::CannotTell);
    // It may have wanted no more than a processor.
    let kept = |ms| Did { starved_ns: Some(ms * MILLISECOND), ..up() };
    assert_eq!(word("hang", &[], kept(4900)), Word::Hangs);
    assert_eq!(word("hang", &[], kept(5100)), Word::CannotTell);
    let large = || Did { outcome: Outcome::TooLarge, ..up() };
    assert_eq!(word("endless-body", &[], large()), Word::Hangs);
}

#[test]
fn of_one_url_it_counts_whether_it_was_asked_for_again() {
    for (scene, pauses, wanted) in [
        ("reset", &[][..], Word::GivesUp),
        ("reset", &[300], Word::CarriesOn),
        ("retry-after", &[], Word::GivesUp),
        ("retry-after", &[1100], Word::Waits),
        ("errors", &[], Word::CarriesOn),
        ("refused", &[], Word::CannotTell),
    ] {
        let of = named(scene).unwrap();
        let list = performance(of, &witness(of, pauses), did(1, "failed"));
        let one = Performance { handed: Handed::One, ..list };
        assert_eq!(word_of(&one), wanted, "{scene} {pauses:?}");
    }
}

#[test]
fn what_is_seen_is_counted_by_url() {
    let scene = named("reset").unwrap();
    let seen = Seen::of(&witness(scene, &[50, 300]), scene, URLS, 0, None);
    assert_eq!((seen.struck, seen.struck_again, seen.again), (2, 2, 4));
    assert_eq!((seen.asked, seen.answered, seen.reachable), (24, 22, 24));
    assert_eq!(seen.soonest_ns, Some(50 * MILLISECOND));
    // URLs 2 and 14: twelve milliseconds lie between them.
    assert_eq!(seen.spread_ns, Some(12 * MILLISECOND));
    assert_eq!((seen.most_again, seen.hasty, seen.twice), (2, 0, 0));

    let scene = named("redirect").unwrap();
    let stamps = vec![
        attempt(2, 0, 1, 302, End::Done),
        attempt(2, 2, 3, 200, End::Done),
    ];
    let seen = Seen::of(&seen_of(stamps), scene, URLS, 0, None);
    assert_eq!((seen.followed, seen.again, seen.twice), (1, 0, 0));
}

#[test]
fn what_is_striking_is_remarked() {
    let one = Witness { peak_in_flight: 1, ..witness(PLAIN, &[]) };
    let now = performance(PLAIN, &one, did(0, "24 ok"));
    assert_eq!(remarks(&now, None), [Remark::OneByOne]);
    let few = [Remark::OneByOne, Remark::TooFewAtOnce];
    assert_eq!(remarks(&now, Some(8)), few);
    let each = Witness { connections: 24, ..witness(PLAIN, &[]) };
    let now = performance(PLAIN, &each, did(0, "24 ok"));
    assert_eq!(remarks(&now, Some(8)), [Remark::ConnectionEach]);
    let more = [Remark::TooManyAtOnce, Remark::ConnectionEach];
    assert_eq!(remarks(&now, Some(7)), more);
    // Nobody knows how many it meant to have at once, without a processor.
    let starved = Did { starved_ns: Some(SECOND / 3), ..did(0, "24 ok") };
    let few = Witness { peak_in_flight: 7, ..witness(PLAIN, &[]) };
    let now = performance(PLAIN, &few, starved);
    assert_eq!(remarks(&now, Some(8)), []);
    let left = Did { left_processes: 1, ..did(0, "24 ok") };
    let busy = Witness { in_flight: 1, ..witness(PLAIN, &[]) };
    let now = performance(PLAIN, &busy, left);
    let behind = [Remark::LeavesRequests, Remark::LeavesProcesses];
    assert_eq!(remarks(&now, None), behind);
}

fn any_stamps() -> impl Strategy<Value = Vec<Stamp>> {
    let ends = [End::InFlight, End::Done, End::Aborted, End::Faulted];
    let end = proptest::sample::select(ends.to_vec());
    let statuses = vec![0, 200, 302, 404, 503, 999];
    let status = proptest::sample::select(statuses);
    let stamp = (0..40_u64, 0..12_000_u64, 0..99_u64, status, end);
    let stamp = stamp.prop_map(|(seq, from, long, status, end)| {
        attempt(seq, from, from + long, status, end)
    });
    proptest::collection::vec(stamp, 0..80)
}

proptest! {
    /// Whatever the server saw, there is a word, and what is accused has a
    /// reason in what was seen.
    #[test]
    fn a_word_that_accuses_has_its_reason(
        stamps in any_stamps(),
        place in 0..SCENES.len(),
        exit in proptest::sample::select(vec![0, 1, 139]),
        text in proptest::sample::select(vec!["24 ok", "23 ok"]),
        one in any::<bool>(),
    ) {
        let scene = &SCENES[place];
        let mut now = performance(scene, &seen_of(stamps), did(exit, text));
        if one {
            now.handed = Handed::One;
        }
        let seen = now.seen.clone();
        let verdict = judge(scene, &now, Some(&plain()));
        prop_assert!(!verdict.because.is_empty());
        match verdict.word {
            Word::Storms => prop_assert!(seen.again > 0 && seen.twice == 0),
            Word::Waits => prop_assert!(seen.again > 0),
            Word::Hides => {
                prop_assert!(exit == 0 && text == "24 ok");
                prop_assert!(seen.answered < URLS);
            }
            Word::GivesUp => prop_assert!(
                seen.asked < seen.reachable || exit != 0
                    || seen.struck_again < seen.struck
            ),
            Word::Hangs => prop_assert!(false, "it ended by itself"),
            Word::CarriesOn | Word::CannotTell => {}
        }
        prop_assert!(seen.asked <= URLS && seen.answered <= seen.asked);
        prop_assert!(seen.struck_again <= seen.struck);
    }
}

#[test]
fn the_schema_describes_what_is_written() {
    let scored = |scene: &Scene| {
        let now = performance(
            scene,
            &witness(scene, &[10, 1500]),
            did(1, "22 ok, 2 failed"),
        );
        let verdict = judge(scene, &now, Some(&plain()));
        Scored { verdict, remarks: vec![Remark::OneByOne], performance: now }
    };
    let exam = Exam {
        schema_version: EXAM_VERSION,
        run_id: "exam-2026-01-02T03-04-05Z".to_owned(),
        start_utc: "2026-01-02T03:04:05Z".to_owned(),
        command: vec!["curl".to_owned(), "{urls}".to_owned()],
        handed: Handed::List,
        urls: URLS,
        concurrency: Some(8),
        patience_ns: 10 * SECOND,
        scenes: SCENES.iter().map(scored).collect(),
        end: Ended::Finished,
    };
    let document = json!(exam);
    let schema: Value =
        serde_json::from_str(include_str!("../schemas/exam.json")).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    if let Err(error) = validator.validate(&document) {
        panic!("{}: {error}", error.instance_path());
    }
    let again: Exam = serde_json::from_value(document.clone()).unwrap();
    assert_eq!(again, exam);

    // One scene is enough for what holds for each.
    let mut document = document;
    document["scenes"].as_array_mut().unwrap().truncate(1);
    for word in Word::all() {
        document["scenes"][0]["verdict"]["word"] = json!(word);
        assert!(validator.is_valid(&document), "{word:?}");
    }
    for place in numbers(&document, "") {
        if place.contains("/exits/") {
            continue;
        }
        let mut changed = document.clone();
        *changed.pointer_mut(&place).unwrap() = json!(-1);
        assert!(!validator.is_valid(&changed), "-1 at {place}");
    }
    for place in objects(&document, "") {
        let fields = document.pointer(&place).unwrap().as_object().unwrap();
        let mut more = document.clone();
        more.pointer_mut(&place).unwrap()["surprise"] = json!(1);
        assert!(!validator.is_valid(&more), "one more in {place:?}");
        for name in fields.keys() {
            let mut less = document.clone();
            let object = less.pointer_mut(&place).unwrap();
            object.as_object_mut().unwrap().remove(name);
            assert!(!validator.is_valid(&less), "{place:?} without {name}");
        }
    }
}
