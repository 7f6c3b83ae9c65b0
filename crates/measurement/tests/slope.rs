//! A line that a few wrong points do not bend.

use measurement::slope::theil_sen;
use proptest::collection::vec;
use proptest::prelude::*;

const LEVELS: [f64; 5] = [1.0, 64.0, 128.0, 256.0, 512.0];

fn line(slope: f64, base: f64) -> Vec<(f64, f64)> {
    LEVELS.iter().map(|x| (*x, base + slope * x)).collect()
}

#[test]
fn a_line_needs_two_different_places() {
    assert_eq!(theil_sen(&[]), None);
    assert_eq!(theil_sen(&[(1.0, 2.0)]), None);
    assert_eq!(theil_sen(&[(1.0, 2.0), (1.0, 9.0)]), None);
    assert_eq!(theil_sen(&[(1.0, 2.0), (3.0, 8.0)]), Some((3.0, -1.0)));
}

#[test]
fn one_wild_point_does_not_bend_it() {
    for wild in 0..LEVELS.len() {
        for off in [1e9, -1e9] {
            let mut points = line(49_000.0, 8e6);
            points[wild].1 += off;
            let (slope, base) = theil_sen(&points).unwrap();
            assert!((slope / 49_000.0 - 1.0).abs() < 1e-9, "{wild}: {slope}");
            assert!((base / 8e6 - 1.0).abs() < 1e-9, "{wild}: {base}");
        }
    }
}

#[test]
fn what_is_no_number_has_no_slope() {
    assert_eq!(theil_sen(&[(1.0, f64::NAN), (2.0, 1.0)]), None);
    assert_eq!(theil_sen(&[(1.0, f64::INFINITY), (2.0, 1.0)]), None);
    assert_eq!(theil_sen(&[(0.0, -f64::MAX), (1.0, f64::MAX)]), None);
}

proptest! {
    #[test]
    fn an_exact_line_is_found_again(
        slope in -1_000..1_000_i32,
        base in -100_000..100_000_i32,
    ) {
        let (slope, base) = (f64::from(slope), f64::from(base));
        let mut points = line(slope, base);
        prop_assert_eq!(theil_sen(&points), Some((slope, base)));
        points.reverse();
        prop_assert_eq!(theil_sen(&points), Some((slope, base)));
    }

    #[test]
    fn of_any_points_it_is_finite_or_none(
        points in vec((any::<f64>(), any::<f64>()), 0..8),
    ) {
        if let Some((slope, base)) = theil_sen(&points) {
            prop_assert!(slope.is_finite() && base.is_finite());
        }
    }
}
