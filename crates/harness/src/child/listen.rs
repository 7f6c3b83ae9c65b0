//! Waiting for what another process says: never for ever, and never deaf to
//! Ctrl-C.

use std::fmt;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

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
