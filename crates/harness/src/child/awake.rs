//! Keeping the processors awake while a trial runs.
//!
//! One ping at a time, each side sleeps until the other has done its part,
//! and a processor on which everybody sleeps goes idle. Waking it up takes
//! longer than the ping itself. With many pings in flight no processor goes
//! idle, so without this a speed-up would tell of idle processors and not of
//! concurrency.

use std::process::Child;

use anyhow::{Context, Result, bail, ensure};
#[cfg(target_os = "linux")]
use nix::{
    sched::{CpuSet, sched_getaffinity},
    unistd::Pid,
};

use super::end;
use super::listen::{READY_WITHIN, first_line};
#[cfg(target_os = "linux")]
use crate::doctor::processor_quota;
use crate::interrupt::Interrupt;

/// The subcommand that keeps them awake.
const SUBCOMMAND: &str = "keep-awake";

/// Who it is, in an error.
const NAME: &str = "what keeps the processors awake";

/// What the child says when there is a thread for every processor.
pub(super) const AWAKE: &str = "AWAKE";

/// Whether this system has a way to. There is none where the time of the
/// processors is limited to less than all of it: whoever spins would use up
/// what the trial needs.
pub(crate) fn can_keep_awake() -> bool {
    #[cfg(target_os = "linux")]
    return processors().is_ok_and(|all| {
        processor_quota().is_none_or(|quota| quota >= all.len() as f64)
    });
    #[cfg(not(target_os = "linux"))]
    false
}

/// The processors that this process may use, by their numbers.
#[cfg(target_os = "linux")]
pub(super) fn processors() -> Result<Vec<usize>> {
    let allowed = sched_getaffinity(Pid::from_raw(0))
        .context("cannot ask which processors may be used")?;
    let may = |number: &usize| allowed.is_set(*number).unwrap_or(false);
    Ok((0..CpuSet::count()).filter(may).collect())
}

/// Until this is dropped, no processor that the harness may use is idle.
#[derive(Debug)]
pub(crate) struct Awake {
    child: Child,
}

impl Awake {
    /// Starts the process and waits until all of its threads are there.
    ///
    /// # Errors
    ///
    /// If it ends before that; [`Interrupted`](super::Interrupted) after
    /// Ctrl-C.
    pub(crate) fn start(interrupt: &Interrupt) -> Result<Awake> {
        let child = super::own(SUBCOMMAND)?
            .spawn()
            .context("cannot start what keeps the processors awake")?;
        let mut awake = Awake { child };
        let said = first_line(&mut awake.child, NAME, READY_WITHIN, interrupt)?;
        ensure!(
            said.trim() == AWAKE,
            "cannot keep the processors awake: the process for it ended \
             before it was ready"
        );
        Ok(awake)
    }

    /// Its process number: what it uses, others do not.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Looks whether it is still there.
    ///
    /// # Errors
    ///
    /// If it has ended: then the processors slept.
    pub(crate) fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!(
                "the process that keeps the processors awake ended too early \
                 ({status}); was it killed?"
            ),
        }
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}
