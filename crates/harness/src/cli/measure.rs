//! The arguments of `cluster measure`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use measurement::queue_cost::Act;

use super::chosen::Format;
use super::parse::{level, million, rounds, seed};
use crate::called::called;

/// Arguments of `cluster measure`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness --features many-machines -- cluster measure
  cargo run -p harness --features many-machines -- cluster measure \\
      --only saturation --rounds 9
  cargo run -p harness --features many-machines -- cluster measure \\
      --jobs 1000000

Each batch has servers and processes of its own: one that puts the jobs on the
queue, workers, one that takes the results. In each round every batch runs once,
in random order. The server that is pinged counts: as many requests as jobs,
all different, and no more in flight than asked for.

Exit codes: 0 done, 1 nothing could be measured, 2 not understood, 99 a batch
failed or a count is wrong, 130 stopped by Ctrl-C: what was measured until then
is told and kept.")]
pub struct MeasureArgs {
    /// Only these acts, separated by commas
    #[arg(long, value_enum, value_delimiter = ',', value_name = "ACT,...")]
    pub only: Vec<MeasuredAct>,

    /// And one batch of so many jobs, once with one server and once with
    /// three: what it takes of memory
    #[arg(long, value_name = "N", value_parser = million)]
    pub jobs: Option<NonZeroUsize>,

    /// Jobs in flight at once where the server answers at once
    #[arg(short, long, value_name = "C", value_parser = level,
        default_value = "200")]
    pub concurrency: NonZeroUsize,

    /// Jobs of each other batch [default: what takes some seconds]
    #[arg(short = 'n', long, value_name = "N", value_parser = million)]
    pub requests: Option<NonZeroUsize>,

    /// Rounds; each holds every batch once, in random order
    #[arg(long, value_name = "N", value_parser = rounds, default_value = "3")]
    pub rounds: u32,

    /// Seed of that order, to repeat a run
    #[arg(long, value_name = "N", value_parser = seed)]
    pub seed: Option<u64>,

    /// As what to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub output_format: Format,

    /// Where the records and the picture go
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub reports: PathBuf,
}

/// What may be asked for alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MeasuredAct {
    /// What a job costs where the server answers at once
    Saturation,
    /// Whether more workers are faster where it waits
    Scaling,
    /// Neither: the batch of --jobs alone
    Backlog,
}

impl MeasureArgs {
    /// What is measured besides a backlog.
    pub fn acts(&self) -> Vec<Act> {
        let act = |chosen: &MeasuredAct| match chosen {
            MeasuredAct::Saturation => Act::Saturation,
            MeasuredAct::Scaling => Act::Scaling,
            MeasuredAct::Backlog => Act::Backlog,
        };
        match self.only.is_empty() {
            true => vec![Act::Saturation, Act::Scaling],
            false => self.only.iter().map(act).collect(),
        }
    }

    /// What to type to run the same again, without its seed.
    pub fn command(&self) -> String {
        let mut words = format!(
            "{} cluster measure -c {} --rounds {}",
            called(),
            self.concurrency,
            self.rounds
        );
        if !self.only.is_empty() {
            let name = |act: &MeasuredAct| {
                act.to_possible_value().map(|value| value.get_name().to_owned())
            };
            let names: Vec<String> =
                self.only.iter().filter_map(name).collect();
            words.push_str(&format!(" --only {}", names.join(",")));
        }
        for (option, number) in [("--jobs", self.jobs), ("-n", self.requests)] {
            if let Some(number) = number {
                words.push_str(&format!(" {option} {number}"));
            }
        }
        words
    }
}
