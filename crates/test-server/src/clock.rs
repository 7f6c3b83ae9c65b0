//! One monotonic clock for every stamp and every deadline.

/// Nanoseconds on `CLOCK_MONOTONIC`, which all processes of a machine share.
#[cfg(target_os = "linux")]
pub(crate) fn now() -> u64 {
    use nix::time::{ClockId, clock_gettime};

    let now = clock_gettime(ClockId::CLOCK_MONOTONIC)
        .expect("every Linux has a monotonic clock");
    now.tv_sec() as u64 * 1_000_000_000 + now.tv_nsec() as u64
}

/// Nanoseconds since the first call; `std` does not say since when its own
/// clock counts.
#[cfg(not(target_os = "linux"))]
pub(crate) fn now() -> u64 {
    use std::sync::OnceLock;
    use std::time::Instant;

    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_nanos() as u64
}

/// CPU time of the calling thread in nanoseconds.
#[cfg(target_os = "linux")]
pub(crate) fn thread_cpu() -> Option<u64> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_THREAD).ok()?;
    let spent = usage.user_time() + usage.system_time();
    u64::try_from(spent.num_nanoseconds()).ok()
}

/// Only Linux counts it by thread.
#[cfg(not(target_os = "linux"))]
pub(crate) fn thread_cpu() -> Option<u64> {
    None
}
