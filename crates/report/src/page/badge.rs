//! How far the numbers may be trusted, in a sentence and a colour.

use measurement::environment::Ended;
use measurement::quantity::number;
use measurement::summary::Trust;

use super::super::trust::{belief, holds};

/// What the badge says. Its colour stands in it as a word: not everybody sees
/// colours, and paper may have none.
pub(super) struct Badge {
    /// Its class on the page.
    pub(super) class: &'static str,
    /// `Green`.
    pub(super) colour: &'static str,
    /// Why it has that colour, as a sentence.
    pub(super) why: String,
}

/// The badge of a run.
pub(super) fn badge(trust: &Trust) -> Badge {
    let class = belief(trust);
    let (colour, part) = match class {
        "holds" => ("Green", "fewer than 1 in 20"),
        "doubtful" => ("Amber", "1 in 20 or more"),
        _ => ("Red", "1 in 5 or more"),
    };
    let Trust { trials, valid, measured, disturbed, .. } = *trust;
    let mut why = if !holds(trust) {
        let void = trials - valid;
        format!("{} of {} trials do not count", number(void), number(trials))
    } else if measured == 0 {
        "no trial was measured".to_owned()
    } else if disturbed == 0 {
        let all = number(measured);
        format!("the machine disturbed none of {all} trials; all of them count")
    } else {
        format!(
            "the machine disturbed {} of {} trials, {part}; all of them count",
            number(disturbed),
            number(measured),
        )
    };
    let ended = trust.end.as_ref().map(|end| end.how);
    if ended != Some(Ended::Finished) || trust.torn {
        why.push_str("; the run did not come to its end");
    }
    why.push('.');
    Badge { class, colour, why }
}

#[cfg(test)]
mod tests {
    use measurement::environment::RunEnd;

    use super::*;

    fn said(disturbed: usize, valid: usize) -> String {
        let end = Some(RunEnd { how: Ended::Finished, trials: 100 });
        let (trials, measured) = (100, 100);
        let trust = Trust {
            trials,
            measured,
            disturbed,
            valid,
            end,
            ..Trust::default()
        };
        let Badge { colour, why, .. } = badge(&trust);
        format!("{colour}: {why}")
    }

    #[test]
    fn the_words_are_those_of_the_colour() {
        assert_eq!(
            said(4, 100),
            "Green: the machine disturbed 4 of 100 trials, fewer than 1 in \
             20; all of them count."
        );
        let none = said(0, 100);
        assert!(none.contains("none of 100 trials; all of them"), "{none}");
        assert!(said(5, 100).starts_with("Amber: "));
        assert!(said(5, 100).contains(", 1 in 20 or more;"));
        assert!(said(20, 100).contains(", 1 in 5 or more;"));
        assert_eq!(said(4, 98), "Red: 2 of 100 trials do not count.");
    }

    #[test]
    fn a_run_that_was_cut_short_says_so() {
        let trust =
            Trust { trials: 1, measured: 1, valid: 1, ..Trust::default() };
        let why = badge(&trust).why;
        assert!(why.ends_with("; the run did not come to its end."), "{why}");
    }
}
