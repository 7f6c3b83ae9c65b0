//! What must hold, and how it is said where it does not.

use crate::bounds::Found;

/// Whether this holds; if not, what contradicts what.
pub(super) fn must(holds: bool, why: impl FnOnce() -> String) -> Found {
    if holds { Ok(()) } else { Err(why()) }
}

/// Whether a number is no more than another one allows; the same below for no
/// less, and for as much.
pub(super) fn at_most(place: &str, number: u64, most: u64, of: &str) -> Found {
    must(number <= most, || format!("`{place}` is {number}, but {of} {most}"))
}

pub(super) fn at_least(
    place: &str,
    number: u64,
    least: u64,
    of: &str,
) -> Found {
    must(number >= least, || format!("`{place}` is {number}, but {of} {least}"))
}

pub(super) fn equal(place: &str, number: u64, other: u64, of: &str) -> Found {
    must(number == other, || format!("`{place}` is {number}, but {of} {other}"))
}
