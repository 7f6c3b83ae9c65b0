//! In which order strategies are told of.

use crate::ways;

/// Each name once, ours in the order of the lessons, strangers behind them.
pub(super) fn in_order<'a>(
    names: impl Iterator<Item = &'a str>,
) -> Vec<&'a str> {
    let place = |name: &str| {
        ways::all().position(|way| way.id == name).unwrap_or(usize::MAX)
    };
    let mut names: Vec<&str> = names.collect();
    names.sort_by_key(|name| (place(name), *name));
    names.dedup();
    names
}
