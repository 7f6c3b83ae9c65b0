/// The clock that the server stamps with, so that both sides fit on one axis.
pub(crate) fn monotonic_ns() -> Option<u64> {
    #[cfg(target_os = "linux")]
    {
        use nix::time::{ClockId, clock_gettime};
        let now = clock_gettime(ClockId::CLOCK_MONOTONIC).ok()?;
        Some(now.tv_sec() as u64 * 1_000_000_000 + now.tv_nsec() as u64)
    }
    #[cfg(not(target_os = "linux"))]
    None
}
