use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

use super::state::{Process, State};
use crate::terminal::{note, say};
use crate::usage::usage;

/// How long a server may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(15);

/// Ends the servers that `up` started: each only where its number, its start
/// and its program are what they were.
pub(super) fn down(folder: &Path) -> Result<()> {
    let shown = folder.display();
    let state = State::read(folder)?.ok_or_else(|| {
        usage(format!("no cluster was started in {shown}; see --folder"))
    })?;
    let mut ended = 0;
    for server in &state.servers {
        let process = &server.process;
        if !process.is_there() {
            note(format!(
                "process {} is no longer the server of port {}; left alone",
                process.pid, server.port
            ));
            continue;
        }
        end(process)?;
        ended += 1;
    }
    State::remove(folder)?;
    say(format!(
        "{ended} of {} servers ended; their streams are in {shown}",
        state.servers.len()
    ));
    Ok(())
}

/// Asks it to end, and waits until it has.
fn end(process: &Process) -> Result<()> {
    ask(process.pid)?;
    let end = Instant::now() + PATIENCE;
    while process.is_there() {
        if Instant::now() >= end {
            return Err(anyhow!(
                "process {} was asked to end and did not; try again, or kill \
                 {0}",
                process.pid
            ));
        }
        thread::park_timeout(Duration::from_millis(20));
    }
    Ok(())
}

#[cfg(unix)]
fn ask(pid: u32) -> Result<()> {
    use anyhow::Context;
    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;

    let pid = Pid::from_raw(i32::try_from(pid)?);
    kill(pid, Signal::SIGTERM)
        .with_context(|| format!("cannot end process {pid}"))
}

#[cfg(not(unix))]
fn ask(pid: u32) -> Result<()> {
    Err(anyhow!("cannot end process {pid} on this system"))
}
