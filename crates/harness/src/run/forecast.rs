//! Act 3: what a ping costs without any wait, and what the sweep will
//! therefore come to. Said before anything is swept.

use comfy_table::CellAlignment;
use measurement::record::{Act, Trial};
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Forecast};
use measurement::ways;

use super::acts::End;
use super::plan::Plan;
use super::session::Session;
use super::so_far;
use crate::duration::display;
use crate::report::{folded_table, plain_table};
use crate::terminal::{Ink, Paint, Progress, say, wrapped};

pub(super) fn act(
    session: &mut Session<'_>,
    plan: &Plan,
    trials: &mut Vec<Trial>,
) -> Result<(), End> {
    let rounds = &plan.no_waits;
    if rounds.cells.is_empty() {
        return Ok(());
    }
    say("");
    say("No waits at all: what does a ping cost?".ink(Ink::Strong));
    if rounds.cells.iter().any(|cell| cell.kept_awake) {
        say("  a process of the lowest priority keeps the processors awake");
    }
    let progress = Progress::lasting(rounds.predicted(), "without waits");
    session.rounds(rounds, |_, cell, trial| {
        progress.done(cell.predicted());
        trials.push(trial);
        Ok(())
    })?;
    drop(progress);
    let summary = so_far(trials);
    for line in costs(summary.of_act(Act::NoWaits)) {
        say(format!("  {line}"));
    }
    let mut levels: Vec<usize> =
        plan.sweep.cells.iter().map(|cell| cell.level).collect();
    levels.dedup();
    if let Some(forecast) = &summary.forecast {
        say("");
        say("The forecast".ink(Ink::Strong));
        for line in to_come(forecast, &levels) {
            say(format!("  {line}"));
        }
    }
    Ok(())
}

/// Pings per second and processor time, a line per strategy.
fn costs<'a>(batches: impl Iterator<Item = &'a Batch>) -> Vec<String> {
    let header = [
        "",
        "at once",
        "processors",
        "pings/s",
        "CPU per ping",
        "server's part",
    ];
    let rows = batches.flat_map(|batch| {
        batch.rows.iter().map(|row| {
            let cpu = |cpu: &Option<Estimate>| {
                cpu.as_ref().map_or("n/a".to_owned(), |c| display(c.median))
            };
            vec![
                ways::name(&row.strategy).to_owned(),
                batch.concurrency.to_string(),
                match batch.kept_awake {
                    Some(true) => "kept awake".to_owned(),
                    Some(false) | None => "may sleep".to_owned(),
                },
                row.throughput
                    .as_ref()
                    .map_or("n/a".to_owned(), |x| format!("{:.0}", x.median)),
                cpu(&row.cpu_per_request_ns),
                cpu(&row.server_cpu_per_request_ns),
            ]
        })
    });
    plain_table(&header, rows, CellAlignment::Right)
}

/// The speed-ups to come, a line per strategy and a column per level.
fn to_come(forecast: &Forecast, levels: &[usize]) -> Vec<String> {
    let from = format!(
        "From two figures: one by one the server holds a ping {}, and each \
         takes the CPU above.",
        display(forecast.hold_ns)
    );
    let mut lines: Vec<String> = wrapped(&from, 2)
        .into_iter()
        .map(|line| line.trim_start().to_owned())
        .collect();
    let mut header = vec!["speed-up to come, at once".to_owned()];
    header.extend(levels.iter().map(ToString::to_string));
    header.push("CPU limit at".to_owned());
    let lessons = forecast
        .needs
        .iter()
        .filter(|needs| !ways::is_by_hand(&needs.strategy));
    let rows = lessons.map(|needs| {
        let mut cells = vec![ways::name(&needs.strategy).to_owned()];
        cells.extend(levels.iter().map(|level| {
            let predicted = forecast.of(&needs.strategy, *level);
            predicted
                .map_or("n/a".to_owned(), |p| format!("{:.1}×", p.speed_up))
        }));
        cells.push(format!("{:.0}", needs.knee));
        cells
    });
    lines.extend(folded_table(&header, &rows.collect::<Vec<_>>()));
    lines
}
