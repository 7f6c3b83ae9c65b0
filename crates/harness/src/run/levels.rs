//! One's own question: equal waits, at the levels asked for.

use std::num::NonZeroUsize;

use measurement::record::Act;
use measurement::summary::summarise;
use measurement::waits::Waits;

use super::acts::{End, Question, RunOptions};
use super::session::{BatchSpec, Session};
use crate::report::{heading, table};
use crate::strategies::{self, Strategy};
use crate::terminal::{Ink, Paint, Progress, say};

/// Pings per trial, as a multiple of those in flight at once.
pub const PINGS_PER_LANE: usize = 16;

pub(super) fn act(
    session: &mut Session<'_>,
    options: &RunOptions,
    question: &Question,
) -> Result<(), End> {
    let batches: Vec<BatchSpec> =
        question.levels.iter().map(|level| batch(question, *level)).collect();
    // One at a time, a batch for 64 at once takes 64 times as long: only for
    // those who name it.
    let fits = |batch: &BatchSpec, strategy: &Strategy| {
        strategy.concurrent || batch.level == 1 || options.named
    };
    let cells: Vec<(&BatchSpec, &Strategy)> = batches
        .iter()
        .flat_map(|batch| options.strategies.iter().map(move |s| (batch, *s)))
        .filter(|(batch, strategy)| fits(batch, strategy))
        .collect();
    let steps = cells.len() as u64 * u64::from(options.rounds());
    let progress = Progress::new(steps, "trials");
    let mut trials = Vec::new();
    for round in 0..options.rounds() {
        session.new_round()?;
        let order = session.order(cells.len(), round);
        for (place, i) in order.into_iter().enumerate() {
            let (batch, strategy) = cells[i];
            let trial =
                session.strategy(batch, strategy, round, place as u32)?;
            trials.push(trial);
            progress.step();
        }
    }
    drop(progress);
    let summary = summarise("", &trials, &strategies::all_names());
    for batch in &summary.batches {
        say(heading(batch).ink(Ink::Strong));
        for line in table(batch).lines() {
            say(format!("  {line}"));
        }
        say("");
    }
    Ok(())
}

fn batch(question: &Question, level: NonZeroUsize) -> BatchSpec {
    let wait = question.delay.as_nanos() as u64;
    let requests = question
        .requests
        .map_or(level.get() * PINGS_PER_LANE, NonZeroUsize::get);
    BatchSpec {
        act: Act::Sweep,
        level: level.get(),
        requests,
        waits: if wait == 0 { Waits::None } else { Waits::Fixed(wait) },
        statuses: vec![200],
        body_bytes: Some(64),
    }
}
