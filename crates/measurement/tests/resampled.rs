//! Real trials of which the truth is made: each strategy's makespans and CPU
//! times of the committed run, over their own medians, drawn again at random.
//! All strategies are then alike but for their noise, which is as large, as
//! skew and as unequal as it was on a machine; so what differs is false.

#[expect(dead_code, reason = "nothing fails or is flagged here")]
mod example;
mod plain_run;

use std::collections::BTreeMap;
use std::fs;

use measurement::compare::Comparison;
use measurement::order::SplitMix64;
use measurement::record::{Act, Trial};
use measurement::statistics::estimate;
use measurement::summary::summarise;

use plain_run::{ACTS, Cell, STRATEGIES, Times};
use plain_run::{cells, comparisons, differs, made};

const SAMPLE: &str = "../../reports/sample/trials.jsonl";
const RUNS: u64 = 300;

/// What the trials of a strategy took in a batch, over their medians.
type Residuals = BTreeMap<(Act, usize, usize), Vec<Times>>;

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    estimate(&numbers.collect::<Vec<_>>()).unwrap().median
}

fn residuals() -> Residuals {
    let mut all = Residuals::new();
    for line in fs::read_to_string(SAMPLE).unwrap().lines() {
        let trial: Trial = serde_json::from_str(line).unwrap();
        let name = trial.spec.strategy.as_str();
        let place = STRATEGIES.iter().position(|own| *own == name);
        let (Some(place), Some(measured)) = (place, trial.valid()) else {
            continue;
        };
        let cpu = measured.cost.cpu_ns().unwrap();
        let cpu = (cpu + measured.server.cpu_ns.unwrap()) as f64;
        let makespan = measured.makespan_ns as f64;
        let cell = (trial.act, trial.level, place);
        all.entry(cell).or_default().push(Times { makespan, cpu });
    }
    for own in all.values_mut() {
        let makespan = median(own.iter().map(|times| times.makespan));
        let cpu = median(own.iter().map(|times| times.cpu));
        for times in own {
            times.makespan /= makespan;
            times.cpu /= cpu;
        }
    }
    all
}

/// The share of runs in which a comparison is one of those.
fn share(residuals: &Residuals, those: fn(&Comparison) -> bool) -> f64 {
    let mut random = SplitMix64::new(7);
    let mut drawn = |cell: &Cell| {
        let own = residuals.get(&(cell.act, cell.level, cell.strategy));
        let own = own.expect("trials of this cell");
        own[(random.next_u64() % own.len() as u64) as usize]
    };
    let mut runs = 0;
    for _ in 0..RUNS {
        let mut trials = Vec::new();
        for act in ACTS {
            for round in 0..act.1 {
                for cell in cells(act, round) {
                    let number = trials.len() as u32;
                    trials.push(made(number, round, cell, drawn(&cell)));
                }
            }
        }
        let summary = summarise("resampled", &trials, &STRATEGIES);
        runs += u32::from(comparisons(&summary).iter().any(|c| those(c.1)));
    }
    f64::from(runs) / RUNS as f64
}

/// Measured, of 3,000 runs: 2.8 % with the noise of the sample, 1.9 to 4.5 % with
/// that of five quiet runs, 2.8 and 3.5 % with that of two under load.
#[test]
fn the_noise_of_a_real_run_shows_no_difference_that_is_none() {
    let residuals = residuals();
    let called = share(&residuals, differs);
    assert!(called <= 0.05, "{called}");
}
