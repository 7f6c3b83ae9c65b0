//! The words to the trust chart.

use measurement::summary::{Batch, Summary};
use measurement::ways;

use crate::asked::Asked;
use crate::caption::Caption;
use crate::finding::trust::left;
use crate::finding_trust;
use crate::quantity::{floor_percent, plural};
use crate::trust::{place, who};

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
            "At the left, look for a drift or a step: the trials of each \
                   strategy are spread over the whole run, so that both would \
                   strike all strategies. Hollow trials are those during which \
                   the machine did something else; they are kept. At the \
                   right, strategies are compared with themselves: a \
                   difference smaller than the grey floor does not count."
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
    let [place, _] = place(batch);
    Some(format!(" Twice {}, {place}: {floor}.", ways::name(who(twins))))
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
            "Those smaller than the grey floor. A strategy that runs twice \
             differs from itself by as much.",
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
