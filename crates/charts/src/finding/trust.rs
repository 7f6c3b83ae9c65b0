//! May the numbers of a run be believed?

use measurement::compare::Twins;
use measurement::summary::Summary;
use measurement::waits::Waits;

use crate::finding::{fitting, rounds};
use crate::quantity::{capital, floor_percent, plural};

/// The finding of the trust chart in a sentence: how far one strategy comes
/// apart from itself, with waits and without.
pub fn finding_trust(summary: &Summary) -> String {
    let twins: Vec<&Twins> =
        summary.batches.iter().filter_map(|b| b.twins.as_ref()).collect();
    if summary.trust.course.is_empty() && twins.is_empty() {
        return "No trial that counts".to_owned();
    }
    if twins.is_empty() {
        return "No strategy ran twice, so nobody knows what is noise"
            .to_owned();
    }
    let highest = |waits: bool| {
        let batches = summary.batches.iter();
        let batches = batches.filter(|b| (b.waits != Waits::None) == waits);
        // A batch may be quiet and its floor high: of all the highest is told.
        batches.filter_map(|b| b.twins.as_ref()?.floor).reduce(f64::max)
    };
    let differs = |floor: f64| {
        let floor = floor_percent(floor);
        // Such as `over 999 %`.
        let up_to = if floor.starts_with("over") { "" } else { "up to " };
        format!("Run twice, a program's median times are {up_to}{floor} apart")
    };
    match (highest(true), highest(false)) {
        (Some(with), Some(without)) => {
            let both = differs(with.max(without));
            let without_waits = floor_percent(without);
            let apart =
                format!("{}, without waits {without_waits}", differs(with));
            match floor_percent(with) == floor_percent(without) {
                true => both,
                false => fitting([apart, both]),
            }
        }
        (Some(floor), _) | (None, Some(floor)) => differs(floor),
        (None, None) => {
            let fewest = twins.iter().map(|twins| twins.ratio.n).min();
            let rounds = rounds(fewest.unwrap_or(0));
            capital(&format!("{rounds}: too few to know what is noise"))
        }
    }
}

/// How many trials were disturbed and how many do not count, a sentence each.
pub(crate) fn left(summary: &Summary) -> Vec<String> {
    let trust = &summary.trust;
    let void = trust.trials.saturating_sub(trust.valid);
    [
        (trust.disturbed, "was disturbed", "were disturbed"),
        (void, "does not count", "do not count"),
    ]
    .into_iter()
    .filter(|(number, ..)| *number > 0)
    .map(|(number, one, many)| {
        let what = if number == 1 { one } else { many };
        format!("{number} of {} {what}.", plural(trust.trials, "trial"))
    })
    .collect()
}
