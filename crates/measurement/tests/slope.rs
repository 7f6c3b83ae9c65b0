//! The line that a wild point does not bend.

use measurement::slope::theil_sen;
use proptest::collection::vec;
use proptest::prelude::*;

#[test]
fn without_two_different_x_there_is_no_line() {
    assert_eq!(theil_sen(&[]), None);
    assert_eq!(theil_sen(&[(1.0, 2.0)]), None);
    assert_eq!(theil_sen(&[(1.0, 2.0), (1.0, 5.0)]), None);
}

#[test]
fn what_is_no_number_makes_no_line() {
    for wrong in [f64::NAN, f64::INFINITY] {
        assert_eq!(theil_sen(&[(1.0, wrong), (2.0, 3.0)]), None);
        assert_eq!(theil_sen(&[(wrong, 1.0), (2.0, 3.0)]), None);
    }
}

/// Numbers whose differences are exact.
fn whole() -> impl Strategy<Value = f64> {
    (-1000..1000_i32).prop_map(f64::from)
}

proptest! {
    #[test]
    fn a_line_is_found_exactly(
        slope in whole(),
        base in whole(),
        xs in proptest::collection::btree_set(0..600_u16, 2..20),
    ) {
        let line = |x: u16| (f64::from(x), base + slope * f64::from(x));
        let mut points: Vec<(f64, f64)> = xs.into_iter().map(line).collect();
        prop_assert_eq!(theil_sen(&points), Some((slope, base)));
        points.reverse();
        prop_assert_eq!(theil_sen(&points), Some((slope, base)));
    }

    #[test]
    fn one_wild_point_does_not_bend_it(
        slope in whole(),
        base in whole(),
        wild in 0..7_usize,
        by in -1e9..1e9_f64,
    ) {
        let xs = [1.0, 2.0, 8.0, 64.0, 128.0, 256.0, 512.0];
        let mut points = xs.map(|x| (x, base + slope * x));
        points[wild].1 += by;
        prop_assert_eq!(theil_sen(&points), Some((slope, base)));
    }

    #[test]
    fn any_points_have_a_line_of_numbers_or_none(
        points in vec(any::<(f64, f64)>(), 0..12),
    ) {
        if let Some((slope, base)) = theil_sen(&points) {
            prop_assert!(slope.is_finite() && base.is_finite());
        }
    }
}
