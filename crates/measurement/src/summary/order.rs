//! In which order strategies are told of.

use crate::record::Trial;

/// The strategies of these trials, those of `order` first and in its order.
pub(super) fn in_order<'a>(
    trials: &[&'a Trial],
    order: &[&str],
) -> Vec<&'a str> {
    let mut names: Vec<&str> =
        trials.iter().map(|trial| trial.spec.strategy.as_str()).collect();
    let place = |name: &str| {
        order.iter().position(|s| *s == name).unwrap_or(order.len())
    };
    names.sort_by_key(|name| (place(name), *name));
    names.dedup();
    names
}
