//! What the trust chart says: may the numbers of a run be believed?

use measurement::compare::Twins;
use measurement::record::Act;
use measurement::summary::{Batch, Summary};
use measurement::waits::Waits;
use measurement::ways;

use crate::asked::Asked;
use crate::caption::Caption;
use crate::finding::{fitting, rounds};
use crate::quantity::{capital, floor_percent, plural};

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
    let differs = |floor: f64| {
        let floor = floor_percent(floor);
        // Such as `over 999 %`.
        let up_to = if floor.starts_with("over") { "" } else { "up to " };
        format!("Run twice, a program's median times are {up_to}{floor} apart")
    };
    match (highest(summary, true), highest(summary, false)) {
        (Some(with), Some(without)) => {
            let both = differs(with.max(without));
            let without_waits = floor_percent(without);
            let apart =
                format!("{}, without waits {without_waits}", differs(with));
            match floor_percent(with) == floor_percent(without) {
                true => both,
                false => fitting([apart, both]),
            }
        }
        (Some(floor), _) | (None, Some(floor)) => differs(floor),
        (None, None) => {
            let fewest = twins.iter().map(|twins| twins.ratio.n).min();
            let rounds = rounds(fewest.unwrap_or(0));
            capital(&format!("{rounds}: too few to know what is noise"))
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
            "How long each trial took, in the order in which they ran, beside \
             the median of its like. {}, of which {} count and the machine \
             disturbed {}.{floors}",
            plural(trust.trials, "trial"),
            trust.valid,
            trust.disturbed,
        ),
        look_for:
            "In each strip look for a drift or a step: the trials of each \
             strategy are spread over it, so that both would strike all \
             strategies. Hollow trials are those during which the machine did \
             something else; they are kept. The bars at the right are \
             strategies compared with themselves: a difference smaller than \
             the grey does not count."
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

/// What a batch is called.
fn place(batch: &Batch) -> String {
    match batch.act {
        Act::Uneven => "uneven".to_owned(),
        Act::NoWaits if batch.kept_awake == Some(false) => {
            "may sleep".to_owned()
        }
        Act::NoWaits => "no waits".to_owned(),
        Act::Book => "the book's".to_owned(),
        _ => format!("{} in flight", batch.concurrency),
    }
}

/// What is asked of it.
pub(crate) fn questions(summary: &Summary) -> Vec<Asked> {
    if summary.trust.course.is_empty() {
        return Vec::new();
    }
    let twins = summary.batches.iter().any(|batch| batch.twins.is_some());
    vec![
        (
            "Which differences between strategies would you not believe?",
            "Those smaller than the grey of their strip. A strategy that runs \
             twice differs from itself by as much.",
            twins,
        ),
        (
            "The trials of a strategy are spread over the whole run. What \
             would go wrong with one strategy after another?",
            "A machine that slowly changes would strike one strategy and not \
             the others. That would look like a difference between them.",
            true,
        ),
        (
            "Why are disturbed trials kept?",
            "Who drops what was slow measures a quicker machine.",
            true,
        ),
    ]
}
