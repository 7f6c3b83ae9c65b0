use super::exercise::{Exercise, Finding, Given};
use crate::course::printed::printed;

pub(super) const ALL: &[Exercise] = &[
    Exercise {
        lesson: 4,
        name: "first_500",
        proof: "four were in flight at once, and after the 500 nobody began another",
        given: tenth_fails,
        judge: |seen| {
            let pings = printed(seen);
            let failed = pings.iter().filter(|p| p.outcome.starts_with("500"));
            vec![
                Finding::exactly("at once", seen.witness.peak_in_flight, 4),
                Finding::at_most("requests", seen.witness.requests, 13),
                Finding::exactly("answered 500", failed.count(), 1),
                Finding::exactly(
                    "results",
                    pings.len() as u64,
                    seen.witness.requests,
                ),
            ]
        },
    },
    Exercise {
        lesson: 4,
        name: "smallest_hang",
        proof: "it hangs with that many and ends with one less, with queues and workers as they were",
        given: || Given::numbered(20, 1),
        judge: |seen| {
            let tried = |what: &str| {
                let suffix = format!(" URLs: {what}");
                let lines = seen.lines.iter();
                let counts = lines
                    .filter_map(|line| line.strip_suffix(suffix.as_str()))
                    .filter_map(|count| count.parse::<usize>().ok());
                counts.collect::<Vec<_>>()
            };
            let (ended, hung) = (tried(END), tried(HANGS));
            let place = JOBS + WORKERS + RESULTS;
            // Not which numbers they should be: that is the question.
            let hangs = if hung.is_empty() { END } else { HANGS };
            let ends = if ended.is_empty() { HANGS } else { END };
            let as_given = ended.iter().all(|count| *count <= place)
                && hung.iter().all(|count| *count > place);
            vec![
                Finding::exactly("`SMALLEST` URLs", hangs, HANGS),
                Finding::exactly("one less", ends, END),
                Finding::exactly(
                    "queues and workers as they were",
                    if as_given { "yes" } else { "no" },
                    "yes",
                ),
            ]
        },
    },
    Exercise {
        lesson: 4,
        name: "std_channel",
        proof: "four were in flight at once: nobody held the lock during a ping",
        given: || Given::numbered(12, 350),
        judge: |seen| {
            vec![
                Finding::exactly("at once", seen.witness.peak_in_flight, 4),
                Finding::exactly("requests", seen.witness.requests, 12),
                Finding::exactly("results", printed(seen).len(), 12),
            ]
        },
    },
];

/// The queues and the workers between them, as the exercise has them. A list
/// hangs as soon as it has no place in them (three more settings in the trap's
/// test).
const JOBS: usize = 5;
const WORKERS: usize = 3;
const RESULTS: usize = 2;

const END: &str = "came to an end";
const HANGS: &str = "hangs";

/// The tenth is answered so long before those beside it that whoever sees it
/// has time to tell the others.
fn tenth_fails() -> Given {
    let mut given = Given::numbered(40, 300);
    given.paths[9] = "/500?seq=9&sleep=20".to_owned();
    given
}
