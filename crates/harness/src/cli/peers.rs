//! The arguments of `peers`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::chosen::Format;
use super::parse::{level, positive, rounds, seed};
use crate::called::called;
use crate::duration;
use crate::peers;

/// Arguments of `peers`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- peers
  cargo run -p harness -- peers --only event-loop,wrk,oha --rounds 15
  cargo run -p harness -- peers -c 256 --delay 20ms
  cargo run -p harness -- peers --only hey,worker-pool -n 20000 \\
      --output-format json

None of them needs to be installed: who is not is skipped, with a line that
says how to get it. In each round every client runs once, in random order: a
check of a few requests that the server holds for 200 ms, then a load. The
server counts; who says another number, or has another number in flight than
was asked for, is named.

Exit codes: 0 done, 1 nobody could be measured, 2 not understood, 99 one of our
own strategies failed or did something else than it says, 130 stopped by
Ctrl-C: what was measured until then is told and kept.")]
pub struct PeersArgs {
    /// Only these clients, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "NAME,...",
        value_parser = PossibleValuesParser::new(peers::names()))]
    pub only: Vec<String>,

    /// Requests in flight at once
    #[arg(short, long, value_name = "C", value_parser = level,
        default_value = "64")]
    pub concurrency: NonZeroUsize,

    /// How long the server holds each request of a load
    #[arg(long, value_name = "D", value_parser = duration::parse,
        default_value = "0ms")]
    pub delay: Duration,

    /// How long a load takes, about; the number of requests follows from it
    #[arg(long, value_name = "SECONDS", default_value = "1",
        value_parser = clap::value_parser!(u32).range(1..=60))]
    pub seconds: u32,

    /// Requests of a load, the same for all in place of the same time; wrk
    /// takes no number, only the time
    #[arg(short = 'n', long, value_name = "N", value_parser = positive)]
    pub requests: Option<NonZeroUsize>,

    /// Rounds; each holds every client once, in random order
    #[arg(long, value_name = "N", value_parser = rounds, default_value = "9")]
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

impl PeersArgs {
    /// What to type to run the same again, without its seed.
    pub fn command(&self) -> String {
        let mut words = format!(
            "{} peers -c {} --seconds {} --rounds {}",
            called(),
            self.concurrency,
            self.seconds,
            self.rounds
        );
        if !self.only.is_empty() {
            words.push_str(&format!(" --only {}", self.only.join(",")));
        }
        if !self.delay.is_zero() {
            words.push_str(&format!(" --delay {}us", self.delay.as_micros()));
        }
        if let Some(requests) = self.requests {
            words.push_str(&format!(" -n {requests}"));
        }
        words
    }
}
