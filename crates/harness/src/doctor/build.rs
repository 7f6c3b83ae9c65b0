//! Whether this program was built to be measured.

use measurement::environment::Environment;

use super::finding::{Finding, Trouble};
use crate::called::{INSTALLED, called};

const BUILD: &str = "build";

pub(super) fn look(environment: &Environment) -> Vec<Finding> {
    vec![build(&environment.profile)]
}

/// Judges a profile such as `opt-level 3, debug assertions off`.
fn build(profile: &str) -> Finding {
    let optimised = ["opt-level 3", "opt-level 2"]
        .iter()
        .any(|level| profile.starts_with(level));
    if optimised && profile.ends_with("assertions off") {
        return Finding::fine(BUILD, profile);
    }
    Finding::mend(
        BUILD,
        Trouble::new(
            profile,
            "a ping costs processor time that a reader's program would not",
            match called() {
                INSTALLED => "install it without a profile of your own",
                _ => {
                    "`cargo run -p harness`, whose profile is right, or \
                     `--release`"
                }
            },
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::build;

    #[test]
    fn optimised_and_without_assertions_or_not_at_all() {
        let cases = [
            ("opt-level 3, debug assertions off", "fine"),
            ("opt-level 2, debug assertions off", "fine"),
            ("opt-level 1, debug assertions off", "mend"),
            ("opt-level 0, debug assertions on", "mend"),
            ("opt-level 3, debug assertions on", "mend"),
            ("opt-level s, debug assertions off", "mend"),
        ];
        for (profile, verdict) in cases {
            assert_eq!(build(profile).is(), verdict, "{profile}");
        }
    }
}
