//! The run of one lesson: what its page and its chart are drawn of.

use std::cmp::Reverse;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use lesson_11_cpu_work::work::hashes_in;
use measurement::course::prediction::Prediction;
use measurement::course::{self, JOB_NS, Lesson};
use measurement::hashing::Hashing;
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Summary};
use report::PREDICTION;

use super::acts::{note_left_out, say_how_long};
use super::arrivals::arrivals;
use super::cell::Cell;
use super::conclude::may_i_believe_it;
use super::end::End;
use super::leave::{Left, interrupt, leave};
use super::panel::panel;
use super::plan::Rounds;
use super::queue::queue_of;
use super::session::{Opening, Session};
use crate::called::called;
use crate::limits;
use crate::strategies;
use crate::terminal::{Panel, Progress, UNANSWERED, lanes, say, width};

/// Runs what `lesson` measures, shows the waterfall, and draws the rest into a
/// folder below `reports`.
///
/// # Errors
///
/// If the harness cannot go on, or the folder cannot be written.
pub fn study(
    lesson: &Lesson,
    prediction: Option<&Prediction>,
    reports: &Path,
    seed: Option<u64>,
) -> Result<Left> {
    let interrupt = interrupt()?;
    let queue = queue_of(lesson, &interrupt)?;
    let plan = Plan::of(lesson, limits::most_in_flight(), calibrated(lesson));
    let opening = Opening {
        reports,
        command: &format!("{} lesson {} --skip", called(), lesson.number),
        seed,
        rounds: plan.groups.iter().map(|group| group.rounds).max().unwrap_or(0),
        lesson: Some(lesson.number),
        strategies: names(lesson),
    };
    let mut session = Session::begin(&opening, &interrupt)?;
    if let Some(queue) = &queue {
        session.over(queue.url());
    }
    if let Some(prediction) = prediction {
        session.folder().write_json(PREDICTION, prediction)?;
    }
    say_how_long(plan.groups.iter().map(Rounds::predicted).sum());
    note_left_out(&plan.left_out);
    let mut trials = Vec::new();
    let measured = measure(&mut session, &plan, &mut trials);
    let left = leave(&mut session, measured)?;
    if let Some(drawn) = &left.drawn {
        picture(&drawn.summary, &trials);
        may_i_believe_it(drawn);
    }
    Ok(left)
}

/// How many hashes this machine makes in a job that does nothing else; 0 where
/// the lesson computes nothing.
fn calibrated(lesson: &Lesson) -> u32 {
    if lesson.cells.iter().all(|cell| cell.share_percent.is_none()) {
        return 0;
    }
    let job = Duration::from_nanos(JOB_NS);
    let hashes = hashes_in(job);
    say(format!(
        "A job takes {} ms. If it only computes, that is {hashes} hashes here.",
        job.as_millis()
    ));
    hashes
}

/// The lesson's cells, those with as many rounds together.
struct Plan {
    groups: Vec<Rounds>,
    /// Levels that this system has too few open files for.
    left_out: Vec<usize>,
}

impl Plan {
    /// With so many hashes in a job that does nothing else.
    fn of(lesson: &Lesson, most_at_once: usize, a_job: u32) -> Plan {
        let mut plan = Plan { groups: Vec::new(), left_out: Vec::new() };
        for cell in lesson.cells {
            let level = cell.concurrency;
            if level > most_at_once {
                if !plan.left_out.contains(&level) {
                    plan.left_out.push(level);
                }
                continue;
            }
            let Some(ours) = planned(cell, a_job) else { continue };
            let mut groups = plan.groups.iter_mut();
            match groups.find(|group| group.rounds == cell.rounds) {
                Some(group) => group.cells.push(ours),
                None => plan.groups.push(Rounds {
                    rounds: cell.rounds,
                    cells: vec![ours],
                    ..Rounds::default()
                }),
            }
        }
        // What is measured only once, because it is long, comes last:
        // whoever stops a lesson early has something by then.
        plan.groups.sort_by_key(|group| Reverse(group.rounds));
        plan
    }
}

fn planned(cell: &course::Cell, a_job: u32) -> Option<Cell> {
    let strategy = strategies::find(cell.strategy)?;
    let course::Cell { concurrency, requests, waits, .. } = *cell;
    let course::Cell { limit_ns, consumer, machines, failing, .. } = *cell;
    let plain = Cell::new(Act::Lesson, concurrency, requests, waits, strategy);
    let hashing = cell.share_percent.map(|share_percent| Hashing {
        share_percent,
        hashes: (u64::from(a_job) * u64::from(share_percent) / 100) as u32,
    });
    Some(Cell { limit_ns, consumer, machines, hashing, failing, ..plain })
}

/// Who takes part, in the order of the lesson.
fn names(lesson: &Lesson) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for cell in lesson.cells {
        if !names.contains(&cell.strategy) {
            names.push(cell.strategy);
        }
    }
    names
}

fn measure(
    session: &mut Session<'_>,
    plan: &Plan,
    trials: &mut Vec<Trial>,
) -> Result<(), End> {
    let predicted = plan.groups.iter().map(Rounds::predicted).sum();
    let progress = Progress::lasting(predicted, "measuring");
    for group in &plan.groups {
        session.rounds(group, |_, cell, trial| {
            trials.push(trial);
            progress.done(cell.predicted());
            Ok(())
        })?;
    }
    Ok(())
}

/// The most lanes that a reader can follow on a terminal.
const LANES: usize = 12;

/// The waterfall of the lesson's largest batch that can be followed, each
/// strategy's median trial.
fn picture(summary: &Summary, trials: &[Trial]) {
    for batch in summary.of_act(Act::Lesson) {
        arrivals(batch, trials);
    }
    let batches = summary.of_act(Act::Lesson);
    let followed = batches.filter(|batch| batch.concurrency <= LANES);
    let by_size = |batch: &&Batch| (batch.concurrency, batch.requests);
    let Some(batch) = followed.max_by_key(by_size) else { return };
    let of_row = |number: Option<u32>| -> Option<Panel> {
        let trial = trials.iter().find(|t| Some(t.trial) == number)?;
        panel(strategies::find(&trial.spec.strategy)?, trial)
    };
    let medians = batch.rows.iter().map(|row| row.median_trial);
    let panels: Vec<Panel> = medians.filter_map(of_row).collect();
    if panels.is_empty() {
        return;
    }
    let mut spans = panels.iter().flat_map(|panel| &panel.spans);
    let unanswered = match spans.any(|span| !span.answered) {
        true => format!(", and {UNANSWERED} has no answer"),
        false => String::new(),
    };
    say("");
    say(format!(
        "  {} pings, at most {} at once; a row is what one of them does after \
         another{}:",
        batch.requests, batch.concurrency, unanswered
    ));
    for line in lanes(&panels, width() - 4) {
        say(format!("  {line}"));
    }
}
