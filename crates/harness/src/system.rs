//! Reading what the system tells in files. Elsewhere than on Linux there are
//! none, and nothing is told.

use std::fs;
use std::str::FromStr;

/// The text of a file, without the white space around it.
pub(crate) fn text(path: &str) -> Option<String> {
    Some(fs::read_to_string(path).ok()?.trim().to_owned())
}

/// The number that a file holds.
pub(crate) fn number<T: FromStr>(path: &str) -> Option<T> {
    text(path)?.parse().ok()
}
