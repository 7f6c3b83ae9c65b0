//! Waiting for what another process says: never for ever, and never deaf to
//! Ctrl-C.

use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use crate::interrupt::Interrupt;

/// Ctrl-C came while something was waited for.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("interrupted")
    }
}

impl std::error::Error for Interrupted {}

/// Why nothing was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silence {
    /// Ctrl-C.
    Interrupted,
    /// The limit is over.
    TooLong,
    /// Nobody will say anything any more.
    Ended,
}

/// How often to look whether Ctrl-C was pressed: it sets a flag from another
/// thread. Ten times a second is seldom enough not to disturb a trial.
pub(crate) const GLANCE: Duration = Duration::from_millis(100);

/// The next thing that is said, if it is said within `limit`.
pub(crate) fn hear<T>(
    said: &Receiver<T>,
    limit: Duration,
    interrupt: &Interrupt,
) -> Result<T, Silence> {
    let until = Instant::now() + limit;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        match said.recv_timeout(left.min(GLANCE)) {
            Ok(word) => return Ok(word),
            Err(RecvTimeoutError::Disconnected) => return Err(Silence::Ended),
            Err(RecvTimeoutError::Timeout) if interrupt.raised() => {
                return Err(Silence::Interrupted);
            }
            Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                return Err(Silence::TooLong);
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// How long a child of ours may take to be ready: many times what it needs on
/// a machine that has much else to do.
pub(crate) const READY_WITHIN: Duration = Duration::from_secs(15);

/// The longest line in which it says so, bytes.
const LONGEST: u64 = 4096;

/// The line in which a child says that it is ready; empty if it ends before.
///
/// # Errors
///
/// If it says nothing within `limit`: `name` says in the error who it is.
/// [`Interrupted`] after Ctrl-C.
pub(crate) fn first_line(
    child: &mut Child,
    name: &str,
    limit: Duration,
    interrupt: &Interrupt,
) -> Result<String> {
    let stdout = child.stdout.take().expect("its output is piped");
    let (line_tx, line) = channel();
    thread::Builder::new()
        .spawn(move || {
            let mut line = String::new();
            let mut said = BufReader::new(stdout.take(LONGEST));
            let _ = line_tx.send(said.read_line(&mut line).map(|_| line));
        })
        .with_context(|| format!("cannot start a thread to hear {name}"))?;
    match hear(&line, limit, interrupt) {
        Ok(line) => line.with_context(|| format!("cannot hear from {name}")),
        Err(Silence::Interrupted) => Err(Interrupted.into()),
        Err(_) => Err(anyhow!(
            "{name}'s process {} was not ready within {} s and was ended; was \
             it stopped, or is the machine very busy?",
            child.id(),
            limit.as_secs_f64()
        )),
    }
}
