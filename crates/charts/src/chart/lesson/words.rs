//! Words that several lessons say.

use crate::quantity::{count, duration};

/// `ten pings`.
pub(super) fn pings(number: usize) -> String {
    let noun = if number == 1 { "ping" } else { "pings" };
    format!("{} {noun}", count(number))
}

/// What the server does before each answer of a batch of equal waits.
pub(super) fn wait(ns: f64) -> String {
    format!("the server waits {} before each answer", duration(ns))
}
