//! Which trials belong together.

use std::cmp::Reverse;

use super::batch::Batch;
use crate::record::{Act, MOST_REQUESTS, Spec, Trial};
use crate::waits::Waits;

/// Whether it can have been a trial. Of one that asks for more pings than
/// that, the mere list of waits might not fit into memory.
pub(super) fn possible(trial: &Trial) -> bool {
    trial.spec.requests <= MOST_REQUESTS
}

/// What makes trials comparable: the same act, level, length, waits and limit,
/// how much of a job is computing, and whether the processors were kept awake. Those that were come first:
/// they are what is told of the act.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(
    Act,
    usize,
    usize,
    Waits,
    Option<u64>,
    Reverse<Option<bool>>,
    Option<u32>,
);

impl Key {
    pub(super) fn of(trial: &Trial) -> Key {
        // The sequential trials of a level stay with it: `level` is what the
        // batch was asked for, whatever a strategy makes of it.
        let Trial { act, level, spec, .. } = trial;
        let Spec { requests, waits, limit_ns, kept_awake, .. } = spec;
        let awake = Reverse(*kept_awake);
        let share = spec.hashing.map(|own| own.share_percent);
        Key(*act, *level, *requests, *waits, *limit_ns, awake, share)
    }

    pub(crate) fn of_batch(batch: &Batch) -> Key {
        let Batch { act, concurrency, requests, waits, limit_ns, .. } = batch;
        let awake = Reverse(batch.kept_awake);
        let share = batch.share_percent;
        Key(*act, *concurrency, *requests, *waits, *limit_ns, awake, share)
    }
}
