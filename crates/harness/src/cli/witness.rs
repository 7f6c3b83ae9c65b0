//! What `witness` can be told.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use measurement::expectation::Expectation;
use measurement::waits::Waits;

use super::chosen::Format;
use super::faults::FaultArgs;
use super::parse::{count, positive, waits};
use crate::duration;

/// Arguments of `witness`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- witness -c 3 -- hey -n 7 -c 3 {url}
  cargo run -p harness -- witness --wait uneven -- python3 mine.py {url}
  cargo run -p harness -- witness --fault reset-in-body -- curl {url}
  cargo run -p harness -- witness --expect-requests 3 --each-once -- \\
      sh -c 'for i in 1 2 3; do curl -s {url}?seq=$i; done'
  cargo run -p harness -- witness --expect-peak 8 --at-most 8 --within 2s \\
      --output-format json -- python3 mine.py {url} | jq .shape.name

Write {url} where the program takes its address. Number the requests with
?seq=0, ?seq=1, ... to have repeated ones counted; without, they are numbered
by arrival.

With `--wait uneven` its shape can be told: one by one, waves, shares, a queue.
With even waits the last three look alike.

Each expectation is a line, met or missed by what the server counted; only
--within is a time. What the server could not see is missed.

Exit codes: 0 all is well, 99 a threshold was missed: an expectation, or the
number in flight that -c names. 1 the program itself failed, and no threshold
was missed; its own exit code is in the words, and in the JSON. 2 not
understood, 130 stopped by Ctrl-C.

The record keeps the command, and no secrets of it: passwords, tokens and
cookies in headers, options, variables and URLs are ***; query strings and what
a request sends stay.")]
pub struct WitnessArgs {
    /// How long the server waits: a duration, `uneven`, `book` or `none`
    #[arg(long, value_name = "WAIT", default_value = "20ms",
        value_parser = waits)]
    pub wait: Waits,

    /// What the server does wrong.
    #[command(flatten)]
    pub faults: FaultArgs,

    /// How many you asked the program to have in flight: adds a verdict and
    /// the earliest possible end
    #[arg(short, long, value_name = "K", value_parser = positive)]
    pub concurrency: Option<NonZeroUsize>,

    /// As what to print what the server saw; as JSON it is alone on standard
    /// output, and what the program prints goes to standard error
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "text")]
    pub output_format: Format,

    /// Where the picture and the record go
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub reports: PathBuf,

    /// What the program is expected to do.
    #[command(flatten)]
    pub expected: ExpectedArgs,

    /// The program and its arguments, after `--`
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<String>,
}

/// What a program is expected to do.
#[derive(Debug, Args)]
#[command(next_help_heading = "Expectations")]
pub struct ExpectedArgs {
    /// The program sends N requests
    #[arg(long, value_name = "N", value_parser = count)]
    expect_requests: Option<u64>,

    /// N requests are in flight at the most, and once they are
    #[arg(long, value_name = "N", value_parser = count)]
    expect_peak: Option<u64>,

    /// Never more than N requests are in flight
    #[arg(long, value_name = "N", value_parser = count)]
    at_most: Option<u64>,

    /// The program opens N connections
    #[arg(long, value_name = "N", value_parser = count)]
    expect_connections: Option<u64>,

    /// Each request is sent once; they need numbers: ?seq=0, ?seq=1, ...
    #[arg(long)]
    each_once: bool,

    /// From the first request to the last answer it takes this long at most
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    within: Option<Duration>,
}

impl ExpectedArgs {
    /// What is expected, in the order of the options.
    ///
    /// # Errors
    ///
    /// In words, where no program could do all of it.
    pub fn all(&self) -> Result<Vec<Expectation>, String> {
        let ExpectedArgs { expect_peak, at_most, expect_requests, .. } = self;
        if let (Some(peak), Some(most)) = (expect_peak, at_most)
            && peak > most
        {
            return Err(format!(
                "no program can have {peak} in flight (--expect-peak) and at \
                 most {most} (--at-most); write one of them, or {peak} twice"
            ));
        }
        if let (Some(peak), Some(requests)) = (expect_peak, expect_requests)
            && (peak > requests || (*peak == 0 && *requests > 0))
        {
            return Err(format!(
                "no program can have {peak} in flight (--expect-peak) of \
                 {requests} requests (--expect-requests); write a peak from \
                 {} to {requests}",
                requests.min(&1)
            ));
        }
        let within = self
            .within
            .map(|limit| u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX));
        let all = [
            expect_requests.map(Expectation::Requests),
            expect_peak.map(Expectation::Peak),
            at_most.map(Expectation::AtMost),
            self.expect_connections.map(Expectation::Connections),
            self.each_once.then_some(Expectation::EachOnce),
            within.map(Expectation::Within),
        ];
        Ok(all.into_iter().flatten().collect())
    }
}
