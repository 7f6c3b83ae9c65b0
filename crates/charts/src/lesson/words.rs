//! Words that several lessons say.

use crate::quantity::{count, duration};

/// `ten pings`.
pub(super) fn pings(number: usize) -> String {
    let noun = if number == 1 { "ping" } else { "pings" };
    format!("{} {noun}", count(number))
}

/// Tenths of a millisecond, where they matter.
pub(super) fn precise(ns: f64) -> String {
    if ns < 1e9 { format!("{:.1} ms", ns / 1e6) } else { duration(ns) }
}
