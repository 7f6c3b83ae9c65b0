//! What the server is to do wrong.

use std::num::NonZeroUsize;

use clap::Args;
use measurement::fault::Fault;
use measurement::waits::{Capacity, Plan, Waits};

use super::parse::positive;

/// What a server that is started for others does wrong, or cannot do.
#[derive(Debug, Args)]
pub struct FaultArgs {
    /// What goes wrong: a name, or a list that the requests meet in turn, in
    /// which `none` is nothing; `serve --help` lists them
    #[arg(long, value_name = "NAME", value_delimiter = ',',
        value_parser = met)]
    fault: Vec<Met>,

    /// Serve no more than so many requests at once; the others queue
    #[arg(long, value_name = "K", value_parser = positive)]
    capacity: Option<NonZeroUsize>,

    /// How many may queue; whoever finds no room is answered 503
    #[arg(
        long,
        value_name = "K",
        default_value = "100",
        requires = "capacity"
    )]
    queue: usize,

    /// Close each connection after so many requests
    #[arg(long, value_name = "N", value_parser = positive)]
    requests_per_connection: Option<NonZeroUsize>,
}

/// What a request meets.
#[derive(Debug, Clone, Copy)]
struct Met(Option<Fault>);

impl FaultArgs {
    /// The plan of a server that also waits.
    pub fn plan(&self, waits: Waits) -> Plan {
        Plan {
            waits: waits.list(),
            faults: self.fault.iter().map(|met| met.0).collect(),
            steady: false,
            capacity: self.capacity.map(|at_once| Capacity {
                at_once: at_once.get(),
                queue: self.queue,
            }),
            requests_per_connection: self
                .requests_per_connection
                .map(|most| most.get() as u64),
        }
    }
}

fn met(text: &str) -> Result<Met, String> {
    if text == "none" {
        return Ok(Met(None));
    }
    Fault::named(text).map(|fault| Met(Some(fault))).ok_or_else(|| {
        let names: Vec<&str> = Fault::all().map(Fault::name).collect();
        format!("there is no fault `{text}`; there are {}", names.join(", "))
    })
}

/// Every fault and what it does.
pub(super) fn table() -> String {
    let rows = Fault::all()
        .map(|fault| format!("  {:<20} {}\n", fault.name(), fault.words()));
    rows.collect()
}

/// What follows the help of `serve`.
pub(super) fn help_of_serve() -> String {
    format!(
        "Examples:
  cargo run -p harness -- serve --port 8080
  curl 'http://127.0.0.1:8080/404?sleep=250'
  curl 'http://127.0.0.1:8080/200?fault=abort-in-body'
  cargo run -p harness -- serve --fault none,none,reset
  cargo run -p harness -- serve --wait 20ms --capacity 10 --queue 100
  cargo run -p harness -- serve --output-format json --end-with-stdin

Tests of your own may ask what it saw, and let it count from zero. It prints
the address and a token, and lines to paste; nobody without the token is told
anything, and no web page. To choose the token yourself, set HARNESS_TOKEN to
16 characters or more (not an option: everybody can read those).
  GET /witness            what it saw, as JSON: with each request's times
  GET /witness?stamps=0   the same without those
  POST /reset             counts from zero; in the body a plan, if you like:
                          {{\"waits\":[20000000,0]}}, in nanoseconds
Each with the header `Authorization: Bearer TOKEN`.

Faults, for `--fault` and for `?fault=` in a URL:
{}",
        table()
    )
}
