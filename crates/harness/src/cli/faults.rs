//! What the server is to do wrong.

use clap::Args;
use measurement::fault::Fault;

/// `--fault`, of every command that starts a server for others.
#[derive(Debug, Args)]
pub struct FaultArgs {
    /// What goes wrong: a name, or a list that the requests meet in turn, in
    /// which `none` is nothing; `serve --help` lists them
    #[arg(long, value_name = "NAME", value_delimiter = ',',
        value_parser = met)]
    fault: Vec<Met>,
}

/// What a request meets.
#[derive(Debug, Clone, Copy)]
struct Met(Option<Fault>);

impl FaultArgs {
    /// As a plan has them.
    pub fn list(&self) -> Vec<Option<Fault>> {
        self.fault.iter().map(|met| met.0).collect()
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

Faults, for `--fault` and for `?fault=` in a URL:
{}",
        table()
    )
}
