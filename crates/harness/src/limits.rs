//! What the system allows, looked at before anything is started.

mod room;

use std::num::NonZeroUsize;

use anyhow::Result;
use awake::cgroup;
pub use room::{Room, has_threads};

use crate::system;
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

/// The tightest of the limits that there are. Whose the running threads are
/// is not looked at: the user's limit is taken to hold for all of them.
pub(crate) fn room_for_threads() -> Option<u64> {
    let running = running(&system::text("/proc/loadavg")?)?;
    let machine: Option<u64> = system::number("/proc/sys/kernel/threads-max");
    [limit_of_the_user(), machine]
        .into_iter()
        .flatten()
        .map(|limit| limit.saturating_sub(running))
        .chain(cgroup::room_for_threads())
        .min()
}

/// `RLIMIT_NPROC`, which counts threads.
fn limit_of_the_user() -> Option<u64> {
    #[cfg(target_os = "linux")]
    {
        use nix::sys::resource::{Resource, getrlimit};
        getrlimit(Resource::RLIMIT_NPROC).ok().map(|(soft, _)| soft)
    }
    #[cfg(not(target_os = "linux"))]
    None
}

/// The threads on the machine: the second figure of `1/84` in
/// `0.00 0.07 0.64 1/84 12994`.
fn running(loadavg: &str) -> Option<u64> {
    let (_, all) = loadavg.split_whitespace().nth(3)?.split_once('/')?;
    all.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_how_many_threads_run() {
        assert_eq!(running("0.00 0.07 0.64 1/84 12994"), Some(84));
        for rubbish in ["", "0.00 0.07 0.64", "a b c d/e f", "1 2 3 1/ 4"] {
            assert_eq!(running(rubbish), None, "{rubbish}");
        }
    }
}
