//! The table of how far each way goes: on the terminal and on the page.

use measurement::quantity::{NOT_APPLICABLE, duration, kib, number, over};
use measurement::statistics::Estimate;
use measurement::summary::{Reach, ReachLevel};
use measurement::ways;

/// What stands above the columns.
pub fn header() -> [&'static str; 8] {
    ["", "at once", "over ideal", "cold", "p50", "p99", "KiB", "CPU"]
}

/// A row for each level of each way, the lowest level first.
pub fn rows(reaches: &[Reach]) -> impl Iterator<Item = Vec<String>> {
    let mut levels: Vec<(&Reach, &ReachLevel)> = reaches
        .iter()
        .flat_map(|reach| reach.levels.iter().map(move |level| (reach, level)))
        .collect();
    levels.sort_by_key(|(_, level)| level.in_flight);
    levels.into_iter().map(|(reach, level)| row(reach, level))
}

fn row(reach: &Reach, level: &ReachLevel) -> Vec<String> {
    let of = |estimate: &Option<Estimate>, text: fn(f64) -> String| {
        let median = estimate.as_ref().map(|estimate| estimate.median);
        median.map_or(NOT_APPLICABLE.to_owned(), text)
    };
    let time = |ns: Option<f64>| ns.map_or(NOT_APPLICABLE.to_owned(), duration);
    vec![
        ways::label(&reach.strategy).to_owned(),
        number(level.in_flight),
        over(level.over.median),
        of(&level.cold, over),
        time(level.p50_ns),
        time(level.p99_ns),
        of(&level.bytes, kib),
        of(&level.cpu_ns, duration),
    ]
}
