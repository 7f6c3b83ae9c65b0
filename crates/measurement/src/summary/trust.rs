//! What may be said for the numbers: counts over all trials of a run.

use super::{Trust, possible};
use crate::record::{Measured, Outcome, Spec, Trial};

pub(super) fn trust(trials: &[Trial]) -> Trust {
    let mut trust = Trust { trials: trials.len(), ..Trust::default() };
    for trial in trials {
        match &trial.outcome {
            _ if !possible(trial) => {
                let pings = trial.spec.requests;
                let reason = format!("no trial has {pings} pings");
                trust.problems.push((trial.trial, reason));
            }
            Outcome::Failed { reason } => {
                trust.problems.push((trial.trial, reason.clone()));
            }
            Outcome::Measured(measured) => {
                count(&mut trust, &trial.spec, measured);
                trust.valid += usize::from(trial.valid().is_some());
                let failed = measured.checks.iter().filter(|check| !check.ok);
                trust.problems.extend(failed.map(|check| {
                    (trial.trial, format!("{}: {}", check.name, check.detail))
                }));
            }
        }
    }
    trust
}

fn count(trust: &mut Trust, spec: &Spec, measured: &Measured) {
    let Measured { server, flags, .. } = measured;
    let asked = spec.requests as u64;
    let add = |sum: &mut u64, more| *sum = sum.saturating_add(more);
    trust.measured += 1;
    add(&mut trust.sent, asked);
    add(&mut trust.seen, server.requests);
    add(&mut trust.duplicates, server.duplicates);
    add(&mut trust.lost, asked.saturating_sub(server.distinct));
    let expected = spec.concurrency.min(spec.requests) as u64;
    trust.peak_as_asked += usize::from(server.peak_in_flight == expected);
    trust.flagged += usize::from(!flags.is_empty());
}
