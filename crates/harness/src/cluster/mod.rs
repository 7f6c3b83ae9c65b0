//! `harness cluster`: three NATS servers on this machine, for many machines.

mod down;
mod measure;
mod state;
mod up;

pub use measure::part;

use std::process::ExitCode;

use anyhow::Result;

use crate::cli::{ClusterArgs, ClusterCommand};

/// Starts them, ends them, or measures what such servers cost.
pub fn cluster(args: &ClusterArgs) -> Result<ExitCode> {
    match &args.what {
        ClusterCommand::Up => up::up(&args.folder)?,
        ClusterCommand::Down => down::down(&args.folder)?,
        ClusterCommand::Measure(measured) => {
            return measure::measure(measured, &args.folder);
        }
    }
    Ok(ExitCode::SUCCESS)
}
