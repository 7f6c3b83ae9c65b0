//! What the three panels of the speed-up say: when concurrency helps, when
//! its shape matters, when it is useless.

use measurement::record::Act;
use measurement::summary::{Row, Summary};

use crate::finding::levels::{
    Among, among, disturbed, disturbed_names, named, row, standard,
};
use crate::finding::{is_disturbed, uneven};
use crate::quantity::{capital, speed_up};
use crate::strategy::{is_concurrent_lesson, short_name, subject};

/// The finding of the speed-up chart in a few short sentences, one for each
/// panel that there is.
pub fn finding_speed_up(summary: &Summary) -> String {
    let uneven = summary.of_act(Act::Uneven).next();
    let uneven = uneven.and_then(uneven::in_short);
    let parts = [
        even(summary).map(|words| capital(&words)),
        uneven.map(|words| format!("Uneven waits: {words}")),
        no_waits(summary).map(|words| format!("No waits: {words}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => "No trial that counts".to_owned(),
        false => parts.join(". "),
    }
}

/// `8.0× as fast at 8 in flight, 62× at 64; no difference we can see`.
fn even(summary: &Summary) -> Option<String> {
    let levels = named(summary);
    if levels.is_empty() {
        return None;
    }
    let Some(standard) = standard(&levels) else {
        return Some("the machine disturbed every strategy".to_owned());
    };
    let mut figures = String::new();
    for batch in &levels {
        let row = row(batch, standard)?;
        let times = speed_up(row.speed_up.as_ref()?.median);
        let level = batch.concurrency;
        figures.push_str(&match figures.is_empty() {
            true => format!("{times} as fast at {level} in flight"),
            false => format!(", {times} at {level}"),
        });
    }
    let among = among(&levels);
    let words = format!("{}{}", among.words(false), disturbed(&levels));
    if matches!(among, Among::Alike(..)) {
        return Some(format!("{figures}{words}"));
    }
    let (name, plural) = subject(standard);
    let are = if plural { "are" } else { "is" };
    Some(format!("{name} {are} {figures}{words}"))
}

/// `1.6–2.3×`, of the lessons.
fn no_waits(summary: &Summary) -> Option<String> {
    let rows: Vec<&Row> = summary
        .of_act(Act::NoWaits)
        .flat_map(|batch| &batch.rows)
        .filter(|row| is_concurrent_lesson(&row.strategy))
        .filter(|row| row.speed_up.is_some())
        .collect();
    if rows.is_empty() {
        return None;
    }
    let left_out: Vec<&str> = rows
        .iter()
        .filter(|row| is_disturbed(row))
        .map(|row| short_name(&row.strategy))
        .collect();
    let left_out = disturbed_names(&left_out);
    let mut speed_ups: Vec<_> = rows
        .iter()
        .filter(|row| !is_disturbed(row))
        .filter_map(|row| row.speed_up.as_ref())
        .collect();
    speed_ups.sort_by(|a, b| a.median.total_cmp(&b.median));
    let (Some(least), Some(most)) = (speed_ups.first(), speed_ups.last())
    else {
        return Some("disturbed".to_owned());
    };
    if most.interval.is_some_and(|interval| interval.low <= 1.0) {
        return Some(format!("no gain we can see{left_out}"));
    }
    let (low, high) = (speed_up(least.median), speed_up(most.median));
    Some(match low == high {
        true => format!("{high}{left_out}"),
        false => format!("{}–{high}{left_out}", low.trim_end_matches('×')),
    })
}
