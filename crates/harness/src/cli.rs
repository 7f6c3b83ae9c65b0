//! The command line: what may be typed, and what is refused at once.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use measurement::course::{self, LESSONS, Lesson};
use measurement::waits::Waits;

use crate::duration;
use crate::ping::OutputFormat;
use crate::run::{PINGS_PER_LANE, Preset};
use crate::strategies;

/// One job, many concurrent ways, and a server that tells what really
/// overlapped
#[derive(Debug, Parser)]
#[command(
    name = "harness",
    version,
    propagate_version = false,
    disable_help_subcommand = true,
    after_help = "Examples:
  cargo run -p harness                                    the acts, about a minute
  cargo run -p harness -- run -c 8,64 --delay 20ms        a question of your own
  cargo run -p harness -- witness -c 8 -- hey -n 80 -c 8 {url}
  cargo run -p harness -- ping -c 8 http://127.0.0.1:8080/200
  cargo run -p harness -- lesson 1                        the course

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
    /// Ping URLs of your own, with any strategy
    Ping(PingArgs),
    /// Start the test server and leave it running, until Ctrl-C
    Serve(ServeArgs),
    /// Draw every chart and page of a report folder again, from its records
    Plot(PlotArgs),
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
    /// One trial, as a child of `run`
    #[command(hide = true)]
    Trial(ChildArgs),
    /// The test server, as a child of `run`
    #[command(hide = true)]
    ServerProcess(ChildArgs),
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
  cargo run -p harness -- run -c 64 --delay 0ms -n 8000")]
pub struct RunArgs {
    /// How much to run [default: quick]
    #[arg(long, value_enum)]
    pub preset: Option<Preset>,

    /// Only these strategies or controls, by name, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "NAME,...",
        value_parser = PossibleValuesParser::new(strategies::all_names()))]
    pub only: Vec<String>,

    /// Your own question: how many in flight at once, such as 8,64
    #[arg(short, long, value_delimiter = ',', value_name = "LIST",
        value_parser = level)]
    pub concurrency: Vec<NonZeroUsize>,

    /// Your own question: how long the server waits [default: 20ms]
    #[arg(long, value_name = "D", value_parser = duration::parse,
        requires = "concurrency")]
    pub delay: Option<Duration>,

    /// Your own question: pings per trial [default: 8 times -c]
    #[arg(short = 'n', long, value_name = "N", value_parser = per_trial,
        requires = "concurrency")]
    pub requests: Option<NonZeroUsize>,

    /// Rounds; each holds every strategy once, in random order
    #[arg(long, value_name = "N", value_parser = rounds)]
    pub rounds: Option<u32>,

    /// Seed of that order, to repeat a run
    #[arg(long, value_name = "N", value_parser = seed)]
    pub seed: Option<u64>,

    /// Where the report folder goes
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub reports: PathBuf,

    /// Open the page when it is done
    #[arg(long)]
    pub open: bool,
}

/// Arguments of `witness`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- witness -c 3 -- hey -n 7 -c 3 {url}
  cargo run -p harness -- witness --wait uneven -- python3 mine.py {url}
  cargo run -p harness -- witness -- sh -c 'for i in 1 2 3; do curl -s {url}?seq=$i; done'

Write {url} where the program takes its address. Number the requests with
?seq=0, ?seq=1, ... to have repeated ones counted; without, they are numbered
by arrival.")]
pub struct WitnessArgs {
    /// How long the server waits: a duration, `uneven`, `book` or `none`
    #[arg(long, value_name = "WAIT", default_value = "20ms",
        value_parser = waits)]
    pub wait: Waits,

    /// How many you asked the program to have in flight: adds a verdict
    #[arg(short, long, value_name = "K", value_parser = positive)]
    pub concurrency: Option<NonZeroUsize>,

    /// Where the picture and the record go
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub reports: PathBuf,

    /// The program and its arguments, after `--`
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<String>,
}

/// Arguments of `ping`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- ping http://127.0.0.1:8080/200 http://127.0.0.1:8080/404
  cargo run -p harness -- ping -f urls.txt -c 16 --timeout 2s --expect 200,301
  cargo run -p harness -- ping -n 1000 -c 64 --strategy async-tasks --output-format json \\
      --no-pings http://127.0.0.1:8080/200

A file has one URL on a line; empty lines and lines that begin with # are
passed over; `-f -` reads standard input. Any status is a success unless
--expect says which.")]
pub struct PingArgs {
    /// What to ping
    #[arg(value_name = "URL")]
    pub urls: Vec<String>,

    /// A file of URLs, one on a line; `-` is standard input
    #[arg(short, long, value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// How many pings, going round the list [default: each URL once]
    #[arg(short = 'n', long, value_name = "N", value_parser = positive)]
    pub requests: Option<NonZeroUsize>,

    /// The most in flight at once [default: 8]
    #[arg(short, long, value_name = "C", value_parser = positive)]
    pub concurrency: Option<NonZeroUsize>,

    /// In which way
    #[arg(long, value_name = "NAME", default_value = "worker-pool",
        value_parser = PossibleValuesParser::new(strategies::names()))]
    pub strategy: String,

    /// How long one ping may take, name look-up to last byte
    #[arg(long, value_name = "D", default_value = "5s",
        value_parser = duration::parse_positive)]
    pub timeout: Duration,

    /// Statuses that are a success; any other fails
    #[arg(long, value_delimiter = ',', value_name = "STATUS,...",
        value_parser = clap::value_parser!(u16).range(100..=999))]
    pub expect: Vec<u16>,

    /// As what to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub output_format: OutputFormat,

    /// Leave the single pings out of the output
    #[arg(long)]
    pub no_pings: bool,

    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- serve --port 8080
  curl 'http://127.0.0.1:8080/404?sleep=250'")]
pub struct ServeArgs {
    /// The port for pings; 0 takes a free one
    #[arg(long, value_name = "P", default_value = "0")]
    pub port: u16,

    /// How long it waits: a duration, `uneven`, `book` or `none`
    #[arg(long, value_name = "WAIT", default_value = "none",
        value_parser = waits)]
    pub wait: Waits,
}

/// Arguments of `plot`.
#[derive(Debug, Args)]
pub struct PlotArgs {
    /// A report folder, such as reports/latest
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Arguments of `lesson`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- lesson 1
  cargo run -p harness -- lesson 4 --skip
  cargo run -p harness -- lesson 2 --trap join_in_loop

It asks for your prediction first, where there is a terminal, and takes up to
twenty seconds then.")]
pub struct LessonArgs {
    /// Its number
    #[arg(value_name = "N", value_parser = lesson)]
    pub lesson: &'static Lesson,

    /// Do not ask for a prediction
    #[arg(long)]
    pub skip: bool,

    /// Run this wrong program beside the right one instead
    #[arg(long, value_name = "NAME", conflicts_with_all = ["skip", "seed"])]
    pub trap: Option<String>,

    /// Seed of the order of trials, to repeat a run
    #[arg(long, value_name = "N", value_parser = seed)]
    pub seed: Option<u64>,

    /// Where the report folder goes, and the predictions are
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub reports: PathBuf,
}

/// Arguments of `predict`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- predict 2
  cargo run -p harness -- predict 2 140ms 150ms 300ms
  cargo run -p harness -- predict 5 0.6s - 100MiB

Without answers it asks for them, where there is a terminal, and lists its
questions elsewhere. The newest prediction of a lesson is kept, drawn into its
chart and scored.")]
pub struct PredictArgs {
    /// The lesson's number
    #[arg(value_name = "N", value_parser = lesson)]
    pub lesson: &'static Lesson,

    /// An answer to each question, in their order; `-` passes one
    #[arg(value_name = "ANSWER")]
    pub answers: Vec<String>,

    /// Where the predictions are kept
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub reports: PathBuf,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- check 2
  cargo run -p harness -- check 2 input_order
  cargo run -p harness -- check 2 input_order --hint

Each exercise is a file in the lesson's folder that does not do yet what its
head asks for: edit it there and check it again. The server decides. Exit code
0 says that all that was checked is solved.")]
pub struct CheckArgs {
    /// The lesson's number
    #[arg(value_name = "N", value_parser = lesson)]
    pub lesson: &'static Lesson,

    /// The exercise; all of the lesson if none is named
    #[arg(value_name = "NAME")]
    pub name: Option<String>,

    /// Give a hint instead
    #[arg(long, requires = "name", conflicts_with = "solution")]
    pub hint: bool,

    /// Check our solution instead, and tell where it is
    #[arg(long, requires = "name")]
    pub solution: bool,
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

/// Arguments of `program`.
#[derive(Debug, Args)]
pub struct ProgramArgs {
    /// The process that this one must not outlive
    #[arg(long)]
    pub parent: u32,

    /// What to become
    #[arg(last = true, required = true)]
    pub command: Vec<String>,
}

fn positive(text: &str) -> Result<NonZeroUsize, String> {
    let number: usize = text.parse().map_err(|_| {
        format!("`{text}` is not a whole number; write one from 1 up")
    })?;
    NonZeroUsize::new(number)
        .ok_or_else(|| "0 would never do anything; write 1 or more".to_owned())
}

/// The server keeps a stamp of this many pings, and without its stamps a trial
/// could not be checked.
const MOST_PER_TRIAL: usize = 65_536;

fn per_trial(text: &str) -> Result<NonZeroUsize, String> {
    let number = positive(text)?;
    if number.get() > MOST_PER_TRIAL {
        return Err(format!(
            "a trial has {MOST_PER_TRIAL} pings at most; for more of them \
             there is --rounds"
        ));
    }
    Ok(number)
}

fn level(text: &str) -> Result<NonZeroUsize, String> {
    const MOST: usize = MOST_PER_TRIAL / PINGS_PER_LANE;
    let number = positive(text)?;
    if number.get() > MOST {
        return Err(format!("{MOST} at once is the most that is measured"));
    }
    Ok(number)
}

fn lesson(text: &str) -> Result<&'static Lesson, String> {
    let found = text.parse().ok().and_then(course::lesson);
    found.ok_or_else(|| {
        let last = LESSONS.len();
        format!("there is no lesson `{text}`; they are 1 to {last}")
    })
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "write a whole number from 0 up".to_owned())
}

fn rounds(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(rounds @ 1..=1000) => Ok(rounds),
        _ => Err("write a whole number from 1 to 1000".to_owned()),
    }
}

fn waits(text: &str) -> Result<Waits, String> {
    match text {
        "none" => Ok(Waits::None),
        "uneven" => Ok(Waits::Uneven),
        "book" => Ok(Waits::Book),
        _ => match duration::parse(text) {
            Ok(Duration::ZERO) => Ok(Waits::None),
            Ok(wait) => Ok(Waits::Fixed(wait.as_nanos() as u64)),
            Err(why) => Err(format!("{why}; or `uneven`, `book`, `none`")),
        },
    }
}
