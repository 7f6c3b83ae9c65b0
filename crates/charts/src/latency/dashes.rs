//! A dashed curve. Each of its pieces is shorter than a dash, so that a dash
//! pattern, which begins anew with each piece, would make it solid.

type Position = (f64, f64);

/// The dashes of the line through these points: `on` long, `off` apart, the
/// first one `phase` before the start.
pub(crate) fn dashes(
    points: &[Position],
    (on, off): (f64, f64),
    phase: f64,
) -> Vec<(Position, Position)> {
    let period = on + off;
    let mut made = Vec::new();
    // How far along the pattern the piece begins.
    let mut along = phase.rem_euclid(period);
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let at = |distance: f64| {
            let share = (distance / length).clamp(0.0, 1.0);
            let between = |a: f64, b: f64| a + share * (b - a);
            (between(from.0, to.0), between(from.1, to.1))
        };
        let mut start = -along;
        while start < length {
            let (first, last) = (start.max(0.0), (start + on).min(length));
            if first < last {
                made.push((at(first), at(last)));
            }
            start += period;
        }
        along = (along + length).rem_euclid(period);
    }
    made
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(pieces: &[(Position, Position)]) -> f64 {
        let length =
            |(a, b): &(Position, Position)| (b.0 - a.0).hypot(b.1 - a.1);
        pieces.iter().map(length).sum()
    }

    #[test]
    fn dashes_go_on_over_the_pieces() {
        let points = [(0.0, 0.0), (3.0, 0.0), (12.0, 0.0)];
        let found = dashes(&points, (4.0, 2.0), 0.0);
        let expected = [
            ((0.0, 0.0), (3.0, 0.0)),
            ((3.0, 0.0), (4.0, 0.0)),
            ((6.0, 0.0), (10.0, 0.0)),
        ];
        assert_eq!(found, expected);
        let later = dashes(&points, (4.0, 2.0), 5.0);
        assert_eq!(later[0], ((1.0, 0.0), (3.0, 0.0)));
    }

    proptest! {
        #[test]
        fn two_thirds_of_any_line_are_drawn(
            lengths in proptest::collection::vec(0.0..9.0_f64, 1..40),
            phase in 0.0..6.0_f64,
        ) {
            let mut points = vec![(0.0, 0.0)];
            for length in &lengths {
                let last = points[points.len() - 1];
                points.push((last.0 + length, 0.0));
            }
            let whole: f64 = lengths.iter().sum();
            let drawn = total(&dashes(&points, (4.0, 2.0), phase));
            prop_assert!((drawn - whole * 2.0 / 3.0).abs() < 4.0 / 3.0 + 1e-6);
        }
    }
}
