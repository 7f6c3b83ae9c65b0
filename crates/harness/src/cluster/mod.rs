//! `harness cluster`: three NATS servers on this machine, for many machines.

mod down;
mod state;
mod up;

use std::process::ExitCode;

use anyhow::Result;

use crate::cli::{ClusterArgs, ClusterCommand};

/// Starts them, or ends them.
pub fn cluster(args: &ClusterArgs) -> Result<ExitCode> {
    match args.what {
        ClusterCommand::Up => up::up(&args.folder)?,
        ClusterCommand::Down => down::down(&args.folder)?,
    }
    Ok(ExitCode::SUCCESS)
}
