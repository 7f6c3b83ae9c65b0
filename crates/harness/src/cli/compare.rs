//! The arguments of `compare`.

use std::path::PathBuf;

use clap::Args;

use super::chosen::Format;
use super::parse::MOST_RUNS;

/// Arguments of `compare`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- compare reports/sample latest
  cargo run -p harness -- compare reports/2026-* --page between.html
  cargo run -p harness -- compare A B C --output-format json -o between.json

A cell is what can be compared: the same act, level, pings, waits and strategy.
Each run gives one number a cell, its median; the unit is the run. Two runs
have a ratio and no interval, three to five a range, six and more an interval.
To make five: run --repeat 5")]
pub struct CompareArgs {
    /// The report folders of two or more runs, or their names in reports/
    #[arg(value_name = "DIR", required = true,
        num_args = 2..=MOST_RUNS as usize)]
    pub folders: Vec<PathBuf>,

    /// As what to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub output_format: Format,

    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Write a page as well: one file of HTML
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
}
