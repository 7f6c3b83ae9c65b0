//! Words that several lessons say.

use crate::quantity::count;

/// `ten pings`.
pub(super) fn pings(number: usize) -> String {
    let noun = if number == 1 { "ping" } else { "pings" };
    format!("{} {noun}", count(number))
}
