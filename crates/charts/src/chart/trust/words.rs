//! What the trust chart says: may the numbers of a run be believed?

use measurement::compare::Twins;
use measurement::summary::{Batch, Summary};
use measurement::waits::Waits;
use measurement::ways;

use crate::asked::Asked;
use crate::caption::Caption;
use crate::finding::{fitting, rounds};
use crate::quantity::{capital, floor_percent, number, plural};

/// What stands for several strategies.
const IN_TURN: &str = "each in turn";

/// The highest floor of the batches that wait, or of those that do not: a batch
/// may be quiet and its floor high.
pub(super) fn highest(summary: &Summary, waits: bool) -> Option<f64> {
    let batches = summary.batches.iter();
    let batches = batches.filter(|b| (b.waits != Waits::None) == waits);
    batches.filter_map(|b| b.twins.as_ref()?.floor).reduce(f64::max)
}

/// The finding of the trust chart in a sentence: how far one strategy comes
/// apart from itself, with waits and without.
pub fn finding_trust(summary: &Summary) -> String {
    let twins: Vec<&Twins> =
        summary.batches.iter().filter_map(|b| b.twins.as_ref()).collect();
    if summary.trust.course.is_empty() && twins.is_empty() {
        return "No trial that counts".to_owned();
    }
    if twins.is_empty() {
        return "No strategy ran twice, so nobody knows what is noise"
            .to_owned();
    }
    match (highest(summary, false), highest(summary, true)) {
        (Some(without), Some(with)) => {
            let [with_waits, of_none] = [with, without].map(floor_percent);
            let both = with.max(without);
            match with_waits == of_none || too_far(both) {
                true => chance(both),
                false => fitting([
                    format!(
                        "{} without waits, below {with_waits} with waits",
                        chance(without)
                    ),
                    chance(both),
                ]),
            }
        }
        (Some(floor), _) | (None, Some(floor)) => chance(floor),
        (None, None) => {
            let fewest = twins.iter().map(|twins| twins.ratio.n).min();
            let rounds = rounds(fewest.unwrap_or(0));
            capital(&format!("{rounds}: too few to know what is noise"))
        }
    }
}

/// Whether percents say no more.
fn too_far(floor: f64) -> bool {
    floor_percent(floor).starts_with("over")
}

fn chance(floor: f64) -> String {
    match too_far(floor) {
        true => "Even a tenfold difference can be chance".to_owned(),
        false => {
            format!("Differences below {} can be chance", floor_percent(floor))
        }
    }
}

/// How many trials were disturbed and how many do not count, a sentence each.
fn left(summary: &Summary) -> Vec<String> {
    let trust = &summary.trust;
    let void = trust.trials.saturating_sub(trust.valid);
    [
        (trust.disturbed, "was disturbed", "were disturbed"),
        (void, "does not count", "do not count"),
    ]
    .into_iter()
    .filter(|(number, ..)| *number > 0)
    .map(|(number, one, many)| {
        let what = if number == 1 { one } else { many };
        format!("{number} of {} {what}.", plural(trust.trials, "trial"))
    })
    .collect()
}

/// The words to [`crate::trust()`].
pub fn caption_trust(summary: &Summary) -> Caption {
    let trust = &summary.trust;
    let floors: String = summary.batches.iter().filter_map(floor).collect();
    Caption {
        title: finding_trust(summary),
        description: format!(
            "How far apart the two times of one strategy are that runs twice \
             in each round: what can be chance. {}, of which {} count and the \
             machine disturbed {}.{floors}",
            plural(trust.trials, "trial"),
            trust.valid,
            trust.disturbed,
        ),
        look_for:
            "Each bar is as long as a difference that can be chance: believe \
             only what is larger. Where it is long, close what else runs, and \
             run again. Trials that the machine disturbed are kept."
                .to_owned(),
        also: left(summary),
    }
}

/// ` Twice worker-pool, 64 in flight: a floor of 3 %.`
fn floor(batch: &Batch) -> Option<String> {
    let twins = batch.twins.as_ref()?;
    let floor = match twins.floor {
        Some(floor) => format!("a floor of {}", floor_percent(floor)),
        None => "too few rounds for a floor".to_owned(),
    };
    let place = place(batch);
    Some(format!(" Twice {}, {place}: {floor}.", ways::name(who(twins))))
}

/// The one that ran twice, or that several did.
fn who(twins: &Twins) -> &str {
    match &twins.strategies[..] {
        [one] => one,
        _ => IN_TURN,
    }
}

/// What a batch is called: `no waits, 64 in flight`.
pub(super) fn place(batch: &Batch) -> String {
    let waits = match batch.waits {
        Waits::None if batch.kept_awake == Some(false) => "may sleep",
        Waits::None => "no waits",
        Waits::Book => "the book's",
        Waits::Uneven => "uneven waits",
        _ => "even waits",
    };
    format!("{waits}, {} in flight", number(batch.concurrency))
}

/// What is asked of it.
pub(crate) fn questions(summary: &Summary) -> Vec<Asked> {
    let twins = summary.batches.iter().any(|batch| batch.twins.is_some());
    vec![
        (
            "Which differences between strategies would you not believe?",
            "Those smaller than the bar of their row. A strategy that runs \
             twice differs from itself by as much.",
            twins,
        ),
        (
            "What can you do about a long bar?",
            "Close what else runs on the machine, run again, or take more \
             rounds: the median of more rounds is surer.",
            twins,
        ),
    ]
}
