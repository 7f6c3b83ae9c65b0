//! Which processors may be used.

use anyhow::{Context, Result};
use nix::sched::{CpuSet, sched_getaffinity};
use nix::unistd::Pid;

/// The processors that this process may use, by their numbers.
pub(crate) fn processors() -> Result<Vec<usize>> {
    let allowed = sched_getaffinity(Pid::from_raw(0))
        .context("cannot ask which processors may be used")?;
    let may = |number: &usize| allowed.is_set(*number).unwrap_or(false);
    Ok((0..CpuSet::count()).filter(may).collect())
}
