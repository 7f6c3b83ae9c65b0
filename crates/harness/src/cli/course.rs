//! The arguments of the course.

use std::path::PathBuf;

use clap::Args;
use measurement::course::Lesson;

use super::parse::{lesson, seed};

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

    /// Run this wrong program beside the right one instead; without a name,
    /// list them
    #[arg(long, value_name = "NAME", num_args = 0..=1,
        default_missing_value = "", conflicts_with_all = ["skip", "seed"])]
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
  cargo run -p harness -- check 2 input_order --reset

Each exercise is a file in the lesson's folder that does not do yet what its
head asks for: edit it there and check it again. The server decides. Exit code
0 says that all that was checked is solved. `--reset` gives the file back as it
was handed out, and keeps yours beside it.")]
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

    /// Restore the exercise's file as it was handed out, after asking; yours
    /// is kept beside it
    #[arg(long, requires = "name", conflicts_with_all = ["hint", "solution"])]
    pub reset: bool,

    /// Do not ask before that
    #[arg(long, requires = "reset")]
    pub yes: bool,

    /// Check this program instead: how the wrong answers are tried
    #[arg(long, hide = true, value_name = "FILE", requires = "name",
        conflicts_with_all = ["hint", "solution", "reset"])]
    pub program: Option<PathBuf>,
}
