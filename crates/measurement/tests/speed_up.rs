//! Speed-ups of the waits alone: known values, what holds for any list, and a
//! schedule that is played through ping by ping.

use std::num::NonZeroUsize;

use measurement::MILLISECOND;
use measurement::lanes;
use measurement::makespan;
use measurement::speed_up::{Point, earliest, of_sharing, roof};
use measurement::waits::Waits;
use measurement::ways::Sharing::{self, *};
use proptest::collection::vec;
use proptest::prelude::*;

/// What rounding may do to a ratio.
const EXACT: f64 = 1.0 + 1e-12;

fn up_to(most: usize) -> NonZeroUsize {
    NonZeroUsize::new(most).unwrap()
}

fn at(curve: &[Point], level: usize) -> f64 {
    let mut points = curve.iter();
    points.find(|p| p.concurrency.get() == level).unwrap().speed_up
}

/// To a hundredth, as a chart would write it.
fn hundredths(speed_up: f64) -> f64 {
    (speed_up * 100.0).round() / 100.0
}

/// At 16 the queue is at the roof, before all others; at 48 everybody is, as
/// every ping is in flight.
#[test]
fn the_uneven_waits_have_a_roof_that_the_queue_reaches_first() {
    let waits = Waits::Uneven.of(48);
    for (sharing, expected) in [
        (OneByOne, [1.0; 4]),
        (Waves, [1.87, 2.85, 4.41, 9.37]),
        (Shares, [3.01, 4.76, 7.17, 9.37]),
        (Queue, [3.71, 6.14, 9.37, 9.37]),
    ] {
        let curve = of_sharing(sharing, &waits, up_to(256));
        let found = [4, 8, 16, 48].map(|level| hundredths(at(&curve, level)));
        assert_eq!(found, expected, "{sharing:?}");
    }
    let roof = roof(&waits).unwrap();
    assert_eq!(hundredths(roof), 9.37);
    let below = |sharing| {
        let curve = of_sharing(sharing, &waits, up_to(256));
        curve.iter().filter(|point| point.speed_up < roof).count()
    };
    assert_eq!([Queue, Shares, Waves].map(below), [15, 34, 47]);
    let best = earliest(&waits, up_to(256));
    assert_eq!([8, 16].map(|c| hundredths(at(&best, c))), [8.0, 9.37]);
}

#[test]
fn a_curve_has_every_level_and_the_makespans_that_it_is_made_of() {
    let waits = [4 * MILLISECOND, MILLISECOND, MILLISECOND];
    let point = |concurrency, makespan_ms, speed_up| Point {
        concurrency: up_to(concurrency),
        makespan_ns: makespan_ms * MILLISECOND,
        speed_up,
    };
    let expected = [point(1, 6, 1.0), point(2, 4, 1.5), point(3, 4, 1.5)];
    assert_eq!(of_sharing(Queue, &waits, up_to(3)), expected);
    assert_eq!(earliest(&waits, up_to(3)), expected);
    let waves = [point(1, 6, 1.0), point(2, 5, 1.2), point(3, 4, 1.5)];
    assert_eq!(of_sharing(Waves, &waits, up_to(3)), waves);
}

#[test]
fn where_nothing_waits_or_no_formula_says_it_there_is_no_curve() {
    for waits in [vec![], Waits::None.of(5)] {
        assert_eq!(of_sharing(Queue, &waits, up_to(9)), []);
        assert_eq!(earliest(&waits, up_to(9)), []);
        assert_eq!(roof(&waits), None);
    }
    assert_eq!(of_sharing(Retries, &[7, 8], up_to(9)), []);
}

#[test]
fn sums_that_stop_at_the_largest_number_still_make_ratios() {
    let waits = [u64::MAX; 5];
    assert_eq!(roof(&waits), Some(1.0));
    let curve = of_sharing(Waves, &waits, up_to(6));
    assert!(curve.iter().all(|point| point.speed_up == 1.0), "{curve:?}");
}

/// Plays it through: when each ping starts and ends, slot by slot.
fn played(sharing: Sharing, waits: &[u64], c: usize) -> Vec<(u64, u64)> {
    let mut slots = vec![0_u64; c];
    let mut times = Vec::new();
    for (i, wait) in waits.iter().enumerate() {
        let slot = match sharing {
            Waves | Shares => i % c,
            _ => (0..c).min_by_key(|slot| slots[*slot]).unwrap(),
        };
        if sharing == Waves && slot == 0 {
            // Nobody starts the next wave before the last of this one ends.
            let all = slots.iter().copied().max().unwrap();
            slots.fill(all);
        }
        let start = slots[slot];
        slots[slot] += wait;
        times.push((start, slots[slot]));
    }
    times
}

fn waits() -> impl Strategy<Value = Vec<u64>> {
    vec(0..=120 * MILLISECOND, 1..60)
        .prop_filter("some wait", |waits| waits.iter().any(|wait| *wait > 0))
}

proptest! {
    #[test]
    fn each_curve_is_what_a_schedule_comes_to(
        waits in waits(),
        c in 1..80_usize,
    ) {
        let sum = makespan::sequential(&waits) as f64;
        for sharing in [Waves, Shares, Queue] {
            let times = played(sharing, &waits, c);
            let end = times.iter().map(|(_, end)| *end).max().unwrap();
            let curve = of_sharing(sharing, &waits, up_to(c));
            prop_assert_eq!(curve.len(), c);
            let last = curve.last().unwrap();
            prop_assert_eq!(last.concurrency.get(), c);
            prop_assert_eq!(last.makespan_ns, end, "{:?}", sharing);
            prop_assert_eq!(last.speed_up, sum / end as f64);
            // Never more of them at once than may be.
            let busy: Vec<(u64, u64)> =
                times.into_iter().filter(|(from, to)| from < to).collect();
            let lanes = lanes::assign(&busy);
            prop_assert!(lanes.iter().all(|lane| *lane < c));
        }
    }

    #[test]
    fn no_curve_is_above_the_earliest_end_the_diagonal_or_the_roof(
        waits in waits(),
        most in 1..80_usize,
    ) {
        let roof = roof(&waits).unwrap();
        let best = earliest(&waits, up_to(most));
        prop_assert_eq!(best.len(), most);
        for point in &best {
            let diagonal = point.concurrency.get() as f64;
            prop_assert!(point.speed_up <= diagonal.min(roof) * EXACT);
            prop_assert!(point.speed_up >= 1.0);
        }
        for sharing in [Waves, Shares, Queue] {
            let curve = of_sharing(sharing, &waits, up_to(most));
            for (own, best) in curve.iter().zip(&best) {
                prop_assert!(own.speed_up <= best.speed_up);
                prop_assert!(own.speed_up >= 1.0);
            }
        }
    }

    /// Waves and shares may well: where a wave or a share ends is luck.
    #[test]
    fn one_more_in_flight_makes_neither_the_queue_nor_the_earliest_end_slower(
        waits in waits(),
    ) {
        for curve in [
            earliest(&waits, up_to(80)),
            of_sharing(Queue, &waits, up_to(80)),
        ] {
            prop_assert!(curve.is_sorted_by_key(|point| point.speed_up));
        }
    }

    #[test]
    fn waves_are_never_above_the_others(waits in waits()) {
        let waves = of_sharing(Waves, &waits, up_to(80));
        for other in [Shares, Queue] {
            let other = of_sharing(other, &waits, up_to(80));
            for (waves, other) in waves.iter().zip(&other) {
                prop_assert!(waves.speed_up <= other.speed_up);
            }
        }
    }

    #[test]
    fn with_a_slot_for_each_ping_all_are_at_the_roof(waits in waits()) {
        let roof = roof(&waits).unwrap();
        let enough = waits.len();
        for sharing in [Waves, Shares, Queue] {
            let curve = of_sharing(sharing, &waits, up_to(enough));
            prop_assert_eq!(at(&curve, enough), roof);
        }
    }
}
