//! `run --repeat N`: several runs, one after another, and how far they lie
//! apart.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use measurement::order::SplitMix64;
use measurement::runs::{RunComparison, RunRead, compare_runs};
use report::{trust, write_whole};

use super::acts::{Done, about, once, open_page};
use super::options::RunOptions;
use super::plan::Plan;
use super::session::seed_from_clock;
use crate::compare::{html, lines};
use crate::interrupt::{INTERRUPTED, Interrupt};
use crate::terminal::{Ink, Paint, copy, note, say};

/// Makes so many runs and compares those that are whole: one that Ctrl-C ended
/// keeps its folder, and is no run of the same acts any more.
///
/// # Errors
///
/// What broke a run, once the whole ones before it are compared.
pub(super) fn repeat(
    options: &RunOptions,
    plan: &Plan,
    runs: u32,
    interrupt: &Interrupt,
) -> Result<ExitCode> {
    say(format!(
        "{runs} runs of about {} each, together about {}; Ctrl-C at any time \
         compares those that are whole.",
        about(plan.predicted()),
        about(plan.predicted() * runs),
    )
    .ink(Ink::Muted));
    let seed = options.seed.unwrap_or_else(seed_from_clock);
    let mut made = Made::default();
    for (number, seed) in (1..).zip(seeds(seed, runs)) {
        if interrupt.raised() {
            break;
        }
        say("");
        say(format!("Run {number} of {runs}").ink(Ink::Strong));
        match once(options, plan, Some(seed), interrupt) {
            Ok(Some(done)) if !done.stopped => made.add(done),
            Ok(_) => break,
            Err(error) => {
                made.broken = Some(error);
                break;
            }
        }
    }
    let whole = made.whole.len();
    if whole < 2 {
        note("fewer than two runs are whole, so there is nothing to compare");
    } else {
        let page = conclude(&compare_runs(&made.whole), &options.reports)?;
        if options.open {
            open_page(&page);
        }
    }
    if let Some(error) = made.broken {
        return Err(error);
    }
    Ok(match (whole < runs as usize, made.void) {
        (true, _) => ExitCode::from(INTERRUPTED),
        (false, true) => ExitCode::FAILURE,
        (false, false) => ExitCode::SUCCESS,
    })
}

/// What there is so far.
#[derive(Default)]
struct Made {
    whole: Vec<RunRead>,
    /// Whether a trial of any does not count.
    void: bool,
    broken: Option<anyhow::Error>,
}

impl Made {
    fn add(&mut self, Done { run, drawn, .. }: Done) {
        let summary = drawn.summary;
        self.void |= !trust::holds(&summary.trust);
        self.whole.push(RunRead { run, summary });
    }
}

/// Says how the runs compare, and writes the page of it beside their folders:
/// it belongs to all of them, and each folder is of one run alone. It has the
/// name of the last one, which nobody else has.
fn conclude(compared: &RunComparison, reports: &Path) -> Result<PathBuf> {
    say("");
    for line in lines(compared) {
        say(line);
    }
    let last = compared.runs.last().map_or("", |run| &run.run_id);
    let page = reports.join(format!("{last}-compare.html"));
    write_whole(&page, &html(compared))
        .with_context(|| format!("cannot write {}", page.display()))?;
    say("");
    copy(format!("The comparison:  {}", page.display()));
    Ok(page)
}

/// A seed for each run, no two the same: the first as it was given, so that a
/// run alone with this seed is the first of these.
fn seeds(first: u64, runs: u32) -> Vec<u64> {
    let mut random = SplitMix64::new(first);
    let mut seeds = vec![first];
    while seeds.len() < runs as usize {
        // Six digits, as those from the clock.
        let next = random.next_u64() % 1_000_000;
        if !seeds.contains(&next) {
            seeds.push(next);
        }
    }
    seeds
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::seeds;

    proptest! {
        #[test]
        fn each_run_has_a_seed_of_its_own(first: u64, runs in 2..=99_u32) {
            let made = seeds(first, runs);
            let once: BTreeSet<&u64> = made.iter().collect();
            prop_assert_eq!((once.len(), made.len()), (runs as usize, once.len()));
            prop_assert_eq!(made[0], first);
            prop_assert_eq!(&seeds(first, 2)[..], &made[..2]);
        }
    }
}
