//! Each chart in words: for those who hear it, and for the page beside it.

pub(crate) mod levels;

use measurement::record::Act;
use measurement::summary::{Batch, Row};
use measurement::ways;

/// A chart in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caption {
    /// The finding: the chart's title.
    pub title: String,
    /// The figures of the chart, in plain words: its `<desc>`.
    pub description: String,
    /// Where to look, for a reader who sees such a chart for the first time.
    pub look_for: String,
    /// What else was found, a sentence each.
    pub also: Vec<String>,
}

impl Caption {
    /// What stands below the chart: what else was found, and where to look.
    pub fn below(&self) -> String {
        let mut sentences = self.also.clone();
        sentences.push(self.look_for.clone());
        sentences.join(" ")
    }
}

/// `Median times: threads (waves) 331 ms, worker pool (queue) 155 ms.`
pub(crate) fn times_of(batch: &Batch, say: impl Fn(f64) -> String) -> String {
    let in_picture = |row: &&Row| {
        batch.act == Act::Book || !ways::is_one_by_one(&row.strategy)
    };
    let times: Vec<String> = batch
        .rows
        .iter()
        .filter(in_picture)
        .filter_map(|row| {
            let time = say(row.makespan_ns.as_ref()?.median);
            Some(format!("{} {time}", ways::name(&row.strategy)))
        })
        .collect();
    match times.is_empty() {
        true => "No trial counts.".to_owned(),
        false => format!("Median times: {}.", times.join(", ")),
    }
}
