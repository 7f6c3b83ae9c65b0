//! Of programs that are made up, and whose times are off.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use measurement::MILLISECOND;
use measurement::shape::{Doubt, Shape};
use measurement::waits::Waits;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// One request: how long the server holds it, and how long the program takes
/// until it sends it, once it may; ns.
pub(crate) type Request = (u64, u64);

/// In waves.
pub(crate) fn waves(requests: &[Request], slots: usize) -> Vec<(u64, u64)> {
    let (mut now, mut flights) = (0, Vec::new());
    for wave in requests.chunks(slots) {
        let begun = now;
        for (hold, late) in wave {
            let from = begun + late;
            flights.push((from, from + hold));
            now = now.max(from + hold);
        }
    }
    flights
}

/// By a queue.
fn queue(requests: &[Request], slots: usize) -> Vec<(u64, u64)> {
    let mut free = BinaryHeap::from(vec![Reverse(0); slots]);
    let mut flight = |(hold, late): &Request| {
        let mut first = free.peek_mut().expect("a slot");
        let from = first.0 + late;
        first.0 = from + hold;
        (from, from + hold)
    };
    requests.iter().map(&mut flight).collect()
}

/// In parts that are each done one by one.
fn parts<'a>(parts: impl Iterator<Item = Vec<&'a Request>>) -> Vec<(u64, u64)> {
    let mut flights = Vec::new();
    for part in parts {
        let mut now = 0;
        for (hold, late) in part {
            flights.push((now + late, now + late + hold));
            now += late + hold;
        }
    }
    flights
}

/// In shares that are dealt like cards.
pub(crate) fn shares(requests: &[Request], slots: usize) -> Vec<(u64, u64)> {
    let share = |i| requests.iter().skip(i).step_by(slots).collect();
    parts((0..slots).map(share))
}

/// In shares that are cut.
pub(crate) fn pieces(requests: &[Request], slots: usize) -> Vec<(u64, u64)> {
    let size = requests.len().div_ceil(slots).max(1);
    parts(requests.chunks(size).map(|piece| piece.iter().collect()))
}

type Program = fn(&[Request], usize) -> Vec<(u64, u64)>;

const PROGRAMS: [(Shape, Program); 4] = [
    (Shape::Waves, waves),
    (Shape::Queue, queue),
    (Shape::Shares, shares),
    (Shape::Shares, pieces),
];

/// Whether no two overlap.
fn is_one_by_one(flights: &[(u64, u64)]) -> bool {
    let mut flights = flights.to_vec();
    flights.sort_unstable();
    flights.windows(2).all(|pair| pair[0].1 <= pair[1].0)
}

/// Whether the last began before the first ended.
fn is_all_at_once(flights: &[(u64, u64)]) -> bool {
    let last = flights.iter().map(|(from, _)| *from).max();
    flights.iter().all(|(_, to)| Some(*to) > last)
}

/// The word is the true one, or none is said. Two words say what was seen,
/// whatever the program meant.
fn is_no_wrong_word(said: Shape, meant: Shape, flights: &[(u64, u64)]) -> bool {
    match said {
        Shape::OneByOne => is_one_by_one(flights),
        Shape::AllAtOnce => is_all_at_once(flights),
        said => said == meant || matches!(said, Shape::CannotTell(_)),
    }
}

/// Holds and lateness of requests, ns.
fn requests(
    hold: impl Strategy<Value = u64>,
    late: impl Strategy<Value = u64>,
) -> impl Strategy<Value = Vec<Request>> {
    vec((hold, late), 2..160)
}

/// Waits of some milliseconds, a few of which are far longer.
fn uneven() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => MILLISECOND..40 * MILLISECOND,
        1 => MILLISECOND..200 * MILLISECOND,
    ]
}

/// A program on a busy machine: some 100 µs, and now and then it is stalled.
fn busy() -> impl Strategy<Value = u64> {
    prop_oneof![
        20 => 0..300_000_u64,
        2 => 0..3 * MILLISECOND,
        1 => 0..30 * MILLISECOND,
    ]
}

/// How often each word is said of each program, of so many lists.
fn said(
    lists: impl Strategy<Value = Vec<Request>>,
    many: usize,
) -> Vec<(Shape, Shape)> {
    // The same ones each time: what is counted must not be luck.
    let mut runner = TestRunner::deterministic();
    let mut said = Vec::new();
    for _ in 0..many {
        let pick = (&lists, 2..17_usize).new_tree(&mut runner);
        let (requests, slots) = pick.expect("a list").current();
        for (meant, program) in PROGRAMS {
            let flights = program(&requests, slots);
            let shape = Shape::of_flights(&flights);
            assert!(
                is_no_wrong_word(shape, meant, &flights),
                "{shape:?} of {meant:?}, {slots} slots: {requests:?}"
            );
            said.push((meant, shape));
        }
    }
    said
}

/// How many of a shape's programs are called by their word, of 100.
fn right(said: &[(Shape, Shape)], meant: Shape) -> usize {
    let of_it = said.iter().filter(|(true_one, _)| *true_one == meant);
    let right = of_it.clone().filter(|(_, shape)| *shape == meant).count();
    100 * right / of_it.count()
}

#[test]
fn uneven_waits_tell_most_programs_and_none_wrongly() {
    let said = said(requests(uneven(), 0..300_000_u64), 2000);
    assert!(right(&said, Shape::Waves) > 80, "waves");
    assert!(right(&said, Shape::Queue) > 50, "a queue");
    // With few requests a share, all may be done together.
    assert!(right(&said, Shape::Shares) > 40, "shares");
}

#[test]
fn no_wrong_word_of_a_program_on_a_busy_machine() {
    let said = said(requests(uneven(), busy()), 2000);
    assert!(right(&said, Shape::Waves) > 60, "waves");
}

#[test]
fn no_wrong_word_of_even_waits() {
    let even = 20 * MILLISECOND..20 * MILLISECOND + 400_000;
    let said = said(requests(even, busy()), 2000);
    assert_eq!(right(&said, Shape::Queue), 0, "a stall is no sign of a queue");
}

/// All waits the same, and no program is ever late.
#[test]
fn even_waves_a_queue_and_shares_are_alike() {
    let requests = vec![(20 * MILLISECOND, 0); 64];
    for (meant, program) in PROGRAMS {
        let flights = program(&requests, 8);
        let alike = Shape::CannotTell(Doubt::Alike);
        assert_eq!(Shape::of_flights(&flights), alike, "{meant:?}");
    }
}

/// The list of the course, with what a program takes to answer.
#[test]
fn the_uneven_list_tells_each() {
    let of = |slots, late| -> Vec<Shape> {
        let waits = Waits::Uneven.of(48);
        let requests: Vec<Request> =
            waits.into_iter().map(|wait| (wait, late)).collect();
        let shape =
            |program: Program| Shape::of_flights(&program(&requests, slots));
        let programs: [Program; 3] = [waves, queue, shares];
        programs.map(shape).to_vec()
    };
    use Shape::{AllAtOnce, OneByOne, Queue, Shares, Waves};
    for late in [0, 100_000] {
        assert_eq!(of(8, late), [Waves, Queue, Shares], "{late}");
        assert_eq!(of(1, late), [OneByOne; 3], "{late}");
        assert_eq!(of(48, late), [AllAtOnce; 3], "{late}");
    }
}

/// Two at once, of which one has one long request and the other all others:
/// the server cannot know whether that was said beforehand.
#[test]
fn what_two_slots_do_is_told_only_where_no_refill_is_guessed() {
    let long = (500 * MILLISECOND, 0);
    let short = (50 * MILLISECOND, 0);
    let list = [&[long][..], &[short; 9]].concat();
    assert_eq!(Shape::of_flights(&queue(&list, 2)), Shape::Queue);
    assert_eq!(Shape::of_flights(&shares(&list, 2)), Shape::Shares);
}

/// All of them were to be sent at once, and the machine did something else
/// after the sixth.
#[test]
fn one_stall_makes_no_waves() {
    let waits = Waits::Uneven.of(48);
    let stalled = |many: usize| {
        let flight = |(i, wait): (usize, &u64)| {
            let from = if i < many { 0 } else { 52 * MILLISECOND };
            (from, from + wait)
        };
        let flights: Vec<_> =
            waits[..11].iter().enumerate().map(flight).collect();
        Shape::of_flights(&flights)
    };
    assert_eq!(stalled(6), Shape::CannotTell(Doubt::Alike));
    assert_eq!(stalled(11), Shape::AllAtOnce);
}

/// A queue two of whose slots are given up is no program with shares.
#[test]
fn a_queue_that_loses_slots_is_no_shares() {
    let waits = Waits::Uneven.of(48);
    let mut free = [0; 6];
    let mut flights = Vec::new();
    for (i, wait) in waits.iter().enumerate() {
        let slots = if i < 12 { 6 } else { 4 };
        let first = (0..slots).min_by_key(|slot| free[*slot]).expect("a slot");
        flights.push((free[first], free[first] + wait));
        free[first] += wait;
    }
    let none = Shape::CannotTell(Doubt::NoPattern);
    assert_eq!(Shape::of_flights(&flights), none);
}

/// An answer that is back at once tells nothing of what comes next; that all
/// were in flight together is seen all the same.
#[test]
fn answers_at_once_tell_little() {
    let waits = Waits::Uneven.of(48).into_iter();
    let requests: Vec<Request> = waits.map(|wait| (wait / 100, 0)).collect();
    for (meant, program) in PROGRAMS {
        let shape = |slots| Shape::of_flights(&program(&requests, slots));
        let at_once = Shape::CannotTell(Doubt::AnsweredAtOnce);
        assert_eq!(shape(8), at_once, "{meant:?}");
        assert_eq!(shape(1), at_once, "{meant:?}");
        assert_eq!(shape(48), Shape::AllAtOnce, "{meant:?}");
    }
}

proptest! {
    /// Whatever a file says, and in whatever order.
    #[test]
    fn any_times_have_a_shape(
        times in vec((any::<u64>(), any::<u64>()), 0..60),
        turn in any::<prop::sample::Index>(),
    ) {
        let shape = Shape::of_flights(&times);
        let mut other = times.clone();
        other.rotate_left(turn.index(times.len() + 1).min(times.len()));
        prop_assert_eq!(Shape::of_flights(&other), shape);
    }

    /// Only how the times lie to each other counts.
    #[test]
    fn when_a_program_began_does_not_matter(
        requests in requests(uneven(), busy()),
        slots in 1..17_usize,
        begun in 0..u64::MAX / 2,
    ) {
        for (_, program) in PROGRAMS {
            let flights = program(&requests, slots);
            let later = |(from, to): &(u64, u64)| (from + begun, to + begun);
            let moved: Vec<_> = flights.iter().map(later).collect();
            let shape = Shape::of_flights(&flights);
            prop_assert_eq!(Shape::of_flights(&moved), shape);
        }
    }

    /// One by one and all at once are what was seen, not what was meant.
    #[test]
    fn one_by_one_and_all_at_once_are_seen(
        requests in requests(uneven(), busy()), slots in 1..17_usize,
    ) {
        for (_, program) in PROGRAMS {
            let flights = program(&requests, slots);
            let shape = Shape::of_flights(&flights);
            let one = is_one_by_one(&flights);
            prop_assert_eq!(shape == Shape::OneByOne, one);
            let all = is_all_at_once(&flights);
            prop_assert_eq!(shape == Shape::AllAtOnce, all);
        }
    }
}
