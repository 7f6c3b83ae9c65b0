//! Each chart in words: for those who hear it, and for the page beside it.

pub(crate) mod costs;
pub(crate) mod levels;

use measurement::record::Act;
use measurement::summary::{Batch, Row};
use measurement::ways;
use measurement::witness::Witness;

use crate::quantity::{count, duration, plural, range, seconds};
use crate::{finding_book, finding_live, finding_uneven, finding_witness};

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

/// The words to [`crate::waterfall_live`].
pub fn caption_waterfall_live(batch: &Batch) -> Caption {
    Caption {
        title: finding_live(batch),
        description: format!(
            "For each strategy {} bars that grow as fast as the pings were \
             answered, then stand still. {}",
            count(batch.requests),
            times_of(batch, seconds),
        ),
        look_for: "Wait until the bars begin anew, and watch which group is \
                   done first: bars that grow together are waits that \
                   overlap."
            .to_owned(),
        also: Vec::new(),
    }
}

/// The words to [`crate::book_bars`].
pub fn caption_book_bars(batch: &Batch) -> Caption {
    let seen: Vec<String> = batch
        .rows
        .iter()
        .filter_map(|row| {
            let peak = range(row.peak_in_flight?);
            Some(format!("{} of {}", peak, ways::name(&row.strategy)))
        })
        .collect();
    let seen = if seen.is_empty() {
        String::new()
    } else {
        format!(" At once the server saw {}.", seen.join(", "))
    };
    Caption {
        title: finding_book(batch),
        description: format!(
            "A bar for each strategy, as long as it took for {}. {}{seen} The \
             book has 0.82 s one after another and 0.14 s with threads.",
            plural(batch.requests, "ping"),
            times_of(batch, seconds),
        ),
        look_for: "Compare the bars with the book's two rules, and the \
                   length of a bar with what the server saw at once. Waits \
                   that overlap make it shorter; a faster language does not."
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
fn times_of(batch: &Batch, say: impl Fn(f64) -> String) -> String {
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
