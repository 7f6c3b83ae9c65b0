//! `harness compare`: several runs, cell by cell. What differs between their
//! machines, commits and seeds comes first; nothing is written to a run.

mod numbers;
mod page;
mod tables;
mod text;
mod words;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use measurement::runs::{RunComparison, RunRead, compare_runs};
use report::{Folder, read, trust};

use crate::cli::{CompareArgs, Format};
use crate::ping::Target;
use crate::terminal::{copy, note, say};
use crate::text::json;
use crate::usage::usage;

pub use page::html;
pub use text::lines;

/// Compares runs, prints it and, where that is asked for, writes a page.
pub fn compare(args: &CompareArgs) -> Result<ExitCode> {
    let mut places = Vec::new();
    let mut runs = Vec::new();
    for path in &args.folders {
        let (folder, run) = Folder::named(path)?;
        let (_, summary) = read(&folder, &run)?;
        if let Some(torn) = trust::torn(&summary.trust) {
            note(format!("{}: {torn}", folder.path().display()));
        }
        places.push(folder.path().to_owned());
        runs.push(RunRead { run, summary });
    }
    for file in args.output.iter().chain(&args.page) {
        refuse_inside(file, &places)?;
    }
    if args.output.is_some() && args.output == args.page {
        return Err(usage(
            "-o and --page name the same file; name another one for either",
        ));
    }
    let compared = compare_runs(&runs);
    refuse_strangers(&compared)?;
    note_the_same(&compared);
    let told = match args.output_format {
        Format::Text => lines(&compared).join("\n"),
        Format::Json => json::line(&compared),
    };
    if let Some(page) = &args.page {
        write(page, &html(&compared))?;
    }
    match &args.output {
        // Inks are for a terminal.
        Some(file) => {
            let plain = console::strip_ansi_codes(&told);
            write(file, &format!("{plain}\n"))?;
        }
        None => match args.output_format {
            Format::Text => say(told),
            Format::Json => copy(told),
        },
    }
    if let Some(page) = &args.page {
        note(format!("The page:  {}", page.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Nothing is to be compared where no two runs did the same.
fn refuse_strangers(compared: &RunComparison) -> Result<()> {
    if compared.has_common_cells() {
        return Ok(());
    }
    let names: Vec<&str> =
        compared.runs.iter().map(|run| run.run_id.as_str()).collect();
    Err(usage(format!(
        "no two of these runs have a cell in common ({}); compare runs of the \
         same acts, levels and waits",
        names.join(", ")
    )))
}

/// One run that is named twice would make the range narrower than it is.
fn note_the_same(compared: &RunComparison) {
    let names = compared.runs.iter().map(|run| &run.run_id);
    let different: BTreeSet<&String> = names.collect();
    if different.len() < compared.runs.len() {
        note(
            "note: one run is named more than once; it tells nothing of what \
             differs between runs",
        );
    }
}

/// A report folder keeps what its run wrote, and nothing else.
fn refuse_inside(file: &Path, folders: &[PathBuf]) -> Result<()> {
    let parent = match file.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let Ok(parent) = fs::canonicalize(parent) else { return Ok(()) };
    for folder in folders {
        let inside = fs::canonicalize(folder)
            .is_ok_and(|folder| parent.starts_with(folder));
        if inside {
            return Err(usage(format!(
                "{} is inside {}, one of the runs that are compared; write it \
                 somewhere else",
                file.display(),
                folder.display()
            )));
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    let mut target = Target::at(path)?;
    target
        .write_all(text.as_bytes())
        .and_then(|()| target.flush())
        .and_then(|()| target.finish())
        .with_context(|| format!("cannot write {}", path.display()))
}
