//! The words to the charts over the levels of the sweep.

use measurement::record::Act;
use measurement::summary::{Batch, Row, Summary};

use crate::caption::Caption;
use crate::curve::sweep;
use crate::finding::is_disturbed;
use crate::quantity::{percent, speed_up};
use crate::strategy::is_sequential;
use crate::{finding_efficiency, finding_speed_up};

/// What the forecast leaves out, and so where it misses.
const UNKNOWN: &str = "Where the dotted forecast misses, it is for what it \
    does not know: equal waits end together, so that the next requests come \
    in bursts and queue; the strategies have locks of their own; and the \
    scheduler chooses who goes first.";

/// The words to [`crate::speed_up()`].
pub fn caption_speed_up(summary: &Summary) -> Caption {
    let say = |row: &Row| Some(speed_up(row.speed_up.as_ref()?.median));
    let levels = sweep(summary).into_iter().map(|batch| ("Even waits", batch));
    let uneven = summary.of_act(Act::Uneven).take(1);
    let uneven = uneven.map(|batch| ("Uneven waits", batch));
    let none = summary.of_act(Act::NoWaits).filter(|b| b.concurrency > 1);
    let none = none.take(1).map(|batch| ("No waits", batch));
    let figures: Vec<String> = levels
        .chain(uneven)
        .chain(none)
        .filter_map(|(name, batch)| figures(name, batch, say))
        .collect();
    Caption {
        title: finding_speed_up(summary),
        description: format!(
            "How many times as many pings a second as one by one: over the \
             number in flight with even waits, and by strategy with uneven \
             waits and without any.{}",
            figures.concat(),
        ),
        look_for: format!(
            "On the left all ways lie near the dashed ideal: where one waits, \
             as many at once are as many times as fast. In the middle look \
             how far the strategies are apart: the sharing decides. On the \
             right nobody waits, and more in flight than processors gain \
             nothing. {UNKNOWN}"
        ),
    }
}

/// The words to [`crate::efficiency()`].
pub fn caption_efficiency(summary: &Summary) -> Caption {
    let say = |row: &Row| Some(percent(row.efficiency.as_ref()?.median));
    let levels = sweep(summary).into_iter();
    let figures: Vec<String> =
        levels.filter_map(|batch| figures("Of it", batch, say)).collect();
    Caption {
        title: finding_efficiency(summary),
        description: format!(
            "What part of the speed that the waits alone allow each strategy \
             has, over the number of pings in flight; 100 % is the ideal.{}",
            figures.concat(),
        ),
        look_for: format!(
            "Look how far each line falls below 100 % to the right: that is \
             what its own work costs. Lines nearer to each other than the \
             grey noise is high are alike. {UNKNOWN}"
        ),
    }
}

/// ` Even waits, 8 in flight: threads 8.0×, worker-pool 7.9× (disturbed).`
fn figures(
    name: &str,
    batch: &Batch,
    say: impl Fn(&Row) -> Option<String>,
) -> Option<String> {
    let rows = batch.rows.iter().filter(|row| !is_sequential(&row.strategy));
    let figures: Vec<String> = rows
        .filter_map(|row| {
            let hedge = if is_disturbed(row) { " (disturbed)" } else { "" };
            Some(format!("{} {}{hedge}", row.strategy, say(row)?))
        })
        .collect();
    let figures = (!figures.is_empty()).then(|| figures.join(", "))?;
    Some(format!(" {name}, {} in flight: {figures}.", batch.concurrency))
}
