//! Lanes of a waterfall.

use measurement::lanes::assign;
use proptest::collection::vec;
use proptest::prelude::*;

#[test]
fn the_lowest_free_lane_is_taken() {
    let intervals = [(0, 9), (1, 4), (2, 3), (3, 5), (4, 6), (9, 10)];
    assert_eq!(assign(&intervals), [0, 1, 2, 2, 1, 0]);
}

#[test]
fn the_order_given_does_not_matter() {
    assert_eq!(assign(&[(5, 6), (0, 3), (1, 2)]), [0, 0, 1]);
}

#[test]
fn no_intervals_need_no_lane() {
    assert!(assign(&[]).is_empty());
}

#[test]
fn an_interval_that_ends_before_it_starts_is_an_empty_one() {
    assert_eq!(assign(&[(5, 2), (5, 9), (6, 7)]), [0, 0, 1]);
    assert_eq!(assign(&[(u64::MAX, 0), (0, u64::MAX)]), [0, 0]);
}

/// The most intervals that overlap anywhere. That is at the start of one.
fn most_at_once(intervals: &[(u64, u64)]) -> usize {
    let at = |time| {
        intervals.iter().filter(move |(from, to)| (*from..*to).contains(&time))
    };
    intervals.iter().map(|(start, _)| at(*start).count()).max().unwrap_or(0)
}

proptest! {
    #[test]
    fn no_two_overlap_in_a_lane_and_no_lane_is_wasted(
        starts_and_lengths in vec((0..100_u64, 1..30_u64), 0..60),
    ) {
        let intervals: Vec<(u64, u64)> = starts_and_lengths
            .into_iter()
            .map(|(start, length)| (start, start + length))
            .collect();
        let lanes = assign(&intervals);
        prop_assert_eq!(lanes.len(), intervals.len());
        for (i, one) in intervals.iter().enumerate() {
            for (j, other) in intervals.iter().enumerate().skip(i + 1) {
                let overlap = one.0 < other.1 && other.0 < one.1;
                prop_assert!(
                    lanes[i] != lanes[j] || !overlap,
                    "{one:?} and {other:?} are both in lane {}", lanes[i]
                );
            }
        }
        let used = lanes.iter().max().map_or(0, |lane| lane + 1);
        prop_assert_eq!(used, most_at_once(&intervals));
    }
}
