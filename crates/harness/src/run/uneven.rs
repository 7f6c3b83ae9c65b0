//! Act 2: 48 uneven waits, 8 at a time. How the work is shared decides.

use std::num::NonZeroUsize;

use measurement::lanes;
use measurement::record::{Act, Outcome, Trial};
use measurement::summary::{Batch, summarise};
use measurement::waits::{UNEVEN_WAITS_US, Waits};

use super::acts::{End, RunOptions};
use super::session::{BatchSpec, Session};
use crate::duration::display;
use crate::report::{draw, table};
use crate::strategies::{self, Strategy};
use crate::terminal::{
    Ink, Paint, Panel, Progress, Span, say, waterfall, width,
};

/// The most in flight at once, in any of the acts.
pub(super) const AT_ONCE: NonZeroUsize = NonZeroUsize::new(8).unwrap();

pub(super) fn act(
    session: &mut Session<'_>,
    options: &RunOptions,
) -> Result<(), End> {
    let batch = BatchSpec {
        act: Act::Uneven,
        level: AT_ONCE.get(),
        requests: UNEVEN_WAITS_US.len(),
        waits: Waits::Uneven,
        statuses: vec![200],
        body_bytes: Some(64),
    };
    // One after another the waits add up, whoever measures it; a second of
    // everybody's time for that is better spent on another round.
    let strategies: Vec<&Strategy> = options
        .strategies
        .iter()
        .filter(|strategy| strategy.concurrent)
        .copied()
        .collect();
    if strategies.is_empty() {
        return Ok(());
    }
    say("");
    say("48 pings that are not alike, 8 at a time".ink(Ink::Strong));
    let rounds = options.rounds();
    let mut trials = Vec::new();
    let mut progress = None;
    for round in 0..rounds {
        session.new_round()?;
        for (order, i) in
            session.order(strategies.len(), round).into_iter().enumerate()
        {
            let trial =
                session.strategy(&batch, strategies[i], round, order as u32)?;
            trials.push(trial);
            if let Some(progress) = &progress {
                Progress::step(progress);
            }
        }
        if round == 0 {
            // Something to look at while the rounds go on.
            picture(&trials, &strategies);
            draw(session.folder(), session.run())?;
            let left = u64::from(rounds - 1) * strategies.len() as u64;
            progress = (left > 0).then(|| Progress::new(left, "more rounds"));
        }
    }
    drop(progress);
    if let Some(batch) = summary_of(&trials) {
        say("");
        for line in table(&batch).lines() {
            say(format!("  {line}"));
        }
        say("");
        say(charts::finding_uneven(&batch).ink(Ink::Strong));
    }
    Ok(())
}

/// The waterfall of the first round, in the order of the lessons.
fn picture(trials: &[Trial], strategies: &[&Strategy]) {
    let panels: Vec<Panel> = strategies
        .iter()
        .filter_map(|strategy| {
            let mut of_strategy = trials
                .iter()
                .filter(|trial| trial.spec.strategy == strategy.name);
            panel(strategy, of_strategy.next()?)
        })
        .collect();
    if let Some(batch) = summary_of(trials) {
        say(format!(
            "  one after another: {} · no way of sharing can be faster than {}",
            display(batch.sequential_ns as f64),
            display(batch.bound_ns as f64),
        ));
    }
    for line in waterfall(&panels, width() - 4) {
        say(format!("  {line}"));
    }
}

fn panel(strategy: &Strategy, trial: &Trial) -> Option<Panel> {
    let Outcome::Measured(measured) = &trial.outcome else { return None };
    let samples = &measured.samples;
    let times: Vec<(u64, u64)> = (samples.start_ns.iter())
        .copied()
        .zip(samples.end_ns.iter().copied())
        .collect();
    let lanes =
        lanes::of_pings(strategy.name, trial.spec.concurrency(), &times);
    Some(Panel {
        title: format!(
            "{} · {}: {}, {}",
            strategy.name,
            strategy.client,
            strategy.shape,
            display(measured.makespan_ns as f64)
        ),
        ink: Ink::Strategy(strategy.name),
        spans: Span::in_lanes(&times, &lanes),
    })
}

fn summary_of(trials: &[Trial]) -> Option<Batch> {
    let mut summary = summarise("", trials, &strategies::names());
    summary.batches.pop()
}
