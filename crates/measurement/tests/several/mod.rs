//! Runs made by hand, to be put beside each other.

use measurement::MILLISECOND;
use measurement::SCHEMA_VERSION;
use measurement::environment::{Ended, Environment, Run, RunEnd};
use measurement::record::{Act, Trial};
use measurement::runs::RunRead;
use measurement::summary::summarise;

use crate::example::{measured, trial};

/// A run of these trials, of which everything is known.
pub(crate) fn read(name: &str, trials: &[Trial]) -> RunRead {
    let some = |text: &str| Some(text.to_owned());
    let run = Run {
        schema_version: SCHEMA_VERSION,
        run_id: name.to_owned(),
        command: "cargo run -p harness -- run --seed 7".to_owned(),
        lesson: None,
        seed: 7,
        rounds: 6,
        strategies: Vec::new(),
        start_utc: "2026-01-02T03:04:05Z".to_owned(),
        end: Some(RunEnd { how: Ended::Finished, trials: trials.len() as u32 }),
        environment: Environment {
            system: "linux x86_64".to_owned(),
            kernel: some("6.8.0"),
            processors: Some(2),
            load: Some(0.25),
            commit: some("0123abc"),
            ..Environment::default()
        },
    };
    let summary = summarise(name, trials, &[]);
    RunRead { run, summary }
}

/// A strategy's place in [`pool_and`].
pub(crate) type Makespan = (&'static str, u64);

/// Six rounds of the pool, which takes 40 ms, of its twin, and of these.
pub(crate) fn pool_and(others: &[Makespan]) -> Vec<Trial> {
    let mut trials = Vec::new();
    for round in 0..6 {
        let mut add = |name: &str, makespan_ms: u64, twin: bool| {
            let mut trial = trial(round, name, makespan_ms);
            trial.aa_twin = twin;
            trial.trial = trials.len() as u32;
            // No two rounds are quite the same.
            let late = u64::from(round) * MILLISECOND / 100;
            measured(&mut trial).makespan_ns += late;
            trials.push(trial);
        };
        add("worker-pool", 40, false);
        add("worker-pool", 40, true);
        for (name, makespan_ms) in others {
            add(name, *makespan_ms, false);
        }
    }
    trials
}

/// Threads at two levels of the memory act: each ping takes so many KiB.
pub(crate) fn memory(trials: &mut Vec<Trial>, kib: u64) {
    for in_flight in [1, 8] {
        let mut trial = trial(0, "threads", 40);
        trial.act = Act::Memory;
        (trial.trial, trial.level) = (trials.len() as u32, in_flight as usize);
        let measured = measured(&mut trial);
        measured.server.peak_in_flight = in_flight;
        measured.cost.peak_rss_bytes = Some((1000 + kib * in_flight) << 10);
        trials.push(trial);
    }
}
