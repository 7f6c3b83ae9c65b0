//! Keeping the processors awake while something is measured.
//!
//! Where each side sleeps until the other has done its part, a processor on
//! which everybody sleeps goes idle, and waking it up takes longer than the
//! part itself. So a process of its own spins on every processor, of a priority
//! so low that whoever else wants it has it at once.
//!
//! Who measures starts that process, which is the same program again, and ends
//! it: the harness around a trial, a benchmark around one of its figures.

pub mod cgroup;
#[cfg(target_os = "linux")]
mod processors;
#[cfg(target_os = "linux")]
mod spin;

#[cfg(target_os = "linux")]
pub use spin::keep_awake;

/// What the process says on its standard output when there is a thread for
/// every processor.
pub const AWAKE: &str = "AWAKE";

/// Whether this system has a way to. There is none where the time of the
/// processors is limited to less than all of it: whoever spins would use up
/// what is measured.
pub fn can_keep_awake() -> bool {
    #[cfg(target_os = "linux")]
    return processors::processors().is_ok_and(|all| {
        cgroup::processor_quota().is_none_or(|quota| quota >= all.len() as f64)
    });
    #[cfg(not(target_os = "linux"))]
    false
}

/// Elsewhere there is no way to.
///
/// # Errors
///
/// Always.
#[cfg(not(target_os = "linux"))]
pub fn keep_awake() -> anyhow::Result<()> {
    anyhow::bail!("this system has no way to keep the processors awake")
}
