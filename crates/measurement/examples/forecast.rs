//! Does a model of two figures do better than a rule of thumb? The exercise of
//! `docs/models.md`, on any run:
//! `cargo run -p measurement --example forecast -- reports/latest`.
//!
//! With `--waiting` behind the folder, the model is given the processor time
//! of pings that wait.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use measurement::SCHEMA_VERSION;
use measurement::environment::Run;
use measurement::forecast::{Cell, Cpu, cells};
use measurement::statistics::estimate;
use measurement::summary::Summary;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let answer = match words[..] {
        [folder] => read(Path::new(folder), Cpu::WithoutWaits),
        [folder, "--waiting"] => read(Path::new(folder), Cpu::OfTheSweep),
        _ => Err("name a report folder, such as reports/latest".to_owned()),
    };
    // A reader that is gone needs no answer.
    match answer {
        Ok(cells) => {
            let _ = io::stdout().write_all(table(&cells).as_bytes());
            ExitCode::SUCCESS
        }
        Err(why) => {
            let _ = writeln!(io::stderr(), "error: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Every lesson at every level of the run in that folder.
pub(crate) fn read(folder: &Path, cpu: Cpu) -> Result<Vec<Cell>, String> {
    let run: Run = document(&folder.join("run.json"))?;
    let summary: Summary = document(&folder.join("summary.json"))?;
    let processors = run.environment.processors;
    processors
        .ok_or("no number of processors")
        .and_then(|processors| cells(&summary, processors, cpu))
        .map_err(|lack| {
            let shown = folder.display();
            format!("{shown} has {lack}; a plain run has: cargo run -p harness")
        })
}

fn document<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        format!("{shown}: {error}; name a report folder: reports/latest")
    })?;
    let foreign = |why| format!("{shown} is not what a run writes: {why}");
    let any: Value =
        serde_json::from_str(&text).map_err(|e| foreign(e.to_string()))?;
    if any["schema_version"] != SCHEMA_VERSION {
        let why = format!("its schema_version is not {SCHEMA_VERSION}");
        return Err(foreign(why));
    }
    serde_json::from_value(any).map_err(|e| foreign(e.to_string()))
}

/// Pings per second, and by how much the rule and the model are off.
pub(crate) fn table(cells: &[Cell]) -> String {
    let mut text = format!(
        "| {:>4} | {:23} | {:>7} | {:>6} | {:>6} | {:>6} | {:>6} |\n\
         | ---: | {:-<23} | ------: | -----: | -----: | -----: | -----: |\n",
        "C", "strategy", "pings/s", "rule", "off", "model", "off", ""
    );
    for cell in cells {
        let (rule, model) = (cell.rule(), cell.model());
        text += &format!(
            "| {:4} | {:23} | {:7.0} | {rule:6.0} | {:+4.0} % | {model:6.0} \
             | {:+4.0} % |\n",
            cell.level,
            cell.way.name,
            cell.measured,
            cell.error(rule) * 1e2,
            cell.error(model) * 1e2,
        );
    }
    text + &format!(
        "\nAt the median, the rule of thumb is {:.1} % off, and the model \
         {:.1} %.\n",
        off(cells, Cell::rule) * 1e2,
        off(cells, Cell::model) * 1e2
    )
}

/// How far off it is at the median, whether above or below.
pub(crate) fn off(cells: &[Cell], of: fn(&Cell) -> f64) -> f64 {
    let errors = cells.iter().map(|cell| cell.error(of(cell)).abs());
    estimate(&errors.collect::<Vec<_>>()).map_or(0.0, |errors| errors.median)
}
