//! What was heard of a liar, and whether that is as it should be.

use measurement::record::{Outcome, Trial};

use super::liar::Liar;

/// A liar's trial, and what spoke against it.
pub(super) struct Heard {
    pub(super) liar: &'static Liar,
    pub(super) trial: Trial,
    /// The checks that failed and the flags that were raised: name, figures.
    pub(super) against: Vec<(String, String)>,
    pub(super) as_it_should: bool,
}

impl Heard {
    pub(super) fn failed(&self) -> bool {
        matches!(self.trial.outcome, Outcome::Failed { .. })
    }

    pub(super) fn of(liar: &'static Liar, trial: Trial) -> Heard {
        let against = against(&trial);
        let names: Vec<&str> =
            against.iter().map(|(name, _)| name.as_str()).collect();
        let measured = matches!(trial.outcome, Outcome::Measured(_));
        let as_it_should = measured && as_it_should(liar, &names);
        Heard { liar, trial, against, as_it_should }
    }
}

fn against(trial: &Trial) -> Vec<(String, String)> {
    let Outcome::Measured(measured) = &trial.outcome else {
        return Vec::new();
    };
    let failed = measured.checks.iter().filter(|check| !check.ok);
    let failed = failed.map(|check| (&check.name, &check.detail));
    let raised = measured.flags.iter().map(|flag| (&flag.name, &flag.detail));
    failed
        .chain(raised)
        .map(|(name, detail)| (name.clone(), detail.clone()))
        .collect()
}

/// Whether a liar was caught by the finding that its row names; of the honest
/// one, whether nothing spoke against it that catches liars. That the machine
/// was disturbed is nobody's lie.
fn as_it_should(liar: &Liar, against: &[&str]) -> bool {
    match liar.caught_by {
        Some(finding) => against.contains(&finding.name()),
        None => !against.iter().any(|name| accuses(name)),
    }
}

pub(super) fn accuses(name: &str) -> bool {
    // The other flags speak of the server and the machine, which are no liars.
    !matches!(name, "server-late" | "stolen" | "busy" | "retransmission")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cheats::{HONEST, LIARS};

    #[test]
    fn only_the_finding_that_is_named_catches_a_liar() {
        let liar =
            LIARS.iter().find(|liar| liar.name == "cheat-drops-one").unwrap();
        assert!(as_it_should(liar, &["stolen", "seen-equals-sent"]));
        assert!(!as_it_should(liar, &[]), "got through");
        assert!(!as_it_should(liar, &["each-once"]), "by another check");
    }

    #[test]
    fn the_honest_one_is_accused_of_lies_and_not_of_the_machine() {
        assert!(as_it_should(&HONEST, &[]));
        assert!(as_it_should(&HONEST, &["stolen", "busy", "server-late"]));
        for finding in LIARS.iter().filter_map(|liar| liar.caught_by) {
            assert!(!as_it_should(&HONEST, &[finding.name()]), "{finding:?}");
        }
    }
}
