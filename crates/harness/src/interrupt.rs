//! Ctrl-C: the first asks to stop, the second stops.

use std::fmt;
use std::process::{self, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};

#[cfg(not(unix))]
mod keys;
#[cfg(unix)]
mod signals;
mod together;

#[cfg(not(unix))]
use keys::listen;
#[cfg(unix)]
use signals::listen;

/// Whether somebody has asked the program to stop. Clones tell the same.
#[derive(Debug, Clone, Default)]
pub struct Interrupt {
    raised: Arc<AtomicBool>,
    farewell: Farewell,
}

/// The exit code of a program ended by Ctrl-C, as shells give it: 128 + 2.
pub const INTERRUPTED: u8 = 130;

impl Interrupt {
    /// From now on Ctrl-C, a polite kill and a terminal that closes raise the
    /// flag, and the first of them calls `first`. The same done again, later,
    /// ends the process at once. Children end with it.
    ///
    /// # Errors
    ///
    /// If the system does not let it listen.
    pub fn install(first: impl Fn() + Send + 'static) -> Result<Interrupt> {
        let interrupt = Interrupt::default();
        let farewell = interrupt.farewell.clone();
        listen(&interrupt.raised, first, move || {
            farewell.say();
            process::exit(i32::from(INTERRUPTED));
        })
        .context("cannot listen for Ctrl-C")?;
        Ok(interrupt)
    }

    /// What is to be done last where the process ends at once: destructors do
    /// not run then. It takes the place of what was to be done before.
    pub fn at_the_end(&self, last: impl FnOnce() + Send + 'static) {
        self.farewell.set(Some(Box::new(last)));
    }

    /// Raises it, as Ctrl-C does.
    pub fn raise(&self) {
        self.raised.store(true, SeqCst);
    }

    /// Whether it was raised.
    pub fn raised(&self) -> bool {
        self.raised.load(SeqCst)
    }
}

/// What is done last.
#[derive(Clone, Default)]
struct Farewell(Arc<Mutex<Option<Last>>>);

type Last = Box<dyn FnOnce() + Send>;

impl Farewell {
    fn set(&self, last: Option<Last>) -> Option<Last> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *place, last)
    }

    fn say(&self) {
        if let Some(last) = self.set(None) {
            last();
        }
    }
}

impl fmt::Debug for Farewell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Farewell")
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
