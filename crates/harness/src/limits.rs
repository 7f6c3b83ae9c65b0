//! What the system allows, looked at before anything is started.

use std::num::NonZeroUsize;

use anyhow::Result;

use crate::usage::usage;

/// Files that a client has open besides its connections: standard streams,
/// the runtime's own, a name look-up.
const BESIDES: u64 = 32;

/// The most in flight at once that this system has open files for, after its
/// limit was raised as far as it goes.
pub fn most_in_flight() -> usize {
    let Ok(limit) = test_server::raise_file_limit() else { return usize::MAX };
    usize::try_from(in_flight_allowed(limit)).unwrap_or(usize::MAX)
}

/// How many a client may have in flight at once under this limit of open
/// files; of one that is none, `u64::MAX`.
pub fn in_flight_allowed(limit: u64) -> u64 {
    match limit {
        u64::MAX => u64::MAX,
        limit => limit.saturating_sub(BESIDES),
    }
}

/// Raises the limit of open files as far as it goes, and refuses what would
/// still not fit.
///
/// # Errors
///
/// Says the limit and how to raise it.
pub fn check_open_files(in_flight: NonZeroUsize) -> Result<()> {
    let Ok(limit) = test_server::raise_file_limit() else { return Ok(()) };
    let needed = (in_flight.get() as u64).saturating_add(BESIDES);
    if needed <= limit {
        return Ok(());
    }
    Err(usage(format!(
        "{in_flight} in flight at once need {needed} open files, and this \
         system allows {limit}; ask for {} at most, or raise the limit with \
         `ulimit -n {needed}` (as root if the shell refuses)",
        limit.saturating_sub(BESIDES).max(1),
    )))
}
