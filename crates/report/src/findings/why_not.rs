//! What a run cannot tell: each reason once, with what to do about it.

use std::collections::BTreeMap;

use charts::{Untold, Why};
use measurement::environment::Ended;
use measurement::quantity::{duration, floor_percent};
use measurement::record::Act;
use measurement::summary::{Batch, Summary};

/// With so many rounds there is an interval that one bad round to either side
/// does not move.
const ENOUGH: usize = 9;

/// The rounds of the largest preset.
const MOST: usize = 15;

/// Whether somebody asked for levels and waits of their own.
pub(super) fn is_own_question(summary: &Summary) -> bool {
    summary.batches.iter().all(|batch| batch.act == Act::Sweep)
}

/// A sentence for each reason.
pub(super) fn refusals(summary: &Summary, untold: &[Untold]) -> Vec<String> {
    let mut reasons: Vec<Reason> = Vec::new();
    for one in untold {
        let Untold::Which { question, why, floor } = *one else { continue };
        let same = |reason: &&mut Reason| reason.why == why;
        match reasons.iter_mut().find(same) {
            Some(reason) => {
                reason.questions.push(question);
                let both = [reason.floor, floor].into_iter().flatten();
                reason.floor = both.reduce(f64::max);
            }
            None => {
                let questions = vec![question];
                reasons.push(Reason { questions, why, floor });
            }
        }
    }
    reasons.iter().map(|reason| reason.sentence(summary)).collect()
}

/// Where far fewer were in flight than asked for: what to ask instead. Of no
/// more than so many can be told what more of them do.
pub(super) fn few_in_flight(summary: &Summary) -> Option<String> {
    let batches = summary.of_act(Act::Sweep);
    let few = |batch: &Batch| {
        let seen = batch.rows.iter();
        let seen = seen.filter_map(|row| charts::few_in_flight(batch, row));
        let longer = batch.concurrency as u64 / seen.min()?.max(1);
        Some((batch.bound_ns / turns(batch), longer))
    };
    let (wait, longer) = batches.filter_map(few).last()?;
    // All of them are there for a while, too.
    let longer = wait.saturating_mul(longer.saturating_mul(2));
    let seconds = longer.div_ceil(1_000_000_000);
    Some(format!(
        "Waits of {} are over before the last request is sent. To have all of \
         them in flight, ask for longer ones (`--delay {seconds}s`), or for \
         fewer at once",
        duration(wait as f64)
    ))
}

/// How often each slot has its turn.
fn turns(batch: &Batch) -> u64 {
    batch.requests.div_ceil(batch.concurrency.max(1)).max(1) as u64
}

/// Why some questions have no answer.
struct Reason {
    questions: Vec<&'static str>,
    why: Why,
    /// How far the same strategy twice came apart at most.
    floor: Option<f64>,
}

impl Reason {
    fn sentence(&self, summary: &Summary) -> String {
        let questions = self.questions.join(", or ");
        match self.why {
            Why::TooNoisy => {
                let apart = self.floor.map_or(String::new(), |floor| {
                    let floor = floor_percent(floor);
                    format!(": differences of up to {floor} are noise")
                });
                format!(
                    "Cannot tell on this machine now {questions}{apart}. Close \
                     other programs, or run {}",
                    more_rounds(summary)
                )
            }
            Why::TooFewRounds(rounds) => {
                let are = match rounds {
                    1 => "One round is".to_owned(),
                    more => format!("{more} rounds are"),
                };
                format!(
                    "{are} too few to tell {questions}. Run {}",
                    more_rounds(summary)
                )
            }
            Why::NoTwins => format!(
                "Cannot tell {questions}: no strategy ran twice, so that \
                 nobody knows what is noise. Run {}",
                more_rounds(summary)
            ),
            Why::Never => format!(
                "Cannot tell {questions}: they have no round in common in \
                 which both count. Run {}",
                more_rounds(summary)
            ),
        }
    }
}

/// What gives more rounds: of a plain run the next larger preset.
fn more_rounds(summary: &Summary) -> String {
    let rows = summary.batches.iter().flat_map(|batch| &batch.rows);
    let rounds = rows.map(|row| row.ratio.as_ref().map_or(0, |c| c.ratio.n));
    let rounds = rounds.max().unwrap_or(0);
    let end = summary.trust.end.as_ref();
    let stopped = end.is_none_or(|end| end.how != Ended::Finished);
    if rounds < ENOUGH && stopped {
        "it to its end".to_owned()
    } else if is_own_question(summary) && rounds < ENOUGH {
        format!("it with `--rounds {ENOUGH}`")
    } else if is_own_question(summary) || rounds >= MOST {
        format!("it with `--rounds {}`", 2 * rounds)
    } else if rounds < ENOUGH {
        "`--preset quick`".to_owned()
    } else {
        "`--preset full`".to_owned()
    }
}

/// Where nothing was found at all.
pub(super) fn nothing(summary: &Summary) -> String {
    let trust = &summary.trust;
    if trust.valid > 0 {
        return "Nothing was measured with more than one ping in flight"
            .to_owned();
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, problem) in &trust.problems {
        *reasons.entry(problem).or_default() += 1;
    }
    match reasons.into_iter().max_by_key(|(_, count)| *count) {
        Some((reason, _)) => format!("No trial counts: {reason}"),
        None => "No trial was made".to_owned(),
    }
}
