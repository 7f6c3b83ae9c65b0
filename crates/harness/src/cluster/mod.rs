//! `harness cluster`: three NATS servers on this machine, for many machines;
//! and what other servers have to be told of their users.

mod down;
mod measure;
mod rights;
mod state;
mod up;

pub use measure::part;

use std::process::ExitCode;

use anyhow::Result;

use crate::cli::{ClusterArgs, ClusterCommand};

/// Starts them, ends them, tells what others need, or measures what they cost.
pub fn cluster(args: &ClusterArgs) -> Result<ExitCode> {
    match &args.what {
        ClusterCommand::Up => up::up(&args.folder)?,
        ClusterCommand::Down => down::down(&args.folder)?,
        ClusterCommand::Rights(args) => rights::rights(args)?,
        ClusterCommand::Key(args) => rights::key(args)?,
        ClusterCommand::Measure(measured) => {
            return measure::measure(measured, &args.folder);
        }
    }
    Ok(ExitCode::SUCCESS)
}
