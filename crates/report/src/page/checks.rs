//! What "counts" means: the checks of a trial, and how many passed each.

use measurement::check::{CHECKS, meaning};
use measurement::record::{Outcome, Trial};

use super::section::Section;

/// A row for each check that a trial was held against; none if no trial was.
pub(super) fn checks(trials: &[Trial]) -> Option<Section> {
    let made = trials.iter().filter_map(|trial| match &trial.outcome {
        Outcome::Measured(measured) => Some(&measured.checks),
        Outcome::Failed { .. } => None,
    });
    let made: Vec<_> = made.flatten().collect();
    let row = |name: &str| {
        let all = made.iter().filter(|check| check.name == name);
        let passed = all.clone().filter(|check| check.ok).count();
        let all = all.count();
        let words = meaning(name).unwrap_or_default().to_owned();
        let cells =
            || vec![name.to_owned(), format!("{passed} of {all}"), words];
        (all > 0).then(cells)
    };
    let rows: Vec<_> =
        CHECKS.iter().filter_map(|(name, _)| row(name)).collect();
    (!rows.is_empty()).then(|| Section {
        heading: "What counts: the checks of a trial".to_owned(),
        text: "A trial counts where all of its checks hold. That it took long \
               is none of them."
            .to_owned(),
        headers: ["check", "trials that passed", "what it says"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        open: false,
    })
}
