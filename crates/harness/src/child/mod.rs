//! The harness's own child processes: the server, one per trial, what keeps the
//! processors awake, and those that a trial has where its way is processes. Each is this very executable, and none outlives the
//! harness.

mod awake;
mod end;
#[cfg(target_os = "linux")]
mod family;
mod hasher;
#[cfg(target_os = "linux")]
mod keeper;
mod lifeline;
pub(crate) mod listen;
pub(crate) mod outside;
mod program;
mod server;
mod server_process;
mod token;

pub(crate) use self::awake::Awake;
pub(crate) use ::awake::can_keep_awake;
pub use ::awake::keep_awake;
pub(crate) use end::{end, end_program};
#[cfg(target_os = "linux")]
pub(crate) use family::Family;
pub use hasher::hasher;
#[cfg(target_os = "linux")]
pub use keeper::keep;
pub use lifeline::die_with;
pub use listen::Interrupted;
pub use program::program;
pub(crate) use program::{
    children_of, children_of_thread, found, kept_by, threads_of,
};
pub use server::Server;
pub use server_process::server_process;
pub(crate) use token::chosen_token;

use std::env;
use std::process::{self, Command, Stdio};

use anyhow::{Context, Result};

/// This executable with a subcommand, its standard input and output piped to
/// us, in a process group of its own: a Ctrl-C at the terminal reaches only
/// the harness, which then decides.
pub fn own(subcommand: &str) -> Result<Command> {
    let executable =
        env::current_exe().context("cannot find the harness's own program")?;
    let mut command = Command::new(executable);
    command.arg(subcommand).arg("--parent").arg(process::id().to_string());
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    Ok(command)
}

/// Elsewhere a program's own children are its own affair.
#[cfg(not(target_os = "linux"))]
#[derive(Debug)]
pub(crate) struct Family;

#[cfg(not(target_os = "linux"))]
impl Family {
    pub(crate) fn adopt() -> Family {
        Family
    }

    pub(crate) fn left(&self) -> usize {
        0
    }

    pub(crate) fn end(self) {}
}
