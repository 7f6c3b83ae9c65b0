//! Why an act ends early.

use crate::child::Interrupted;
use crate::trial::Stopped;

/// Why an act ended early.
#[derive(Debug)]
pub(super) enum End {
    /// Ctrl-C.
    Stopped(Stopped),
    /// Trial after trial failed, for this reason.
    GaveUp(String),
    /// The harness itself cannot go on.
    Broken(anyhow::Error),
}

impl From<Stopped> for End {
    fn from(stopped: Stopped) -> End {
        End::Stopped(stopped)
    }
}

impl From<anyhow::Error> for End {
    fn from(error: anyhow::Error) -> End {
        if error.is::<Interrupted>() {
            return End::Stopped(Stopped);
        }
        End::Broken(error)
    }
}
