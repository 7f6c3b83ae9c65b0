//! Act 2: 48 uneven waits, 8 at a time. How the work is shared decides. With
//! more at once, the slowest ping does.

use measurement::record::{Act, Trial};
use measurement::{quantity, speed_up};
use report::draw;

use super::end::End;
use super::over_levels::over_levels;
use super::panel::panel;
use super::plan::Rounds;
use super::session::Session;
use super::so_far;
use crate::duration::display;
use crate::terminal::{
    Ink, Paint, Panel, Progress, legend, say, table, waterfall, width,
};

pub(super) fn act(
    session: &mut Session<'_>,
    uneven: &Rounds,
    trials: &mut Vec<Trial>,
) -> Result<(), End> {
    if uneven.cells.is_empty() {
        return Ok(());
    }
    say("");
    say("48 pings that are not alike, 8 at a time".ink(Ink::Strong));
    let first_round = uneven.in_round(0);
    let mut progress = None;
    let mut own = 0;
    session.rounds(uneven, |session, cell, trial| {
        trials.push(trial);
        own += 1;
        match &progress {
            None if own == first_round => {
                // Something to look at while the rounds go on.
                picture(trials, uneven);
                draw(session.folder(), session.run())?;
                let left = uneven.predicted_from(1);
                progress = Some(Progress::lasting(left, "more rounds"));
            }
            None => {}
            Some(progress) => progress.done(cell.predicted()),
        }
        Ok(())
    })?;
    drop(progress);
    let summary = so_far(trials);
    if let Some(batch) = summary.uneven() {
        say("");
        for line in table(batch).lines() {
            say(format!("  {line}"));
        }
        if let Some(line) = over_levels(batch, summary.of_act(Act::Uneven)) {
            let roof = speed_up::roof(&batch.waits.of(batch.requests));
            let roof = roof.map_or(String::new(), |roof| {
                format!("; at most {}", quantity::speed_up(roof))
            });
            say(format!("  {line}{roof}"));
        }
        say("");
        say(charts::finding_uneven(batch).ink(Ink::Strong));
    }
    Ok(())
}

/// The waterfall of the first round, in the order of the lessons: the median
/// trials of the table, so that a twin is none of them.
fn picture(trials: &[Trial], uneven: &Rounds) {
    let summary = so_far(trials);
    let Some(batch) = summary.uneven() else { return };
    let panels: Vec<Panel> = (uneven.cells.iter())
        .filter_map(|cell| {
            let id = cell.strategy.way.id;
            let row = batch.rows.iter().find(|row| row.strategy == id)?;
            let trial = trials.iter().find(|trial| {
                !trial.aa_twin && Some(trial.trial) == row.median_trial
            });
            panel(cell.strategy, trial?)
        })
        .collect();
    say(format!(
        "  one after another: {} · no way of sharing can be faster than {}",
        display(batch.sequential_ns as f64),
        display(batch.bound_ns as f64),
    ));
    if let Some(legend) = legend().filter(|_| !panels.is_empty()) {
        say(format!("  {legend}").ink(Ink::Muted));
    }
    for line in waterfall(&panels, width() - 4) {
        say(format!("  {line}"));
    }
}
