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

/// Two clocks are read as one moment if no more than this passes in between,
/// in nanoseconds; a thread that loses its processor there tries again.
#[cfg(target_os = "linux")]
const ONE_MOMENT: u64 = 2_000;

/// How far the wall clock is ahead of ours, in nanoseconds: what turns the
/// kernel's stamps of arrival into our time. None where there are no such
/// stamps, or where the two were never read as one moment.
#[cfg(target_os = "linux")]
pub(crate) fn wall_ahead(mut before: u64) -> Option<i64> {
    use nix::time::{ClockId, clock_gettime};

    for _ in 0..8 {
        let wall = clock_gettime(ClockId::CLOCK_REALTIME).ok()?;
        let after = now();
        if after - before <= ONE_MOMENT {
            let wall = wall.tv_sec() * 1_000_000_000 + wall.tv_nsec();
            return Some(wall - after as i64);
        }
        before = after;
    }
    None
}

/// Only Linux stamps what arrives.
#[cfg(not(target_os = "linux"))]
pub(crate) fn wall_ahead(_before: u64) -> Option<i64> {
    None
}

/// What a thread has used.
#[derive(Clone, Copy)]
pub(crate) struct Used {
    /// CPU time in nanoseconds.
    pub(crate) cpu_ns: u64,
    /// Times that it gave up the processor to wait.
    pub(crate) voluntary_switches: u64,
    /// Times that it was pushed off it.
    pub(crate) involuntary_switches: u64,
}

impl Used {
    /// From `then` until this.
    pub(crate) fn since(self, then: Used) -> Used {
        let Used { cpu_ns, voluntary_switches, involuntary_switches } = then;
        Used {
            cpu_ns: self.cpu_ns.saturating_sub(cpu_ns),
            voluntary_switches: self
                .voluntary_switches
                .saturating_sub(voluntary_switches),
            involuntary_switches: self
                .involuntary_switches
                .saturating_sub(involuntary_switches),
        }
    }
}

/// What the calling thread has used so far.
#[cfg(target_os = "linux")]
pub(crate) fn used_by_thread() -> Option<Used> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_THREAD).ok()?;
    let spent = usage.user_time() + usage.system_time();
    let count = |number: i64| u64::try_from(number).ok();
    Some(Used {
        cpu_ns: count(spent.num_nanoseconds())?,
        voluntary_switches: count(usage.voluntary_context_switches())?,
        involuntary_switches: count(usage.involuntary_context_switches())?,
    })
}

/// Only Linux counts it by thread.
#[cfg(not(target_os = "linux"))]
pub(crate) fn used_by_thread() -> Option<Used> {
    None
}
