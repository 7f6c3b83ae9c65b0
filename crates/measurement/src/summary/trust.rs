//! What may be said for the numbers: counts over all trials of a run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::batch::Batch;
use super::key::{Key, possible};
use super::ratio::ratio;
use crate::capacity::{self, Limit};
use crate::environment::RunEnd;
use crate::record::{Measured, Outcome, Spec, Trial};
use crate::waits::Waits;

/// Why the numbers may be believed, or not.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Trust {
    /// Trials made.
    pub trials: usize,
    /// Trials that ran to their end.
    pub measured: usize,
    /// Trials whose every check holds.
    pub valid: usize,
    /// Pings that the clients of the measured trials sent; where they were told
    /// to try again, with as many retries as were forecast.
    pub sent: u64,
    /// Requests that the server saw in them.
    pub seen: u64,
    /// Requests that it saw again, and no retry was forecast.
    pub duplicates: u64,
    /// Pings that it never saw.
    pub lost: u64,
    /// Measured trials whose server waited, so that the pings asked for can
    /// have been in flight at once.
    pub with_waits: usize,
    /// Those of them whose peak in flight was the one asked for.
    pub peak_as_asked: usize,
    /// Trials that carry a flag.
    pub flagged: usize,
    /// How many trials carry each flag.
    pub flags: BTreeMap<String, usize>,
    /// Trials that the machine disturbed.
    pub disturbed: usize,
    /// Trials that were made to find how far a way goes, and found it: they
    /// do not count, and nothing is wrong.
    #[serde(default, skip_serializing_if = "is_none")]
    pub at_limits: usize,
    /// The checks that failed and the reasons of failed trials, each with the
    /// number of its trial.
    pub problems: Vec<(u32, String)>,
    /// Every trial that counts, in the order in which they ran.
    pub course: Vec<Step>,
    /// How the run ended; null if it was killed or still goes on. Whoever
    /// reads the records fills it in, and the next field.
    pub end: Option<RunEnd>,
    /// Whether the last record was cut off and is left out.
    pub torn: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// Whether a trial that does not count was ended by a limit that it was to
/// find.
fn at_limit(trial: &Trial) -> bool {
    let void = trial.valid().is_none();
    void && capacity::met(trial).is_some_and(|(limit, _)| limit != Limit::Other)
}

/// One trial in the course of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Number of the trial.
    pub trial: u32,
    /// Its makespan over the median of its cell.
    pub ratio: f64,
    /// Whether the machine disturbed it.
    pub disturbed: bool,
}

pub(super) fn trust(trials: &[Trial], batches: &[Batch]) -> Trust {
    let mut trust = Trust { trials: trials.len(), ..Trust::default() };
    for trial in trials {
        match &trial.outcome {
            _ if !possible(trial) => {
                let pings = trial.spec.requests;
                let reason = format!("no trial has {pings} pings");
                trust.problems.push((trial.trial, reason));
            }
            _ if at_limit(trial) => trust.at_limits += 1,
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
                trust.course.extend(step(trial, batches));
            }
        }
    }
    trust.course.sort_by_key(|step| step.trial);
    trust
}

fn count(trust: &mut Trust, spec: &Spec, measured: &Measured) {
    let Measured { server, flags, .. } = measured;
    let asked = spec.requests as u64;
    let add = |sum: &mut u64, more| *sum = sum.saturating_add(more);
    trust.measured += 1;
    // Of a budget it is known only how many retries it allows.
    let (fewest, most) = spec.requests_seen();
    let sent = server.requests.max(fewest).min(most);
    add(&mut trust.sent, sent);
    add(&mut trust.seen, server.requests);
    let expected = sent.saturating_sub(asked);
    add(&mut trust.duplicates, server.duplicates.saturating_sub(expected));
    add(&mut trust.lost, asked.saturating_sub(server.distinct));
    // A rate keeps them from being in flight at once.
    if spec.waits != Waits::None && spec.manners.per_second.is_none() {
        let expected = spec.most_at_once().min(spec.requests) as u64;
        trust.with_waits += 1;
        trust.peak_as_asked += usize::from(server.peak_in_flight == expected);
    }
    trust.flagged += usize::from(!flags.is_empty());
    trust.disturbed += usize::from(flags.iter().any(|f| f.disturbs()));
    for flag in flags {
        *trust.flags.entry(flag.name.clone()).or_default() += 1;
    }
}

/// Where a trial stands beside the others of its cell; none if it does not
/// count.
fn step(trial: &Trial, batches: &[Batch]) -> Option<Step> {
    let measured = trial.valid()?;
    let key = Key::of(trial);
    let batch = batches.iter().find(|b| Key::of_batch(b) == key)?;
    let mut rows = batch.rows.iter();
    let row = rows.find(|row| row.strategy == trial.spec.strategy)?;
    let median = row.makespan_ns.as_ref()?.median;
    Some(Step {
        trial: trial.trial,
        ratio: ratio(measured.makespan_ns as f64, median)?,
        disturbed: measured.flags.iter().any(|flag| flag.disturbs()),
    })
}
