//! The trials of a run beside each other: each has its place in a round, and
//! each cell comes once in a round, in one round after another.

use std::collections::HashMap;

use super::must::must;
use super::of_trial;
use crate::bounds::Found;
use crate::environment::Run;
use crate::order;
use crate::record::{Act, Spec, Trial};

/// Looks at all records of a run, in the order of their numbers.
///
/// # Errors
///
/// Names the first trial that contradicts itself, the run, or those before it.
pub fn of_trials(run: &Run, trials: &[Trial]) -> Found {
    let mut cells = HashMap::new();
    let mut before = None;
    for trial in trials {
        of_trial(trial)
            .and_then(|()| of_the_run(run, trial))
            .and_then(|()| place(before, trial))
            .and_then(|()| next_round(&mut cells, trial))
            .map_err(|why| format!("trial {}: {why}", trial.trial))?;
        before = Some(trial);
    }
    Ok(())
}

fn of_the_run(run: &Run, trial: &Trial) -> Found {
    let Trial { spec, round, act, .. } = trial;
    must(run.strategies.contains(&spec.strategy), || {
        "`spec.strategy` is none of run.json".to_owned()
    })?;
    must(*round < run.rounds, || {
        format!("`round` is {round}, and run.json has {} rounds", run.rounds)
    })?;
    must((*act == Act::Lesson) == run.lesson.is_some(), || {
        "`act` does not fit the `lesson` of run.json".to_owned()
    })?;
    must(spec.nonce == order::nonce(run.seed, trial.trial), || {
        "`spec.nonce` is not that of this trial and the `seed` of run.json"
            .to_owned()
    })
}

/// The first of a round, or the next one after the trial before it.
fn place(before: Option<&Trial>, trial: &Trial) -> Found {
    let next = before.is_some_and(|before| {
        before.round == trial.round
            && before.order.checked_add(1) == Some(trial.order)
    });
    must(trial.order == 0 || next, || {
        format!(
            "`order` {} of round {} does not follow the trial before it",
            trial.order, trial.round
        )
    })
}

/// In which round each cell was last, and whether it came again in it.
type Cells = HashMap<String, (u32, bool)>;

/// Only the baseline of a sweep comes twice in a round. Twins take turns: of a
/// batch there is one in each round, and it may be anybody's.
fn next_round(cells: &mut Cells, trial: &Trial) -> Found {
    let Trial { act, level, aa_twin, round, .. } = trial;
    let mut spec = Spec { nonce: 0, ..trial.spec.clone() };
    if *aa_twin {
        (spec.strategy, spec.client) = Default::default();
    }
    let twice = *act == Act::Sweep && *level == 1;
    let cell = format!("{:?}", (act, level, aa_twin, spec));
    let last = cells.get(&cell).copied();
    let again = last == Some((*round, false)) && twice;
    let next = last.map_or(0, |(last, _)| last.saturating_add(1));
    must(again || *round == next, || {
        format!("`round` is {round}, but of its cell round {next} is the next")
    })?;
    cells.insert(cell, (*round, again));
    Ok(())
}
