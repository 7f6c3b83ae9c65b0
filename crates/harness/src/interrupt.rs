//! Ctrl-C: the first asks to stop, the second stops.

use std::process::{self, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use anyhow::{Context, Result};

/// Whether somebody has asked the program to stop. Clones tell the same.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<AtomicBool>);

/// The exit code of a program ended by Ctrl-C, as shells give it: 128 + 2.
pub const INTERRUPTED: u8 = 130;

impl Interrupt {
    /// From now on Ctrl-C (and a polite kill) raises the flag and calls
    /// `first`; done again it ends the process at once. Children end with it.
    ///
    /// # Errors
    ///
    /// If a handler was installed before.
    pub fn install(first: impl Fn() + Send + 'static) -> Result<Interrupt> {
        let interrupt = Interrupt::default();
        let flag = Arc::clone(&interrupt.0);
        ctrlc::set_handler(move || {
            if flag.swap(true, SeqCst) {
                process::exit(i32::from(INTERRUPTED));
            }
            first();
        })
        .context("cannot listen for Ctrl-C")?;
        Ok(interrupt)
    }

    /// Raises it, as Ctrl-C does.
    pub fn raise(&self) {
        self.0.store(true, SeqCst);
    }

    /// Whether it was raised.
    pub fn raised(&self) -> bool {
        self.0.load(SeqCst)
    }
}

/// Whether Ctrl-C ended a program that shares the terminal with us. It may be
/// gone before our own handler has had its turn, and the flag is raised.
pub fn ended_by_ctrl_c(status: ExitStatus) -> bool {
    #[cfg(unix)]
    {
        const SIGINT: i32 = 2;
        std::os::unix::process::ExitStatusExt::signal(&status) == Some(SIGINT)
    }
    #[cfg(not(unix))]
    {
        let _ = status;
        false
    }
}
