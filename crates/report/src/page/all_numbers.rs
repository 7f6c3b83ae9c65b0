//! All numbers in one table, batch below batch under the same headers.

use measurement::quantity::NOT_APPLICABLE;
use measurement::record::Act;
use measurement::summary::{Batch, Summary};

use super::super::columns::{COLUMNS, Column};
use super::super::heading::heading;
use super::numbers::{Line, Numbers, line};
use super::section::no_waits;

/// Batches under headers that they share.
pub(super) struct AllNumbers {
    pub(super) headers: Vec<String>,
    pub(super) batches: Vec<Numbers>,
    /// What makes readers wonder, a sentence each.
    pub(super) notes: Vec<&'static str>,
}

/// The batches that the pictures speak of, and all others.
pub(super) fn all_numbers(summary: &Summary) -> [AllNumbers; 2] {
    let spoken_of = |batch: &&Batch| {
        batch.twins.is_some() || matches!(batch.act, Act::Book | Act::Lesson)
    };
    let batches = summary.batches.iter();
    let (named, others): (Vec<&Batch>, Vec<&Batch>) =
        batches.partition(spoken_of);
    // Where nothing is folded for a reason, nothing is folded.
    if named.is_empty() {
        [table(&others), table(&[])]
    } else {
        [table(&named), table(&others)]
    }
}

fn table(batches: &[&Batch]) -> AllNumbers {
    // Who was compared with whom is in the header, so one column may have
    // several of them.
    let mut heads: Vec<(String, &Column)> = Vec::new();
    for column in COLUMNS {
        for batch in batches.iter().filter(|batch| column.is_of(batch)) {
            let header = column.header(batch);
            if heads.iter().all(|(known, _)| *known != header) {
                heads.push((header, column));
            }
        }
    }
    let numbers = |batch: &&Batch| {
        let cell = |row, (header, column): &(String, &Column)| {
            if column.header(batch) == *header {
                column.of(batch, row)
            } else {
                NOT_APPLICABLE.to_owned()
            }
        };
        let lines = batch.rows.iter().map(|row| -> Line {
            line(row, heads.iter().map(|head| cell(row, head)).collect())
        });
        Numbers {
            heading: heading(batch),
            headers: Vec::new(),
            lines: lines.collect(),
        }
    };
    let mut notes: Vec<&'static str> = Vec::new();
    for note in batches.iter().filter_map(|batch| no_waits(batch)) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    AllNumbers {
        batches: batches.iter().map(numbers).collect(),
        headers: heads.into_iter().map(|(header, _)| header).collect(),
        notes,
    }
}
