//! The formulas of sharing: known values, and what holds for any list.

use std::num::NonZeroUsize;

use measurement::MILLISECOND;
use measurement::makespan::{bound, queue, sequential, shares, waves};
use measurement::waits::{BOOK_STATUSES, UNEVEN_WAITS_US, Waits};
use proptest::collection::vec;
use proptest::prelude::*;

type Makespan = fn(&[u64], NonZeroUsize) -> u64;

/// The three ways of sharing.
const WAYS: [Makespan; 3] = [waves, shares, queue];

fn at_once(concurrency: usize) -> NonZeroUsize {
    NonZeroUsize::new(concurrency).unwrap()
}

#[test]
fn equal_waits_make_a_staircase_however_they_are_shared() {
    let waits = Waits::Fixed(50 * MILLISECOND).of(100);
    for (concurrency, expected_ms) in
        [(1, 5000), (3, 1700), (10, 500), (33, 200), (34, 150), (100, 50)]
    {
        for way in WAYS {
            assert_eq!(
                way(&waits, at_once(concurrency)),
                expected_ms * MILLISECOND,
                "{concurrency} at once"
            );
        }
    }
    assert_eq!(sequential(&waits), 5000 * MILLISECOND);
}

#[test]
fn six_waits_of_the_book_take_what_the_book_says() {
    let waits = Waits::Book.of(BOOK_STATUSES.len());
    let centiseconds = |ns: u64| (ns as f64 / 1e7).round();
    assert_eq!(sequential(&waits), 6 * 137 * MILLISECOND);
    assert_eq!(centiseconds(sequential(&waits)), 82.0);
    for way in WAYS.into_iter().chain([bound as Makespan]) {
        assert_eq!(way(&waits, at_once(6)), 137 * MILLISECOND);
        assert_eq!(centiseconds(way(&waits, at_once(6))), 14.0);
    }
}

#[test]
fn a_small_example_by_hand() {
    let waits = [4, 1, 1, 2, 3];
    assert_eq!(sequential(&waits), 11);
    // 11 / 2, rounded up; the longest is 4.
    assert_eq!(bound(&waits, at_once(2)), 6);
    // (4 1) (1 2) (3)
    assert_eq!(waves(&waits, at_once(2)), 9);
    // 4 1 3 and 1 2
    assert_eq!(shares(&waits, at_once(2)), 8);
    // 4 3 and 1 1 2
    assert_eq!(queue(&waits, at_once(2)), 7);
}

#[test]
fn shares_may_beat_a_queue_by_luck() {
    let waits = [2, 1, 1, 2];
    assert_eq!(shares(&waits, at_once(2)), 3);
    assert_eq!(queue(&waits, at_once(2)), 4);
}

#[test]
fn nothing_to_do_takes_no_time() {
    for way in WAYS.into_iter().chain([bound as Makespan]) {
        assert_eq!(way(&[], at_once(8)), 0);
    }
    assert_eq!(sequential(&[]), 0);
}

#[test]
fn sums_stop_at_the_largest_number_and_lanes_at_the_last_wait() {
    let waits = [u64::MAX; 5];
    for way in WAYS.into_iter().chain([bound as Makespan]) {
        assert_eq!(way(&waits, at_once(2)), u64::MAX);
        assert_eq!(way(&waits, NonZeroUsize::MAX), u64::MAX);
        assert_eq!(way(&[1, 2], NonZeroUsize::MAX), 2);
    }
    assert_eq!(sequential(&waits), u64::MAX);
}

#[test]
fn the_uneven_waits_are_what_their_comment_says() {
    let waits = Waits::Uneven.of(48);
    assert_eq!(UNEVEN_WAITS_US.len(), 48);
    assert_eq!(waits[0], u64::from(UNEVEN_WAITS_US[0]) * 1000);
    let mean_us = sequential(&waits) / 48 / 1000;
    assert!((19_000..=21_000).contains(&mean_us), "{mean_us}");
    assert!(waits.iter().all(|wait| *wait <= 120 * MILLISECOND));
}

#[test]
fn the_uneven_waits_keep_the_ways_of_sharing_apart() {
    let waits = Waits::Uneven.of(48);
    let [waves, shares, queue] = WAYS.map(|way| way(&waits, at_once(8)) as f64);
    assert!(waves >= 1.4 * shares, "{waves} {shares}");
    assert!(shares >= 1.25 * queue, "{shares} {queue}");
}

#[test]
fn waits_are_repeated_over_and_over() {
    assert_eq!(Waits::None.of(3), [0, 0, 0]);
    assert_eq!(Waits::Fixed(7).of(2), [7, 7]);
    let uneven = Waits::Uneven.of(100);
    assert_eq!(uneven[..48], uneven[48..96]);
    assert_eq!(uneven[96..], uneven[..4]);
    assert!(Waits::Book.of(0).is_empty());
}

#[test]
fn five_equal_waits_on_two_lanes_are_three_in_a_row() {
    // The sum alone would allow 25.
    assert_eq!(bound(&[10; 5], at_once(2)), 30);
    // Three of the long ones on two lanes: one has two of them.
    assert_eq!(bound(&[1, 10, 10, 1, 10], at_once(2)), 20);
}

/// The shortest makespan over all assignments of these waits to lanes.
fn shortest(waits: &[u64], lanes: &mut [u64]) -> u64 {
    let Some((first, rest)) = waits.split_first() else {
        return lanes.iter().copied().max().unwrap_or(0);
    };
    let tried = (0..lanes.len()).map(|lane| {
        lanes[lane] += first;
        let makespan = shortest(rest, lanes);
        lanes[lane] -= first;
        makespan
    });
    tried.min().unwrap_or(0)
}

fn waits() -> impl Strategy<Value = Vec<u64>> {
    vec(0..=120 * MILLISECOND, 0..60)
}

proptest! {
    #[test]
    fn each_way_lies_between_the_bound_and_one_after_another(
        waits in waits(),
        concurrency in 1..80_usize,
    ) {
        let concurrency = at_once(concurrency);
        for way in WAYS {
            let takes = way(&waits, concurrency);
            prop_assert!(bound(&waits, concurrency) <= takes);
            prop_assert!(takes <= sequential(&waits));
        }
    }

    #[test]
    fn equal_waits_are_bound_by_whole_turns(
        wait in 0..=120 * MILLISECOND,
        n in 0..300_usize,
        concurrency in 1..80_usize,
    ) {
        let turns = n.div_ceil(concurrency) as u64;
        prop_assert_eq!(
            bound(&vec![wait; n], at_once(concurrency)),
            wait * turns
        );
    }

    #[test]
    fn no_assignment_at_all_beats_the_bound(
        waits in vec(0..20_u64, 0..7),
        concurrency in 1..4_usize,
    ) {
        let best = shortest(&waits, &mut vec![0; concurrency]);
        prop_assert!(bound(&waits, at_once(concurrency)) <= best);
    }

    #[test]
    fn nothing_is_slower_than_waves(
        waits in waits(),
        concurrency in 1..80_usize,
    ) {
        let slowest = waves(&waits, at_once(concurrency));
        prop_assert!(shares(&waits, at_once(concurrency)) <= slowest);
        prop_assert!(queue(&waits, at_once(concurrency)) <= slowest);
    }

    /// `sum / c + (1 - 1/c) max`, times c.
    #[test]
    fn a_queue_keeps_graham_s_promise(
        waits in waits(),
        concurrency in 1..80_usize,
    ) {
        let c = concurrency as u64;
        let longest = waits.iter().copied().max().unwrap_or(0);
        let promise = sequential(&waits) + (c - 1) * longest;
        prop_assert!(queue(&waits, at_once(concurrency)) * c <= promise);
    }

    #[test]
    fn one_lane_takes_the_sum(waits in waits()) {
        for way in WAYS.into_iter().chain([bound as Makespan]) {
            prop_assert_eq!(way(&waits, at_once(1)), sequential(&waits));
        }
    }

    #[test]
    fn a_lane_for_each_takes_the_longest(
        waits in waits(),
        spare in 1..9_usize,
    ) {
        let longest = waits.iter().copied().max().unwrap_or(0);
        let concurrency = at_once(waits.len() + spare);
        for way in WAYS.into_iter().chain([bound as Makespan]) {
            prop_assert_eq!(way(&waits, concurrency), longest);
        }
    }
}
