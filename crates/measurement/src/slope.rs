//! What one more of something costs.

/// Slope and intercept of a line through these points (x, y) that a few wrong
/// ones do not bend: the median of the slopes of all pairs (Theil 1950, Sen
/// 1968), and the median of what is left at x = 0. None without two different
/// x, or if a number is infinite or not one.
pub fn theil_sen(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let slopes = points.iter().enumerate().flat_map(|(i, (x, y))| {
        let later = points[i + 1..].iter();
        later
            .filter(move |(other, _)| other != x)
            .map(move |(other_x, other_y)| (other_y - y) / (other_x - x))
    });
    let slope = median(&slopes.collect::<Vec<_>>())?;
    let rests = points.iter().map(|(x, y)| y - slope * x);
    Some((slope, median(&rests.collect::<Vec<_>>())?))
}

fn median(numbers: &[f64]) -> Option<f64> {
    crate::statistics::estimate(numbers).map(|estimate| estimate.median)
}
