use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::PossibleValuesParser;
use ping_core::Rate;

use super::chosen::OutputFormat;
use super::machines::OpenArgs;
use super::parse::{positive, rate};
use crate::duration;
use crate::strategies;

/// Arguments of `ping`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- ping http://127.0.0.1:8080/200 http://[::1]:8080/404
  cargo run -p harness -- ping -f urls.txt -c 16 --timeout 2s --expect 200,301
  cargo run -p harness -- ping -f urls.txt --deadline 30s --retries 2 \\
      --rate 20/s
  cargo run -p harness -- ping -f urls.txt --rate 30/m --per-host 1 \\
      --output-format csv -o pings.csv
  cargo run -p harness -- ping -n 1000 -c 64 --strategy async-tasks \\
      --output-format json --no-pings http://127.0.0.1:8080/200
  cargo run -p harness -- ping -f urls.txt --output-format csv -o pings.csv
  harness ping -f urls.txt -c 30 --strategy many-machines \
      --nats nats://127.0.0.1:4222 --batch night --replicas 3

With many-machines, `worker` takes jobs of the batch on any machine, -c is for
all of them together, and the pings are told as they are done. What was
stopped goes on when the same is asked for again.

A file has one URL on a line; empty lines and lines that begin with # are
passed over; `-f -` reads standard input. Any status is a success unless
--expect says which; a redirect is one, and is not followed.

Hosts that are not this machine are asked 10 times a second, 4 at once each,
unless --rate, --per-host or --strategy say otherwise. A ping that was cut off
by a timeout or the deadline is kept: its time is a lower bound.

Ctrl-C, SIGTERM and SIGHUP await what is in flight and write what there is; the
same again, later, ends at once. Passwords in URLs are shown as ***. From ten
answers on there are percentiles: p50, then p90 (50), p95 (100), p99 (500).")]
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

    /// In which way [default: worker-pool, or good-manners where manners are
    /// asked for]
    #[arg(long, value_name = "NAME",
        value_parser = PossibleValuesParser::new(strategies::names_to_ping()))]
    pub strategy: Option<String>,

    /// Threads of the runtime under a strategy of async tasks
    #[arg(long, value_name = "N", default_value = "1",
        value_parser = positive)]
    pub workers: NonZeroUsize,

    /// How long one ping may take, name look-up to last byte
    #[arg(long, value_name = "D", default_value = "5s",
        value_parser = duration::parse_positive)]
    pub timeout: Duration,

    /// How long all pings together may take
    #[arg(long, value_name = "D", value_parser = duration::parse_positive)]
    pub deadline: Option<Duration>,

    /// Try a ping again that failed for a while, at most so often; together
    /// there are at most 20 retries, or a fifth as many as pings
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub retries: Option<u32>,

    /// The most requests a second, retries too, such as 50/s, 0.5/s or 30/m
    #[arg(long, value_name = "R", value_parser = rate)]
    pub rate: Option<Rate>,

    /// The most in flight at once to one host
    #[arg(long, value_name = "N", value_parser = positive)]
    pub per_host: Option<NonZeroUsize>,

    /// Let -n go round the list more than ten times where a host is not this
    /// machine
    #[arg(long)]
    pub allow_repeats: bool,

    /// Statuses that are a success; any other fails
    #[arg(long, value_delimiter = ',', value_name = "STATUS,...",
        value_parser = clap::value_parser!(u16).range(100..=999))]
    pub expect: Vec<u16>,

    /// As what to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub output_format: OutputFormat,

    /// The queue of many machines.
    #[command(flatten)]
    pub machines: OpenArgs,

    /// Leave the single pings out of the output
    #[arg(long)]
    pub no_pings: bool,

    /// Write to this file instead of standard output; what it held is replaced
    /// when all is done
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
