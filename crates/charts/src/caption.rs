//! Each chart in words: for those who hear it, and for the page beside it.

pub(crate) mod latency;
pub(crate) mod levels;
pub(crate) mod trust;

use measurement::record::Act;
use measurement::summary::{Batch, Row};
use measurement::ways;
use measurement::witness::Witness;

use crate::quantity::{duration, plural};
use crate::{finding_uneven, finding_witness};

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

/// The words to [`crate::waterfall`].
pub fn caption_waterfall(batch: &Batch) -> Caption {
    let description = format!(
        "A waterfall for each strategy: {}, {} at a time, each a bar from \
         its start to its end, in {} slots. {} The earliest possible end is \
         {}.",
        plural(batch.requests, "ping"),
        batch.concurrency,
        batch.concurrency,
        times_of(batch, duration),
        duration(batch.bound_ns as f64),
    );
    Caption {
        title: finding_uneven(batch),
        description,
        look_for: "Look where there is no bar: there a slot had nothing to \
                   do, though other pings were not done yet. The fewer gaps, \
                   the nearer is the end to the dashed rule, the earliest \
                   possible end."
            .to_owned(),
        also: Vec::new(),
    }
}

/// The words to [`crate::witness_waterfall`].
pub fn caption_witness(witness: &Witness, title_subject: &str) -> Caption {
    let span = witness.span_ns().map_or_else(String::new, |span| {
        format!(" From the first to the last took {}.", duration(span as f64))
    });
    Caption {
        title: finding_witness(witness, title_subject),
        description: format!(
            "A bar for each request that the server saw, from its arrival to \
             its answer: {} on {}, {} in flight at most, {} aborted.{span}",
            plural(witness.requests as usize, "request"),
            plural(witness.connections as usize, "connection"),
            witness.peak_in_flight,
            witness.aborted,
        ),
        look_for: "Count the bars above each other: that is how many \
                   requests were in flight at once, whatever number the \
                   program was given."
            .to_owned(),
        also: Vec::new(),
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
