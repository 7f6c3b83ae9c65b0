//! One number over another.

/// None where it would be infinite, or nothing over nothing.
pub(crate) fn ratio(of: f64, to: f64) -> Option<f64> {
    Some(of / to).filter(|ratio| ratio.is_finite())
}
