//! The words to the charts over the levels of the sweep.

use measurement::summary::{Batch, Row, Summary};
use measurement::waits::Waits;
use measurement::ways;

use crate::caption::Caption;
use crate::curve::sweep;
use crate::finding::is_disturbed;
use crate::finding::levels::differences;
use crate::processors::no_waits;
use crate::quantity::{percent, speed_up};
use crate::{finding_efficiency, finding_speed_up};

/// Those of these sentences that there is something to look at for.
pub(crate) fn advice(sentences: &[(bool, &str)]) -> String {
    let told = sentences.iter().filter(|(there, _)| *there);
    told.map(|(_, sentence)| *sentence).collect::<Vec<_>>().join(" ")
}

/// The words to [`crate::speed_up()`].
pub fn caption_speed_up(summary: &Summary) -> Caption {
    let say = |row: &Row| Some(speed_up(row.speed_up.as_ref()?.median));
    let lesson = |row: &Row| {
        say(row).filter(|_| ways::is_concurrent_lesson(&row.strategy))
    };
    let over_levels =
        |row: &Row| say(row).filter(|_| summary.is_over_levels(&row.strategy));
    let levels = sweep(summary);
    let waits = levels.iter().any(|batch| batch.waits != Waits::None);
    let even: Vec<String> = levels
        .iter()
        .filter_map(|batch| {
            let name = match batch.waits {
                Waits::None => no_waits(batch),
                _ => "Even waits,".to_owned(),
            };
            figures(&name, batch, over_levels)
        })
        .collect();
    let uneven = summary.uneven();
    let uneven = uneven.and_then(|b| figures("Uneven waits,", b, say));
    let none: Vec<String> = summary
        .no_waits_in_each_condition()
        .filter_map(|batch| figures(&no_waits(batch), batch, lesson))
        .collect();
    let drawn = summary.no_waits();
    let drawn = drawn.or(levels.last().copied().filter(|_| !waits));
    let awake = drawn.and_then(|batch| batch.kept_awake);
    let look_for = advice(&[
        (
            waits && !even.is_empty(),
            "With even waits, look how near the lines stay to the dashed \
             line: where pings wait, N at once can be N times as fast.",
        ),
        (
            uneven.is_some(),
            "With uneven waits, look how far the strategies are apart: there \
             the way of sharing decides.",
        ),
        (
            !none.is_empty() || (!waits && !even.is_empty()),
            "Without waits, look how low the points are: only the work of the \
             processors is left to overlap.",
        ),
        (awake == Some(true), "They were kept awake meanwhile."),
        (
            awake == Some(false),
            "They may sleep meanwhile, and one by one each ping wakes them: \
             part of the speed-up is that.",
        ),
    ]);
    let figures = even.into_iter().chain(uneven).chain(none);
    Caption {
        title: finding_speed_up(summary),
        description: format!(
            "Pings a second, as a multiple of those one by one.{}",
            figures.collect::<String>(),
        ),
        look_for,
        also: differences(summary),
    }
}

/// The words to [`crate::efficiency()`].
pub fn caption_efficiency(summary: &Summary) -> Caption {
    let say = |row: &Row| {
        let efficiency = row.efficiency.as_ref();
        efficiency
            .filter(|_| summary.is_over_levels(&row.strategy))
            .map(|efficiency| percent(efficiency.median))
    };
    let levels = sweep(summary);
    let figures = levels.iter().filter_map(|batch| figures("At", batch, say));
    let noise = levels.iter().any(|batch| batch.twins.is_some());
    Caption {
        title: finding_efficiency(summary),
        description: format!(
            "The efficiency of each strategy, which is the earliest possible \
             end over the makespan.{}",
            figures.collect::<String>(),
        ),
        look_for: advice(&[
            (
                true,
                "Look how far each line falls below 100 % to the right: that \
                 is the cost of the strategy's own work.",
            ),
            (
                noise,
                "Lines that are closer together than the grey noise is high \
                 cannot be told apart.",
            ),
        ]),
        also: Vec::new(),
    }
}

/// ` Even waits, 8 in flight: threads 8.0×, worker-pool 7.9× (disturbed).`
pub(crate) fn figures(
    name: &str,
    batch: &Batch,
    say: impl Fn(&Row) -> Option<String>,
) -> Option<String> {
    let rows =
        batch.rows.iter().filter(|row| !ways::is_one_by_one(&row.strategy));
    let figures: Vec<String> = rows
        .filter_map(|row| {
            let hedge = if is_disturbed(row) { " (disturbed)" } else { "" };
            Some(format!("{} {}{hedge}", ways::name(&row.strategy), say(row)?))
        })
        .collect();
    let figures = (!figures.is_empty()).then(|| figures.join(", "))?;
    Some(format!(" {name} {} in flight: {figures}.", batch.concurrency))
}
