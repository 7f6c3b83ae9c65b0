//! What other processes have used so far, by the system's accounts.

use measurement::queue_cost::Part;

use crate::system;
use crate::trial::status_field;

/// A process, and what it had used at each of three moments.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pid: u32,
    cpu_ns: Vec<Option<u64>>,
}

impl Account {
    /// Of the process of this number, which has to be there until
    /// [`Account::part`].
    pub(super) fn of(pid: u32) -> Account {
        Account { pid, cpu_ns: Vec::new() }
    }

    /// Reads the meter.
    pub(super) fn look(&mut self) {
        self.cpu_ns.push(cpu_ns(self.pid));
    }

    /// What it took between the looks, of which there were three, and its peak
    /// of memory until now.
    pub(super) fn part(&self) -> Part {
        let between = |from: usize| {
            let then = (*self.cpu_ns.get(from)?)?;
            let now = (*self.cpu_ns.get(from + 1)?)?;
            now.checked_sub(then)
        };
        let status = system::text(&format!("/proc/{}/status", self.pid));
        let bytes = |field| {
            status_field(status.as_deref()?, field).map(|kib| kib * 1024)
        };
        Part {
            producing_cpu_ns: between(0),
            working_cpu_ns: between(1),
            peak_rss_bytes: bytes("VmHWM:"),
            file_rss_bytes: bytes("RssFile:"),
        }
    }
}

/// CPU time of all threads of a process, ended ones too, ns: its own clock,
/// since the table of processes counts in hundredths of a second.
fn cpu_ns(pid: u32) -> Option<u64> {
    #[cfg(target_os = "linux")]
    {
        use nix::time::{clock_getcpuclockid, clock_gettime};
        use nix::unistd::Pid;

        let pid = Pid::from_raw(i32::try_from(pid).ok()?);
        let time = clock_gettime(clock_getcpuclockid(pid).ok()?).ok()?;
        let seconds = u64::try_from(time.tv_sec()).ok()?;
        Some(seconds * 1_000_000_000 + u64::try_from(time.tv_nsec()).ok()?)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = pid;
        None
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::Account;

    #[test]
    fn work_is_seen_between_two_looks() {
        let mut own = Account::of(std::process::id());
        own.look();
        own.look();
        let work = (0..2_000_000_u64).fold(1, |a: u64, b| a.rotate_left(7) ^ b);
        own.look();
        assert_ne!(std::hint::black_box(work), 0);
        let part = own.part();
        assert!(part.working_cpu_ns > Some(0), "{part:?}");
        assert!(part.producing_cpu_ns < part.working_cpu_ns, "{part:?}");
        assert!(part.peak_rss_bytes > Some(1 << 20), "{part:?}");
    }
}
