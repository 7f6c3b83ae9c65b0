use measurement::record::Cost;

/// What this process has used so far. Null where the system cannot say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Used {
    user_ns: Option<u64>,
    system_ns: Option<u64>,
    voluntary_switches: Option<u64>,
    involuntary_switches: Option<u64>,
}

impl Used {
    /// By the operating system's accounting of all threads, ended ones too.
    pub fn now() -> Used {
        #[cfg(unix)]
        return Used::of(nix::sys::resource::UsageWho::RUSAGE_SELF);
        #[cfg(not(unix))]
        Used::default()
    }

    /// The same, with the children that have ended and were waited for.
    pub(crate) fn with_children() -> Used {
        let (own, theirs) = (Used::now(), Used::of_children());
        let both = |own: Option<u64>, theirs: Option<u64>| Some(own? + theirs?);
        Used {
            user_ns: both(own.user_ns, theirs.user_ns),
            system_ns: both(own.system_ns, theirs.system_ns),
            voluntary_switches: both(
                own.voluntary_switches,
                theirs.voluntary_switches,
            ),
            involuntary_switches: both(
                own.involuntary_switches,
                theirs.involuntary_switches,
            ),
        }
    }

    /// The same of the children that have ended and were waited for, and of
    /// theirs.
    pub(crate) fn of_children() -> Used {
        #[cfg(unix)]
        return Used::of(nix::sys::resource::UsageWho::RUSAGE_CHILDREN);
        #[cfg(not(unix))]
        Used::default()
    }

    #[cfg(unix)]
    fn of(whom: nix::sys::resource::UsageWho) -> Used {
        use nix::sys::time::TimeVal;

        let nanoseconds = |time: TimeVal| {
            time.tv_sec() as u64 * 1_000_000_000 + time.tv_usec() as u64 * 1000
        };
        let Ok(usage) = nix::sys::resource::getrusage(whom) else {
            return Used::default();
        };
        Used {
            user_ns: Some(nanoseconds(usage.user_time())),
            system_ns: Some(nanoseconds(usage.system_time())),
            voluntary_switches: Some(usage.voluntary_context_switches() as u64),
            involuntary_switches: Some(
                usage.involuntary_context_switches() as u64
            ),
        }
    }

    /// User and system CPU time together, ns.
    pub fn cpu_ns(&self) -> Option<u64> {
        Some(self.user_ns? + self.system_ns?)
    }

    /// The cost from then until now.
    pub fn until(&self, now: &Used) -> Cost {
        Cost {
            user_ns: grown(now.user_ns, self.user_ns),
            system_ns: grown(now.system_ns, self.system_ns),
            voluntary_switches: grown(
                now.voluntary_switches,
                self.voluntary_switches,
            ),
            involuntary_switches: grown(
                now.involuntary_switches,
                self.involuntary_switches,
            ),
            ..Cost::default()
        }
    }
}

/// Peak resident memory of this process, bytes: `VmHWM`. The system's other
/// figure, `ru_maxrss`, begins with the peak of the parent.
pub fn peak_rss_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status_field(&status, "VmHWM:").map(|kib| kib * 1024)
}

/// Makes the peak start over from what is resident now, and tells whether the
/// system did so.
pub(crate) fn reset_peak_rss() -> bool {
    // 5 resets the high-water mark: proc(5).
    std::fs::write("/proc/self/clear_refs", "5").is_ok()
}

/// Threads of the process `pid`.
pub(crate) fn threads(pid: u32) -> Option<u64> {
    let path = format!("/proc/{pid}/status");
    status_field(&std::fs::read_to_string(path).ok()?, "Threads:")
}

/// By how much a counter has grown, where the system told it both times.
pub(super) fn grown(now: Option<u64>, then: Option<u64>) -> Option<u64> {
    Some(now?.saturating_sub(then?))
}

/// A number of `/proc/PID/status`, in the unit that it has there.
pub(crate) fn status_field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
