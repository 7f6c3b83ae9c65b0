//! Processes of a run: started, struck, and ended with whoever started them.

use std::env;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::os::unix::process::{CommandExt, parent_id};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::order::Order;
use crate::role::act;

/// The word before an order.
const ACT: &str = "act";

/// The word before a program that this one becomes.
const BECOME: &str = "become";

/// A process that was started. It is ended when this is dropped.
#[derive(Debug)]
pub(crate) struct Started {
    child: Child,
    log: PathBuf,
}

impl Started {
    /// Starts `program`, which is this one, with an order; what it says goes
    /// to `log`.
    pub(crate) fn start(
        program: &Path,
        order: &Order,
        log: PathBuf,
    ) -> Result<Started> {
        let mut options = OpenOptions::new();
        let said = options.create(true).append(true).open(&log)?;
        let mut command = Command::new(program);
        command
            .arg(ACT)
            .arg(serde_json::to_string(order)?)
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said)
            // Ctrl-C in the terminal is not meant for it.
            .process_group(0);
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        Ok(Started { child, log })
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    pub(crate) fn signal(&self, what: Signal) -> Result<()> {
        signal(self.child.id(), what)
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// What it said, in a line.
    pub(crate) fn said(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        text.split_whitespace().take(60).collect::<Vec<_>>().join(" ")
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal to a process that is our child.
pub(crate) fn signal(process: u32, what: Signal) -> Result<()> {
    let pid = Pid::from_raw(i32::try_from(process)?);
    kill(pid, what).with_context(|| format!("cannot send {what} to {process}"))
}

/// The words that start another program which ends with this one.
pub(crate) fn by(program: &Path) -> Vec<OsString> {
    let parent = process::id().to_string();
    vec![program.into(), BECOME.into(), parent.into()]
}

/// Does what a process of a run was started for. None if these are the
/// arguments of a person.
///
/// # Errors
///
/// If it cannot.
pub fn role(words: &[OsString]) -> Option<Result<()>> {
    match words {
        [word, order] if word == ACT => Some(ordered(order)),
        [word, parent, program, rest @ ..] if word == BECOME => {
            Some(become_it(parent, program, rest))
        }
        _ => None,
    }
}

fn ordered(order: &OsString) -> Result<()> {
    let text = order.to_str().context("an order that is no text")?;
    let order: Order = serde_json::from_str(text).context("no order")?;
    end_with(order.parent)?;
    act(&order)
}

fn become_it(
    parent: &OsString,
    program: &OsString,
    rest: &[OsString],
) -> Result<()> {
    let parent = parent.to_str().context("no number of a process")?;
    end_with(parent.parse()?)?;
    let error = Command::new(program).args(rest).exec();
    Err(error).with_context(|| format!("cannot start {}", program.display()))
}

/// Ends when that process does, however it ends. On Linux only; elsewhere
/// what is left after a `kill -9` of the whole campaign is to be ended by hand.
fn end_with(parent: u32) -> Result<()> {
    #[cfg(target_os = "linux")]
    {
        nix::sys::prctl::set_pdeathsig(Signal::SIGKILL)?;
    }
    // It may have ended before that.
    if parent_id() != parent {
        bail!("the process {parent} that started this one has ended");
    }
    Ok(())
}

/// This program.
///
/// # Errors
///
/// If the system does not say which it is.
pub fn own_program() -> Result<PathBuf> {
    env::current_exe().context("cannot find this program")
}
