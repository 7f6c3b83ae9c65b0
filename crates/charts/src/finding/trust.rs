//! May the numbers of a run be believed?

use measurement::compare::{Noise, Twins};
use measurement::summary::Summary;

use crate::finding::rounds;
use crate::quantity::{capital, count, percent_up, plural};

/// The finding of the trust chart in a sentence: how far one strategy comes
/// apart from itself, what that means, and what else is to be known before a
/// number is believed.
pub fn finding_trust(summary: &Summary) -> String {
    let trust = &summary.trust;
    let twins: Vec<&Twins> =
        summary.batches.iter().filter_map(|b| b.twins.as_ref()).collect();
    if trust.course.is_empty() && twins.is_empty() {
        return "No trial that counts".to_owned();
    }
    let mut found = apart(&twins);
    let void = trust.trials.saturating_sub(trust.valid);
    for (number, one, many) in [
        (trust.disturbed, "was disturbed", "were disturbed"),
        (void, "does not count", "do not count"),
    ] {
        let what = if number == 1 { one } else { many };
        if number > 0 {
            let trials = plural(trust.trials, "trial");
            found.push_str(&format!("; {number} of {trials} {what}"));
        }
    }
    found
}

/// What the twins say of the machine.
fn apart(twins: &[&Twins]) -> String {
    if twins.is_empty() {
        return "No strategy ran twice: nothing is called a difference"
            .to_owned();
    }
    let of = |noise: Noise| -> Vec<&&Twins> {
        twins.iter().filter(|twins| twins.noise == noise).collect()
    };
    // A batch may be quiet and its floor high: of all the highest is told.
    let floors = twins.iter().filter_map(|twins| twins.floor);
    let floor = percent_up(floors.fold(0.0, f64::max));
    let places = |of: &[&&Twins]| match of.len() {
        all if all == twins.len() => String::new(),
        some => format!(" in {} of {} places", count(some), count(twins.len())),
    };
    let (noisy, too_noisy) = (of(Noise::Noisy), of(Noise::TooNoisy));
    let (quiet, unknown) = (of(Noise::Quiet), of(Noise::Unknown));
    if !too_noisy.is_empty() {
        let there = if too_noisy.len() < twins.len() { " there" } else { "" };
        return format!(
            "Too noisy{}: one strategy comes up to {floor} apart from itself, so \
             nothing is ranked{there}",
            places(&too_noisy),
        );
    }
    if !noisy.is_empty() {
        return format!(
            "Noisy{}: one strategy comes up to {floor} apart from itself; smaller \
             differences are called none",
            places(&noisy),
        );
    }
    if quiet.is_empty() {
        let fewest = unknown.iter().map(|twins| twins.ratio.n).min();
        let rounds = capital(&rounds(fewest.unwrap_or(0)));
        return format!("{rounds}: too few to know what is noise");
    }
    format!(
        "Two names of one strategy come to within {floor}: smaller differences \
         are called none",
    )
}
