//! What follows from what the server saw.

use std::num::NonZeroUsize;
use std::process::ExitStatus;

use measurement::claim::Claim;
use measurement::earliest::Earliest;
use measurement::expectation::Expectation;
use measurement::judgement::{Judgement, VERSION};
use measurement::shape::Shape;
use measurement::witness::{Testimony, Witness};
use report::Folder;

use crate::interrupt::INTERRUPTED;
use crate::usage::MISSED;

/// What somebody wants of a program.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// How many requests in flight.
    pub(super) asked: Option<NonZeroUsize>,
    pub(super) expectations: Vec<Expectation>,
}

/// What came of it, for a program that has ended so; `stopped` by Ctrl-C.
pub(super) fn judge(
    testimony: &Testimony,
    wanted: &Wanted,
    ended: ExitStatus,
    stopped: bool,
    folder: &Folder,
) -> Judgement {
    let seen = &testimony.witness;
    let claim = wanted.asked.map(|asked| Claim::judge(seen, asked));
    let expectations: Vec<_> =
        wanted.expectations.iter().map(|e| e.judge(seen)).collect();
    let missed = claim.is_some_and(Claim::is_missed)
        || expectations.iter().any(|outcome| !outcome.met);
    let earliest = Earliest::of(seen, wanted.asked);
    Judgement {
        schema_version: VERSION,
        exit_code: match (stopped, missed, ended.success()) {
            (true, _, _) => INTERRUPTED,
            (false, true, _) => MISSED,
            (false, false, true) => 0,
            // It must not pass unseen.
            (false, false, false) => 1,
        },
        succeeded: ended.success(),
        asked: wanted.asked.map(|asked| asked.get() as u64),
        claim,
        makespan_ns: seen.span_ns(),
        earliest_end_ns: earliest.map(|earliest| earliest.end_ns),
        efficiency: earliest.and_then(|earliest| earliest.efficiency(seen)),
        shape: Shape::of(seen),
        expectations,
        folder: folder.path().display().to_string(),
        testimony: without_stamps(testimony),
    }
}

/// The counts; the record has the rest.
fn without_stamps(testimony: &Testimony) -> Testimony {
    let seen = &testimony.witness;
    let kept = seen.stamps.len() as u64;
    Testimony {
        witness: Witness {
            stamps: Vec::new(),
            stamps_dropped: seen.stamps_dropped.saturating_add(kept),
            ..seen.clone()
        },
        ..testimony.clone()
    }
}
