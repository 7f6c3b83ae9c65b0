//! `harness witness`: runs any program and tells what it really did.

mod keep;
mod launch;
mod tell;

pub use launch::become_program;
pub(crate) use tell::panel;

use std::process::ExitCode;

use anyhow::Result;
use charts::Observation;
use measurement::SCHEMA_VERSION;
use measurement::claim::Claim;
use measurement::witness::Testimony;
use report::Folder;
use safe_text::terminal::printable;

use crate::child::{Family, Server};
use crate::cli::WitnessArgs;
use crate::interrupt::{INTERRUPTED, Interrupt, ended_by_ctrl_c};
use crate::terminal::note;
use crate::text::secrets;

/// The exit code where the program did not do what it was asked to.
const MISSED: u8 = 99;

/// Starts the server, runs the program with the address put in, and reports.
pub fn witness(args: &WitnessArgs) -> Result<ExitCode> {
    let command = launch::prepare(&args.command)?;
    let folder = keep::folder(&args.reports)?;
    observe(args, &command, &folder).inspect_err(|_| folder.discard())
}

fn observe(
    args: &WitnessArgs,
    command: &[String],
    folder: &Folder,
) -> Result<ExitCode> {
    // The program hears Ctrl-C too; we stay to tell what it had done.
    let interrupt = Interrupt::install(|| {
        note("waiting for the program to end (Ctrl-C again: at once)");
    })?;
    let server = Server::start(&interrupt)?;
    let plan = args.faults.plan(args.wait);
    server.reset(&plan)?;
    let url = format!("http://{}/200", server.address());
    let family = Family::adopt();
    let ended = launch::run(command, &url)?;
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
    let asked = args.concurrency;
    let claim = asked.map(|asked| Claim::judge(&testimony.witness, asked));
    let program = &printable(tell::short_name(&testimony.command[0]));
    let of = Observation { witness: &testimony.witness, program, asked };

    tell::tell(&testimony, &of, claim);
    keep::keep(folder, &testimony, &of)?;
    let missed = claim.is_some_and(Claim::is_missed);
    Ok(if interrupt.raised() || ended_by_ctrl_c(ended) {
        ExitCode::from(INTERRUPTED)
    } else if missed {
        ExitCode::from(MISSED)
    } else if ended.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
