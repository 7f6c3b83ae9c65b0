//! `harness cluster measure`: what the queue of many machines costs, beside a
//! pool in one process, counted by the server that is pinged.

mod brokers;
mod cells;
mod cost;
mod inside;
mod order;
mod trial;

pub use inside::part;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use local_nats::find;
use measurement::environment::Ended;
use measurement::order::shuffled;
use measurement::quantity::{number, plural};
use measurement::queue_cost::{
    Act, Cell, CellRow, CellTrial, MACHINES_VERSION, Machines,
    summarise_machines,
};
use report::Folder;

use crate::child::{Interrupted, Server};
use crate::cli::{Format, MeasureArgs};
use crate::clock::{utc_for_file, utc_now};
use crate::environment;
use crate::interrupt::{INTERRUPTED, Interrupt};
use crate::launch::run;
use crate::queue_cost::{MACHINES, batch_name, draw, name, tell};
use crate::run::seed_from_clock;
use crate::terminal::{Progress, copy, note};
use crate::text::json;
use crate::usage::{MISSED, usage};
use trial::Trials;

/// How long a server may take to tell its version.
const TELLS_WITHIN: Duration = Duration::from_secs(10);

/// Measures, draws and tells. `place` is where the streams are kept meanwhile.
pub(super) fn measure(args: &MeasureArgs, place: &Path) -> Result<ExitCode> {
    let program = find().ok_or_else(|| {
        usage(
            "there is no nats-server on this machine, and this starts some; \
             install it (Debian: apt install nats-server)",
        )
    })?;
    let cells = cells::cells(args);
    if cells.is_empty() {
        return Err(usage(
            "nothing is left to measure; say --jobs 1000000, or other acts \
             with --only",
        ));
    }
    let interrupt = Interrupt::install(|| {
        note("stopping: what is measured is kept (Ctrl-C again: at once)");
    })?;
    let server = Server::start(&interrupt)?;
    let folder = format!("machines-{}", utc_for_file());
    let folder = Folder::create(&args.reports, &folder)?;
    let measured = made(place).and_then(|place| {
        let trials = Trials {
            server: &server,
            interrupt: &interrupt,
            program: &program,
            place: &place,
        };
        let measured = all(args, cells, &trials, &folder);
        // Only if nothing else is in it.
        let _ = fs::remove_dir(&place);
        measured
    });
    measured.inspect_err(|_| folder.discard())
}

/// The folder, made if need be: a server has another current directory.
fn made(place: &Path) -> Result<PathBuf> {
    fs::create_dir_all(place)
        .with_context(|| format!("cannot make {}", place.display()))?;
    fs::canonicalize(place)
        .with_context(|| format!("cannot find {}", place.display()))
}

fn all(
    args: &MeasureArgs,
    cells: Vec<Cell>,
    trials: &Trials<'_>,
    folder: &Folder,
) -> Result<ExitCode> {
    let mut machines = begin(args, cells, trials, folder)?;
    let stopped = match rounds(trials, &mut machines, folder) {
        Ok(()) => false,
        Err(error) if error.is::<Interrupted>() => true,
        Err(error) => return Err(error),
    };
    machines.end = Some(if stopped { Ended::Stopped } else { Ended::Finished });
    let measured = machines.trials.iter().any(|t| t.measured().is_some());
    if stopped && !measured {
        return Err(Interrupted.into());
    }
    folder.write_json(MACHINES, &machines)?;
    let summary = summarise_machines(&machines);
    match args.output_format {
        Format::Text => tell(&summary),
        Format::Json => copy(json::line(&summary)),
    }
    draw(folder, &machines, &summary)?;
    if args.output_format == Format::Text {
        name(folder);
    }
    let is_wrong =
        |row: &CellRow| !row.found.is_empty() || row.failure.is_some();
    Ok(match (stopped, measured) {
        (true, _) => ExitCode::from(INTERRUPTED),
        (_, false) => ExitCode::FAILURE,
        _ if summary.rows.iter().any(is_wrong) => ExitCode::from(MISSED),
        _ => ExitCode::SUCCESS,
    })
}

fn begin(
    args: &MeasureArgs,
    cells: Vec<Cell>,
    trials: &Trials<'_>,
    folder: &Folder,
) -> Result<Machines> {
    let seed = args.seed.unwrap_or_else(seed_from_clock);
    let machines = Machines {
        schema_version: MACHINES_VERSION,
        run_id: folder.name(),
        command: format!("{} --seed {seed}", args.command()),
        start_utc: utc_now(),
        seed,
        rounds: args.rounds,
        queue_version: version(trials)?,
        cells,
        trials: Vec::new(),
        end: None,
        environment: environment::capture(trials.interrupt),
    };
    folder.write_json(MACHINES, &machines)?;
    let cells = machines.cells.len();
    note(format!(
        "{}, {cells} kinds of batches; Ctrl-C at any time keeps what is \
         measured",
        plural(args.rounds as usize, "round"),
    ));
    Ok(machines)
}

/// What the server of the queue says of itself: `nats-server: v2.9.10`.
fn version(trials: &Trials<'_>) -> Result<Option<String>> {
    let program = trials.program.to_string_lossy().into_owned();
    let words = [program, "--version".to_owned()];
    let told = match run(&words, TELLS_WITHIN, trials.interrupt) {
        Ok((_, told)) => told.out.text,
        Err(error) if error.is::<Interrupted>() => return Err(error),
        Err(_) => return Ok(None),
    };
    let version = told.split_whitespace().last();
    Ok(version.map(|word| word.trim_start_matches('v').to_owned()))
}

/// Every cell once in each round, in an order that the seed gives; a backlog
/// once, after all others.
fn rounds(
    trials: &Trials<'_>,
    machines: &mut Machines,
    folder: &Folder,
) -> Result<()> {
    let is_once = |cell: &Cell| cell.act == Act::Backlog;
    let (once, often): (Vec<usize>, Vec<usize>) =
        (0..machines.cells.len()).partition(|at| is_once(&machines.cells[*at]));
    let mut plan = Vec::new();
    for round in 0..machines.rounds {
        let places = shuffled(often.len(), machines.seed, round);
        let cells = places.into_iter().map(|place| often[place]);
        plan.extend((0..).zip(cells).map(|(order, at)| (round, order, at)));
    }
    plan.extend((0..).zip(once).map(|(order, at)| (0, order, at)));
    // A bar of all jobs: a batch may be a thousand times another.
    let jobs = plan.iter().map(|(.., at)| machines.cells[*at].jobs).sum();
    let progress = Progress::new(jobs, "measuring");
    let mut before = 0;
    for (round, order, cell) in plan {
        let own = machines.cells[cell].clone();
        let outcome = trials.trial(&own, &|what, jobs| {
            let cell = batch_name(&own);
            progress.say(&format!("{cell}: {what}, {}", number(jobs as usize)));
            progress.at(before + jobs);
        })?;
        before += own.jobs;
        progress.at(before);
        machines.trials.push(CellTrial { cell, round, order, outcome });
        folder.write_json(MACHINES, machines)?;
    }
    Ok(())
}
