//! The command line: what may be typed, and what is refused at once.

use std::env;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use measurement::waits::Waits;

use crate::called::{BY_CARGO, called};
use crate::duration;
use crate::strategies;

mod chosen;
mod compare;
mod course;
mod exam;
mod faults;
mod machines;
mod manual;
mod measure;
mod parse;
mod peers;
mod ping;
mod witness;

pub use chosen::{Format, OutputFormat, Preset};
pub use compare::CompareArgs;
pub use course::{CheckArgs, LessonArgs, PredictArgs};
pub use exam::ExamArgs;
pub use faults::FaultArgs;
pub use machines::{
    ClusterArgs, ClusterCommand, KeyArgs, OpenArgs, QueueArgs, QueueUser,
    QueueWorkerArgs, RightsArgs, WorkerArgs,
};
pub use manual::{CompletionsArgs, ManArgs};
pub use measure::{MeasureArgs, MeasuredAct};
pub use parse::PINGS_PER_LANE;
use parse::{level, per_trial, repeat, rounds, seed, waits};
pub use peers::PeersArgs;
pub use ping::PingArgs;
pub use witness::{ExpectedArgs, WitnessArgs};

/// One job, many concurrent ways, and a server that tells what really
/// overlapped
#[derive(Debug, Parser)]
#[command(
    name = "harness",
    version,
    propagate_version = false,
    disable_help_subcommand = true,
    max_term_width = 80,
    after_help = "Examples:
  cargo run -p harness -- run                       the acts, about a minute
  cargo run -p harness -- run -c 8,64 --delay 20ms  a question of your own
  cargo run -p harness -- witness -c 8 -- hey -n 80 -c 8 {url}
  cargo run -p harness -- exam -- curl -sS {url}
  cargo run -p harness -- ping -c 8 http://127.0.0.1:8080/200
  cargo run -p harness -- lesson 1                  the course

Exit codes: 0 done, 1 failed, 2 not understood, 99 a threshold was missed,
130 stopped by Ctrl-C."
)]
pub struct Cli {
    /// No colours (also: NO_COLOR=1)
    #[arg(long, global = true)]
    pub no_color: bool,

    /// What to do; `run --preset quick` if nothing is said
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Cli {
    /// What was typed.
    ///
    /// # Errors
    ///
    /// If it asks for help or a version, which are in the error, or cannot be
    /// understood.
    pub fn typed() -> Result<Cli, clap::Error> {
        let mut command = Cli::told_as(called());
        let mut matches = command.try_get_matches_from_mut(env::args_os())?;
        Cli::from_arg_matches_mut(&mut matches)
            .map_err(|error| error.format(&mut command))
    }

    /// All commands and their help. Its examples begin with these words.
    pub fn told_as(called: &str) -> clap::Command {
        let told = |command: clap::Command| {
            let Some(text) = command.get_after_help() else { return command };
            let text = text.ansi().to_string();
            command.after_help(text.replace(BY_CARGO, called))
        };
        told(Cli::command()).mut_subcommands(told)
    }

    /// The command, or `run` as if it had been typed without arguments.
    pub fn chosen(self) -> Command {
        let run = || Cli::parse_from(["harness", "run"]).chosen();
        self.command.unwrap_or_else(run)
    }
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run every strategy against the test server and draw what happened
    Run(RunArgs),
    /// Run any program and tell what the server saw of it
    Witness(WitnessArgs),
    /// Play scenes before a program, and judge what it does in each
    Exam(ExamArgs),
    /// Put other people's clients beside ours, counted by the server
    Peers(PeersArgs),
    /// Ping URLs of your own, with any strategy
    Ping(Box<PingArgs>),
    /// Take jobs of a batch that is pinged by many machines
    Worker(WorkerArgs),
    /// Start or end three NATS servers on this machine, for many machines; or
    /// measure what such a queue costs
    Cluster(ClusterArgs),
    /// Start the test server and leave it running, until Ctrl-C
    Serve(ServeArgs),
    /// Draw every chart and page of a report folder again, from its records
    Plot(PlotArgs),
    /// Put runs beside each other, cell by cell
    Compare(CompareArgs),
    /// Tell what on this machine would disturb a measurement
    Doctor(DoctorArgs),
    /// Go through a lesson: predict, run, read, explain, break
    Lesson(LessonArgs),
    /// Predict the numbers of a lesson before you see them
    Predict(PredictArgs),
    /// Run your solution of an exercise before the server
    Check(CheckArgs),
    /// List the strategies
    List,
    /// Print what completes these commands in a shell
    Completions(CompletionsArgs),
    /// Print a page of the manual
    Man(ManArgs),
    /// One trial, as a child of `run`
    #[command(hide = true)]
    Trial(ChildArgs),
    /// The test server, as a child of `run`
    #[command(hide = true)]
    ServerProcess(ChildArgs),
    /// A scene of an exam, as a child of `exam`
    #[command(hide = true)]
    SceneProcess(ChildArgs),
    /// Keeps the processors awake, as a child of `run`
    #[command(hide = true)]
    KeepAwake(ChildArgs),
    /// Plays a part in a batch, as a child of `cluster measure`
    #[command(hide = true)]
    MachinePart(ChildArgs),
    /// Pings and hashes what it is told to, as a child of a trial
    #[command(hide = true)]
    Hasher(HasherArgs),
    /// Takes jobs from the queue of a trial, as a child of `lesson`
    #[command(hide = true)]
    QueueWorker(QueueWorkerArgs),
    /// Becomes another program that ends when the harness does
    #[command(hide = true)]
    Program(ProgramArgs),
}

/// Arguments of `run`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- run --preset smoke
  cargo run -p harness -- run --only threads,worker-pool --seed 7
  cargo run -p harness -- run -c 64,256 --delay 20ms --rounds 9
  cargo run -p harness -- run -c 64 --delay 0ms -n 8000 --keep-awake
  cargo run -p harness -- run --preset capacity
  cargo run -p harness -- run --repeat 5

With --preset capacity, -c says how many in flight, --delay how long each is
held. With --repeat there is a run for each seed, in a folder of its own, and then
they are compared, as `compare` does; the page of that is beside the folders.")]
pub struct RunArgs {
    /// How much to run [default: quick]
    #[arg(long, value_enum)]
    pub preset: Option<Preset>,

    /// Only these strategies or the pair by hand, by name, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "NAME,...",
        value_parser = PossibleValuesParser::new(strategies::all_names()))]
    pub only: Vec<String>,

    /// Your own question: how many in flight at once, such as 8,64
    #[arg(short, long, value_delimiter = ',', value_name = "LIST",
        value_parser = level)]
    pub concurrency: Vec<NonZeroUsize>,

    /// Your own question: how long the server waits [default: 20ms, with
    /// --preset capacity 2s]
    #[arg(long, value_name = "D", value_parser = duration::parse,
        requires = "concurrency")]
    pub delay: Option<Duration>,

    /// Your own question: pings per trial [default: 8 times -c, 65536 at most,
    /// and where nothing waits 2048 at least]
    #[arg(short = 'n', long, value_name = "N", value_parser = per_trial,
        requires = "concurrency")]
    pub requests: Option<NonZeroUsize>,

    /// Your own question: keep the processors awake with a process of the
    /// lowest priority, as the presets do where nothing waits; else whoever
    /// pings one by one also waits for a processor to wake up
    #[arg(long, requires = "concurrency")]
    pub keep_awake: bool,

    /// Rounds; each holds every strategy once, in random order
    #[arg(long, value_name = "N", value_parser = rounds)]
    pub rounds: Option<u32>,

    /// Seed of that order, to repeat a run
    #[arg(long, value_name = "N", value_parser = seed)]
    pub seed: Option<u64>,

    /// Make so many runs, each with a seed of its own, and compare them
    #[arg(long, value_name = "N", value_parser = repeat)]
    pub repeat: Option<u32>,

    /// Where the report folder goes
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub reports: PathBuf,

    /// Open the page when it is done
    #[arg(long)]
    pub open: bool,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
#[command(after_help = faults::help_of_serve())]
pub struct ServeArgs {
    /// The port for pings; 0 takes a free one
    #[arg(long, value_name = "P", default_value = "0")]
    pub port: u16,

    /// How long it waits: a duration, `uneven`, `book` or `none`
    #[arg(long, value_name = "WAIT", default_value = "none",
        value_parser = waits)]
    pub wait: Waits,

    /// What it does wrong.
    #[command(flatten)]
    pub faults: FaultArgs,

    /// As what to print where it is: `json` is one line, for tests
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub output_format: Format,

    /// End when standard input does, too: a test that ends, however it does,
    /// takes its server with it
    #[arg(long)]
    pub end_with_stdin: bool,
}

/// Arguments of `plot`.
#[derive(Debug, Args)]
pub struct PlotArgs {
    /// A report folder, such as reports/latest, or its name there; also one
    /// of an exam or of a run with peers
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Arguments of `doctor`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- doctor
  cargo run -p harness -- doctor | grep mend
  cargo run -p harness -- doctor --cheats

It takes about two seconds and changes nothing. `mend` is what would make a
result wrong, `mind` what to keep in mind when reading one. Exit code 0 says
that it could look, not that all is well; with --cheats, that every liar was
caught and the honest strategy was not accused.")]
pub struct DoctorArgs {
    /// Run liars instead, and tell which check catches each
    #[arg(long)]
    pub cheats: bool,
}

/// Arguments of our own children.
#[derive(Debug, Args)]
pub struct ChildArgs {
    /// The process that this one must not outlive
    #[arg(long)]
    pub parent: u32,
}

/// Arguments of `hasher`.
#[derive(Debug, Args)]
pub struct HasherArgs {
    /// The process that this one must not outlive
    #[arg(long)]
    pub parent: u32,

    /// How often each body is hashed
    #[arg(long)]
    pub hashes: u32,

    /// How long a ping may take
    #[arg(long)]
    pub timeout_ms: u64,
}

/// Arguments of `program`.
#[derive(Debug, Args)]
pub struct ProgramArgs {
    /// The process that this one must not outlive
    #[arg(long)]
    pub parent: u32,

    /// To be the program itself, and not its keeper
    #[arg(long)]
    pub kept: bool,

    /// To ignore a hang-up, as whoever started the harness did
    #[arg(long)]
    pub nohup: bool,

    /// What to become
    #[arg(last = true, required = true)]
    pub command: Vec<String>,
}
