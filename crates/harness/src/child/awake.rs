//! Keeping the processors awake while a trial runs.
//!
//! One ping at a time, each side sleeps until the other has done its part,
//! and a processor on which everybody sleeps goes idle. With many pings in
//! flight no processor goes idle, so without this a speed-up would tell of idle
//! processors and not of concurrency.

use std::process::Child;

use ::awake::AWAKE;
use anyhow::{Context, Result, bail, ensure};

use super::end;
use super::listen::{READY_WITHIN, first_line};
use crate::interrupt::Interrupt;

/// The subcommand that keeps them awake.
const SUBCOMMAND: &str = "keep-awake";

/// Who it is, in an error.
const NAME: &str = "what keeps the processors awake";

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
