//! What `harness run` was asked for.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::ValueEnum;
use measurement::capacity;

use super::preset::NO_WAITS_AT_ONCE;
use crate::called::called;
use crate::child::can_keep_awake;
use crate::cli::{Preset, RunArgs};
use crate::limits;
use crate::strategies::{self, Strategy};
use crate::usage::usage;

/// One's own question, instead of the acts.
#[derive(Debug, Clone)]
pub struct Question {
    /// How many in flight at once; each is a batch.
    pub levels: Vec<NonZeroUsize>,
    /// The server's wait.
    pub delay: Duration,
    /// Pings per trial; by default so many for each in flight.
    pub requests: Option<NonZeroUsize>,
    /// Whether to keep the processors awake.
    pub keep_awake: bool,
}

/// What `harness run` was asked for.
pub struct RunOptions {
    /// How much.
    pub preset: Preset,
    /// Rounds of every act, if not the preset's.
    pub rounds: Option<u32>,
    /// Which strategies, in the order of the lessons.
    pub strategies: Vec<&'static Strategy>,
    /// Whether they were named one by one.
    pub named: bool,
    /// One's own question.
    pub question: Option<Question>,
    /// Whether this system has a way to keep the processors awake.
    pub can_keep_awake: bool,
    /// Seed of the order; by default from the clock.
    pub seed: Option<u64>,
    /// How many runs, if they are to be compared.
    pub repeat: Option<u32>,
    /// Where report folders go.
    pub reports: PathBuf,
    /// Whether to open the page at the end.
    pub open: bool,
    /// The command that repeats this run, without its seed.
    pub command: String,
}

/// The wait of one's own question where none is said.
const DEFAULT_DELAY: Duration = Duration::from_millis(20);
const HOLD: Duration = Duration::from_nanos(capacity::HOLD);

impl RunOptions {
    /// The options that the command line asks for.
    ///
    /// # Errors
    ///
    /// If more are to be in flight than this system lets a process open, or its
    /// processors cannot be kept awake.
    pub fn from_args(args: &RunArgs) -> Result<RunOptions> {
        let named = |strategy: &&Strategy| {
            args.only.iter().any(|name| name == strategy.way.id)
        };
        let preset = args.preset.unwrap_or(Preset::Quick);
        let strategies: Vec<&Strategy> = match args.only.is_empty() {
            true => preset.strategies(),
            false => strategies::all().filter(named).collect(),
        };
        let climbs = args.preset == Some(Preset::Capacity);
        let usual = if climbs { HOLD } else { DEFAULT_DELAY };
        if climbs && (args.requests.is_some() || args.keep_awake) {
            return Err(usage(
                "with --preset capacity each ping is in flight with all \
                 others, once: leave -n and --keep-awake out",
            ));
        }
        let question = (!args.concurrency.is_empty()).then(|| Question {
            levels: in_order(&args.concurrency),
            delay: args.delay.unwrap_or(usual),
            requests: args.requests,
            keep_awake: args.keep_awake,
        });
        let can_keep_awake = can_keep_awake();
        if args.keep_awake && !can_keep_awake {
            return Err(usage(
                "this system has no way to keep the processors awake: it is \
                 not Linux, or limits the time of its processors (`harness \
                 doctor` tells its quota); leave --keep-awake out",
            ));
        }
        // Where it is asked how far a way goes, a limit is the answer.
        let most = args.concurrency.iter().max().copied().filter(|_| !climbs);
        limits::check_open_files(most.unwrap_or(NO_WAITS_AT_ONCE))?;
        Ok(RunOptions {
            preset,
            rounds: args.rounds,
            strategies,
            named: !args.only.is_empty(),
            question,
            can_keep_awake,
            seed: args.seed,
            repeat: args.repeat,
            reports: args.reports.clone(),
            open: args.open,
            command: command(args),
        })
    }

    /// The lessons among the strategies, or those of them that have more than
    /// one ping in flight.
    pub(super) fn lessons(&self, concurrent: bool) -> Vec<&'static Strategy> {
        let lessons = self.strategies.iter().filter(|s| s.lesson.is_some());
        lessons
            .filter(|s| s.way.is_concurrent() || !concurrent)
            .copied()
            .collect()
    }

    /// Everybody who has more than one ping in flight, the pair by hand too.
    pub(super) fn concurrent(&self) -> Vec<&'static Strategy> {
        self.strategies
            .iter()
            .filter(|s| s.way.is_concurrent())
            .copied()
            .collect()
    }

    /// The strategy that pings one after another, if it takes part.
    pub(super) fn sequential(&self) -> Option<&'static Strategy> {
        self.strategies.iter().find(|s| !s.way.is_concurrent()).copied()
    }
}

/// Each level once, the lowest first.
fn in_order(levels: &[NonZeroUsize]) -> Vec<NonZeroUsize> {
    let mut levels = levels.to_vec();
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// What to type to run the same again.
fn command(args: &RunArgs) -> String {
    let mut words = vec![format!("{} run", called())];
    if let Some(preset) = args.preset.and_then(|p| p.to_possible_value()) {
        words.push(format!("--preset {}", preset.get_name()));
    }
    if !args.only.is_empty() {
        words.push(format!("--only {}", args.only.join(",")));
    }
    if !args.concurrency.is_empty() {
        let levels: Vec<String> =
            args.concurrency.iter().map(ToString::to_string).collect();
        words.push(format!("-c {}", levels.join(",")));
    }
    if let Some(delay) = args.delay {
        words.push(format!("--delay {}us", delay.as_micros()));
    }
    if let Some(requests) = args.requests {
        words.push(format!("-n {requests}"));
    }
    if args.keep_awake {
        words.push("--keep-awake".to_owned());
    }
    if let Some(rounds) = args.rounds {
        words.push(format!("--rounds {rounds}"));
    }
    words.join(" ")
}
