//! `harness witness`: runs any program and tells what it really did.

mod judge;
mod keep;
mod launch;
mod tell;
mod voice;
mod words;

pub use launch::become_program;
pub(crate) use tell::panel;

use std::process::ExitCode;

use anyhow::Result;
use charts::Observation;
use measurement::SCHEMA_VERSION;
use measurement::witness::Testimony;
use report::Folder;
use safe_text::terminal::printable;

use crate::child::{Family, Server};
use crate::cli::{Format, WitnessArgs};
use crate::interrupt::{Interrupt, ended_by_ctrl_c};
use crate::terminal::{copy, note};
use crate::text::{json, secrets};
use crate::usage::usage;
use judge::Wanted;
use voice::Voice;

/// Starts the server, runs the program with the address put in, and reports.
pub fn witness(args: &WitnessArgs) -> Result<ExitCode> {
    let command = launch::prepare(&args.command)?;
    let asked = args.concurrency;
    let expectations = args.expected.all().map_err(usage)?;
    let wanted = Wanted { asked, expectations };
    let folder = keep::folder(&args.reports)?;
    observe(args, &command, &wanted, &folder).inspect_err(|_| folder.discard())
}

fn observe(
    args: &WitnessArgs,
    command: &[String],
    wanted: &Wanted,
    folder: &Folder,
) -> Result<ExitCode> {
    let voice = Voice::beside(args.output_format);
    // The program hears Ctrl-C too; we stay to tell what it had done.
    let interrupt = Interrupt::install(|| {
        note("waiting for the program to end (Ctrl-C again: at once)");
    })?;
    let server = Server::start(&interrupt)?;
    let plan = args.faults.plan(args.wait);
    server.reset(&plan)?;
    let url = format!("http://{}/200", server.address());
    let family = Family::adopt();
    let ended = launch::run(command, &url, voice.of_the_program())?;
    let testimony = Testimony {
        schema_version: SCHEMA_VERSION,
        command: secrets::command(&args.command),
        waits: args.wait,
        faults: plan.faults,
        capacity: plan.capacity,
        requests_per_connection: plan.requests_per_connection,
        ended: ended.to_string(),
        witness: server.last_witness()?,
    };
    // What the program has left behind was in flight at its end; now it ends.
    family.end();
    let stopped = interrupt.raised() || ended_by_ctrl_c(ended);
    let judgement = judge::judge(&testimony, wanted, ended, stopped, folder);
    let program = &printable(tell::short_name(&testimony.command[0]));
    let asked = wanted.asked;
    let of = Observation { witness: &testimony.witness, program, asked };

    tell::tell(&testimony, &of, &judgement, voice);
    keep::keep(folder, &testimony, &of, voice)?;
    if args.output_format == Format::Json {
        copy(json::line(&judgement));
    }
    Ok(ExitCode::from(judgement.exit_code))
}
