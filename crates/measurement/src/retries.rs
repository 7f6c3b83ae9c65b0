//! How many requests a server sees of clients that try again: formula F10 of
//! the course. It is counting: the sum of a geometric series.

/// The requests that `pings` pings are on average, if every request fails with
/// this probability, whatever else happens, and each ping is tried again so
/// often at most.
///
/// Without a budget, and if every failure is tried again.
pub fn requests(pings: f64, failing: f64, retries: u32) -> f64 {
    let failing = failing.clamp(0.0, 1.0);
    let attempts = f64::from(retries) + 1.0;
    if failing < 1.0 {
        pings * (1.0 - failing.powf(attempts)) / (1.0 - failing)
    } else {
        pings * attempts
    }
}

/// The most requests that one ping can become, if so many layers try again so
/// often each, and none of them knows of the others; at most `u64::MAX`.
pub fn most_with_layers(retries: u32, layers: u32) -> u64 {
    (u64::from(retries) + 1).saturating_pow(layers)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Term by term, as the series is written.
    fn added_up(pings: f64, failing: f64, retries: u32) -> f64 {
        let mut asked = pings;
        let mut sum = 0.0;
        for _ in 0..=retries {
            sum += asked;
            asked *= failing;
        }
        sum
    }

    #[test]
    fn the_formula_is_the_sum() {
        for failing in [0.0, 0.1, 0.5, 0.99, 1.0] {
            for retries in 0..6 {
                let (formula, sum) = (
                    requests(100.0, failing, retries),
                    added_up(100.0, failing, retries),
                );
                assert!((formula - sum).abs() < 1e-9, "{failing} {retries}");
            }
        }
    }

    #[test]
    fn layers_multiply() {
        assert_eq!(most_with_layers(3, 1), 4);
        assert_eq!(most_with_layers(2, 2), 9);
        assert_eq!(most_with_layers(3, 3), 64);
        assert_eq!(most_with_layers(u32::MAX, u32::MAX), u64::MAX);
    }
}
