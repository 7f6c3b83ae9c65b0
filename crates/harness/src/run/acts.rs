use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use clap::ValueEnum;

use super::session::Session;
use super::{book, levels, uneven};
use crate::cli::RunArgs;
use crate::interrupt::{INTERRUPTED, Interrupt};
use crate::limits;
use crate::report::{Drawn, draw, trust};
use crate::strategies::{self, Strategy};
use crate::terminal::{Ink, Paint, note, say};
use crate::trial::Stopped;

/// How much to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Preset {
    /// One round, to see that everything works
    Smoke,
    /// Six rounds: an answer in a quarter of a minute
    Quick,
    /// Fifteen rounds: narrower intervals
    Full,
}

impl Preset {
    fn rounds(self) -> u32 {
        match self {
            Preset::Smoke => 1,
            Preset::Quick => 6,
            Preset::Full => 15,
        }
    }
}

/// One's own question, instead of the acts.
#[derive(Debug, Clone)]
pub struct Question {
    /// How many in flight at once; each is a batch.
    pub levels: Vec<NonZeroUsize>,
    /// The server's wait.
    pub delay: Duration,
    /// Pings per trial; by default 16 times the level.
    pub requests: Option<NonZeroUsize>,
}

/// What `harness run` was asked for.
pub struct RunOptions {
    /// How much.
    pub preset: Preset,
    /// Rounds, if not the preset's.
    pub rounds: Option<u32>,
    /// Which strategies, in the order of the lessons.
    pub strategies: Vec<&'static Strategy>,
    /// Whether they were named one by one.
    pub named: bool,
    /// One's own question.
    pub question: Option<Question>,
    /// Seed of the order; by default from the clock.
    pub seed: Option<u64>,
    /// Where report folders go.
    pub reports: PathBuf,
    /// Whether to open the page at the end.
    pub open: bool,
    /// The command that repeats this run, without its seed.
    pub command: String,
}

impl RunOptions {
    /// Rounds to run.
    pub fn rounds(&self) -> u32 {
        self.rounds.unwrap_or(self.preset.rounds())
    }
}

/// Runs the acts, one after the other; each prints its answer. Ctrl-C in any
/// of them keeps what was measured and draws it.
pub fn run(options: &RunOptions) -> Result<ExitCode> {
    let interrupt = Interrupt::install(|| {
        note("stopping; what was measured is kept (Ctrl-C again: at once)");
    })?;
    let mut session = Session::begin(options, &interrupt)?;
    let acted = match &options.question {
        None => book::act(&mut session, options)
            .and_then(|()| uneven::act(&mut session, options)),
        Some(question) => levels::act(&mut session, options, question),
    };
    if session.trials() == 0 {
        // Nothing was measured, so there is nothing to keep.
        session.folder().discard();
        return match acted {
            Err(End::Broken(error)) => Err(error),
            _ => Ok(ExitCode::from(INTERRUPTED)),
        };
    }
    let drawn = draw(session.folder(), session.run());
    if let Err(End::Broken(error)) = acted {
        // What broke the run matters more than what could not be drawn of it.
        return Err(error);
    }
    let drawn = drawn?;
    session.folder().mark_latest();
    conclude(&drawn);
    if options.open
        && let Err(error) = open::that_detached(&drawn.page)
    {
        note(format!("cannot open the page: {error}"));
    }
    match acted {
        Err(_) => Ok(ExitCode::from(INTERRUPTED)),
        Ok(()) if trust::holds(&drawn.summary.trust) => Ok(ExitCode::SUCCESS),
        Ok(()) => Ok(ExitCode::FAILURE),
    }
}

/// Why an act ended early.
#[derive(Debug)]
pub(super) enum End {
    /// Ctrl-C.
    Stopped(Stopped),
    /// The harness itself cannot go on.
    Broken(anyhow::Error),
}

impl From<Stopped> for End {
    fn from(stopped: Stopped) -> End {
        End::Stopped(stopped)
    }
}

impl From<anyhow::Error> for End {
    fn from(error: anyhow::Error) -> End {
        End::Broken(error)
    }
}

/// How many problems stand on the terminal.
const PROBLEMS: usize = 10;

fn conclude(drawn: &Drawn) {
    let trust = &drawn.summary.trust;
    let ink = if trust::holds(trust) { Ink::Strong } else { Ink::Wrong };
    say("");
    say("May I believe it?".ink(Ink::Strong));
    say(format!("  {}", trust::line(trust).ink(ink)));
    for (trial, problem) in trust.problems.iter().take(PROBLEMS) {
        say(format!("  trial {trial}: {problem}").ink(Ink::Wrong));
    }
    if let Some(more @ 1..) = trust.problems.len().checked_sub(PROBLEMS) {
        say(format!("  and {more} more, on the page").ink(Ink::Wrong));
    }
    for missing in &drawn.missing {
        say(format!("  not drawn: {missing}").ink(Ink::Muted));
    }
    say("");
    say(format!("The page:  {}", drawn.page.display()));
}

impl RunOptions {
    /// The options that the command line asks for.
    pub fn from_args(args: &RunArgs) -> Result<RunOptions> {
        // Who names nobody wants the lessons.
        let chosen = |strategy: &&Strategy| match args.only.as_slice() {
            [] => strategy.lesson.is_some(),
            only => only.iter().any(|name| name == strategy.name),
        };
        let question = (!args.concurrency.is_empty()).then(|| Question {
            levels: in_order(&args.concurrency),
            delay: args.delay.unwrap_or(DEFAULT_DELAY),
            requests: args.requests,
        });
        let levels = args.concurrency.iter().copied();
        limits::check_open_files(levels.max().unwrap_or(uneven::AT_ONCE))?;
        Ok(RunOptions {
            preset: args.preset.unwrap_or(Preset::Quick),
            rounds: args.rounds,
            strategies: strategies::all().filter(chosen).collect(),
            named: !args.only.is_empty(),
            question,
            seed: args.seed,
            reports: args.reports.clone(),
            open: args.open,
            command: command(args),
        })
    }
}

/// Each level once, the lowest first.
fn in_order(levels: &[NonZeroUsize]) -> Vec<NonZeroUsize> {
    let mut levels = levels.to_vec();
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// The wait of one's own question where none is said.
const DEFAULT_DELAY: Duration = Duration::from_millis(20);

/// What to type to run the same again.
fn command(args: &RunArgs) -> String {
    let mut words = vec!["cargo run -p harness -- run".to_owned()];
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
    if let Some(rounds) = args.rounds {
        words.push(format!("--rounds {rounds}"));
    }
    words.join(" ")
}
