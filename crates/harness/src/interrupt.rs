//! Ctrl-C: the first asks to stop, the second stops.

use std::fs;
use std::path::PathBuf;
use std::process::{self, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Whether somebody has asked the program to stop. Clones tell the same.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<AtomicBool>);

/// The exit code of a program ended by Ctrl-C, as shells give it: 128 + 2.
pub const INTERRUPTED: u8 = 130;

/// Signals that come within this time of the first one are the same wish:
/// `timeout` signals its child and then its child's whole group, a terminal
/// that closes and the shell in it both hang up. Nobody presses Ctrl-C again
/// so soon, having read what it would do.
pub const ONE_WISH: Duration = Duration::from_millis(300);

impl Interrupt {
    /// From now on Ctrl-C (and a polite kill, and a terminal that closes)
    /// raises the flag and calls `first`; done again, and later than
    /// [`ONE_WISH`], it ends the process at once. Children end with it.
    ///
    /// # Errors
    ///
    /// If a handler was installed before.
    pub fn install(first: impl Fn() + Send + 'static) -> Result<Interrupt> {
        let interrupt = Interrupt::default();
        let flag = Arc::clone(&interrupt.0);
        let mut heard: Option<Instant> = None;
        ctrlc::set_handler(move || match heard {
            None => {
                heard = Some(Instant::now());
                flag.store(true, SeqCst);
                first();
            }
            Some(at) if at.elapsed() < ONE_WISH => {}
            Some(_) => end_at_once(),
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

/// A file that is half written, while there is one.
static HALF_WRITTEN: Mutex<Option<PathBuf>> = Mutex::new(None);

/// From now on this file is removed where the process is ended at once; with
/// `None` there is none any more.
pub fn half_written(file: Option<PathBuf>) {
    if let Ok(mut known) = HALF_WRITTEN.lock() {
        *known = file;
    }
}

fn end_at_once() {
    if let Ok(mut known) = HALF_WRITTEN.lock()
        && let Some(file) = known.take()
    {
        let _ = fs::remove_file(file);
    }
    process::exit(i32::from(INTERRUPTED))
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
