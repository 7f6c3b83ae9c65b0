//! What one more ping in flight costs in memory.

use comfy_table::CellAlignment;
use measurement::quantity::{kib, mib};
use measurement::record::Trial;
use measurement::summary::Memory;
use measurement::ways;

use super::end::End;
use super::plan::Rounds;
use super::session::Session;
use super::so_far;
use crate::terminal::{Ink, Paint, Progress, plain_table, say};

pub(super) fn act(
    session: &mut Session<'_>,
    memory: &Rounds,
    trials: &mut Vec<Trial>,
) -> Result<(), End> {
    if memory.cells.is_empty() {
        return Ok(());
    }
    say("");
    say("Memory: what does one more in flight cost?".ink(Ink::Strong));
    let progress = Progress::lasting(memory.predicted(), "memory");
    session.rounds(memory, |_, cell, trial| {
        progress.done(cell.predicted());
        trials.push(trial);
        Ok(())
    })?;
    drop(progress);
    for line in slopes(&so_far(trials).memory) {
        say(format!("  {line}"));
    }
    Ok(())
}

fn slopes(memory: &[Memory]) -> Vec<String> {
    if memory.is_empty() {
        return vec!["this system does not tell".to_owned()];
    }
    let rows = memory.iter().map(|memory| {
        vec![
            ways::name(&memory.strategy).to_owned(),
            format!("{} KiB", kib(memory.slope_bytes.median)),
            format!("{} MiB", mib(memory.base_bytes)),
        ]
    });
    let header = ["", "for one more in flight", "before the first"];
    plain_table(&header, rows, CellAlignment::Right)
}
