//! Act 4: the same waits at every level of concurrency.

use measurement::quantity::{percent, speed_up as times};
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;
use report::heading;

use super::end::End;
use super::plan::Rounds;
use super::session::Session;
use super::so_far;
use crate::terminal::{Ink, Paint, Progress, folded_table, say, table};

pub(super) fn act(
    session: &mut Session<'_>,
    sweep: &Rounds,
    trials: &mut Vec<Trial>,
) -> Result<(), End> {
    let in_a_round = sweep.in_round(0);
    if in_a_round == 0 {
        return Ok(());
    }
    say("");
    say("The sweep: how much faster, with how many at once?".ink(Ink::Strong));
    let progress = Progress::lasting(sweep.predicted(), "first round");
    let mut own = 0;
    session.rounds(sweep, |_, cell, trial| {
        trials.push(trial);
        progress.done(cell.predicted());
        own += 1;
        if own % in_a_round == 0 {
            progress.say(&in_short(trials, own / in_a_round, sweep.rounds));
        }
        Ok(())
    })?;
    drop(progress);
    let summary = so_far(trials);
    for line in levels(&summary) {
        say(format!("  {line}").trim_end());
    }
    for batch in summary.of_act(Act::Sweep).filter(|b| b.twins.is_some()) {
        say("");
        say(heading(batch).ink(Ink::Strong));
        for line in table(batch).lines() {
            say(format!("  {line}"));
        }
    }
    Ok(())
}

/// What has been seen so far, to stand beside the bar.
fn in_short(trials: &[Trial], round: usize, of: u32) -> String {
    let summary = so_far(trials);
    let batches = summary.of_act(Act::Sweep);
    let last = batches.filter(|batch| batch.twins.is_some()).last();
    let fastest = last.and_then(|batch| {
        let speed_up = |row: &Row| Some(row.speed_up.as_ref()?.median);
        let rows = batch.rows.iter();
        let rows = rows.filter(|row| summary.is_over_levels(&row.strategy));
        let rows = rows.filter_map(speed_up);
        let most = rows.max_by(f64::total_cmp)?;
        Some(format!(
            " · {} at once: {} so far",
            batch.concurrency,
            times(most)
        ))
    });
    format!("round {round} of {of}{}", fastest.unwrap_or_default())
}

/// Speed-ups and efficiencies, a line per strategy and a column per level.
fn levels(summary: &Summary) -> Vec<String> {
    let batches: Vec<&Batch> =
        summary.of_act(Act::Sweep).filter(|b| b.concurrency > 1).collect();
    let mut ids: Vec<&str> = Vec::new();
    let rows = batches.iter().flat_map(|batch| &batch.rows);
    for row in rows.filter(|row| summary.is_over_levels(&row.strategy)) {
        if !ids.contains(&row.strategy.as_str()) {
            ids.push(&row.strategy);
        }
    }
    let table = |title: &str, levels: &[String], cell: fn(&Row) -> String| {
        let levels = levels.iter().cloned();
        let header: Vec<String> =
            std::iter::once(title.to_owned()).chain(levels).collect();
        let lines = ids.iter().map(|id| {
            let mut cells = vec![ways::name(id).to_owned()];
            cells.extend(batches.iter().map(|batch| {
                let row = batch.rows.iter().find(|row| row.strategy == *id);
                row.map_or(String::new(), cell)
            }));
            cells
        });
        folded_table(&header, &lines.collect::<Vec<_>>())
    };
    let at_once = |batch: &&Batch| format!("{} at once", batch.concurrency);
    let levels: Vec<String> = batches.iter().map(at_once).collect();
    let mut lines = table("speed-up", &levels, speed_up);
    let rows = || batches.iter().flat_map(|batch| &batch.rows);
    if rows().any(|row| row.efficiency.is_some()) {
        lines.push(String::new());
        lines.extend(table("efficiency", &levels, efficiency));
    }
    lines
}

/// Such as `59.1×`.
fn speed_up(row: &Row) -> String {
    let speed_up = row.speed_up.as_ref();
    speed_up.map_or("n/a".to_owned(), |s| times(s.median))
}

/// Such as `92 %`.
fn efficiency(row: &Row) -> String {
    let efficiency = row.efficiency.as_ref();
    efficiency.map_or("n/a".to_owned(), |e| percent(e.median))
}
