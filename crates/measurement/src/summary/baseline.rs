//! What every speed-up is held against: the sequential pings of its round.

use std::collections::BTreeMap;

use super::ratio::ratio;
use crate::makespan;
use crate::record::{Act, Trial};
use crate::waits::Waits;
use crate::ways;

/// A round of an act, with processors that sleep or do not.
type Round = (Act, Waits, Option<bool>, u32);

/// The sequential trials of every round.
pub(super) struct Baselines {
    rounds: BTreeMap<Round, Sequential>,
}

/// Those of one round, summed up.
#[derive(Default)]
struct Sequential {
    trials: f64,
    throughput: f64,
}

fn round_of(trial: &Trial) -> Round {
    let Trial { act, spec, round, .. } = trial;
    (*act, spec.waits, spec.kept_awake, *round)
}

/// Pings per second of a trial; none if it took no time.
pub(super) fn throughput(requests: usize, makespan_ns: u64) -> Option<f64> {
    ratio(requests as f64 * 1e9, makespan_ns as f64)
}

impl Baselines {
    pub(super) fn of(trials: &[&Trial]) -> Baselines {
        let mut rounds: BTreeMap<Round, Sequential> = BTreeMap::new();
        for trial in trials {
            let spec = &trial.spec;
            let Some(measured) =
                trial.valid().filter(|_| spec.strategy == ways::ONE_BY_ONE.id)
            else {
                continue;
            };
            let sum = rounds.entry(round_of(trial)).or_default();
            if let Some(x) = throughput(spec.requests, measured.makespan_ns) {
                sum.trials += 1.0;
                sum.throughput += x;
            }
        }
        Baselines { rounds }
    }

    /// Pings per second one after another, in the round of this trial: of its
    /// sequential trials (a sweep has one first and one last) the mean. Where
    /// there is none, what the waits alone allow, which is more than any
    /// sequential pings can have.
    pub(super) fn throughput(&self, trial: &Trial) -> Option<f64> {
        let waits = &trial.spec.waits;
        let in_round = self.rounds.get(&round_of(trial));
        let measured = in_round.and_then(|s| ratio(s.throughput, s.trials));
        measured.or_else(|| {
            let each = waits.of(trial.spec.requests);
            throughput(trial.spec.requests, makespan::sequential(&each))
        })
    }
}
