//! Act 4: the same waits at every level of concurrency.

use comfy_table::CellAlignment;
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Row, Summary};

use super::acts::End;
use super::plan::Rounds;
use super::session::Session;
use super::so_far;
use crate::report::{heading, plain_table, table};
use crate::terminal::{Ink, Paint, Progress, say};

pub(super) fn act(
    session: &mut Session<'_>,
    sweep: &Rounds,
    trials: &mut Vec<Trial>,
) -> Result<(), End> {
    if sweep.in_a_round().next().is_none() {
        return Ok(());
    }
    say("");
    say("The sweep: how much faster, with how many at once?".ink(Ink::Strong));
    let progress = Progress::lasting(sweep.predicted(), "first round");
    let in_a_round = sweep.in_a_round().count();
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
        let rows = batch.rows.iter().filter_map(speed_up);
        let most = rows.max_by(f64::total_cmp)?;
        Some(format!(" · {} at once: {most:.0}× so far", batch.concurrency))
    });
    format!("round {round} of {of}{}", fastest.unwrap_or_default())
}

/// Speed-ups, a line per strategy and a column per level; and below them what
/// was foretold.
fn levels(summary: &Summary) -> Vec<String> {
    let batches: Vec<&Batch> =
        summary.of_act(Act::Sweep).filter(|b| b.concurrency > 1).collect();
    let mut names: Vec<(&str, &str)> = Vec::new();
    for row in batches.iter().flat_map(|batch| &batch.rows) {
        let name = (row.strategy.as_str(), row.client.as_str());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let table = |title: &str, levels: &[String], cell: fn(&Row) -> String| {
        let levels = levels.iter().map(String::as_str);
        let header: Vec<&str> = std::iter::once(title).chain(levels).collect();
        let lines = names.iter().map(|(name, client)| {
            let mut cells = vec![format!("{name} · {client}")];
            cells.extend(batches.iter().map(|batch| {
                let row = batch.rows.iter().find(|row| row.strategy == *name);
                row.map_or(String::new(), cell)
            }));
            cells
        });
        plain_table(&header, lines, CellAlignment::Right)
    };
    let at_once = |batch: &&Batch| format!("{} at once", batch.concurrency);
    let levels: Vec<String> = batches.iter().map(at_once).collect();
    let mut lines = table("speed-up (of the ideal)", &levels, speed_up);
    let forecast = summary.forecast.as_ref();
    if let Some(error) = forecast.and_then(|f| f.error_below_knee) {
        let unnamed = vec![String::new(); levels.len()];
        lines.push(String::new());
        lines.extend(table("foretold over measured", &unnamed, off));
        lines.push(format!(
            "below the CPU limit the forecast is {:.0} % off at the median",
            error * 1e2
        ));
    }
    lines
}

/// Such as `+6 %`.
fn off(row: &Row) -> String {
    let error = row.predicted.and_then(|predicted| predicted.error);
    error.map_or("n/a".to_owned(), |error| format!("{:+.0} %", error * 1e2))
}

/// Such as `59.1× (92 %)`. Rounded down: 99.96 % is not all of it.
fn speed_up(row: &Row) -> String {
    let speed_up = row.speed_up.as_ref().map(|s| format!("{:.1}×", s.median));
    let ideal = row.efficiency.as_ref().map(|e| (e.median * 1e2).floor());
    match (speed_up, ideal) {
        (Some(speed_up), Some(ideal)) => format!("{speed_up} ({ideal:.0} %)"),
        (Some(speed_up), None) => speed_up,
        (None, Some(ideal)) => format!("({ideal:.0} %)"),
        (None, None) => "n/a".to_owned(),
    }
}
