use std::fs;

use measurement::record::Host;

use super::cost::grown;

/// Counters of the whole machine, to be read before and after a trial.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Machine {
    stolen_ticks: Option<u64>,
    retransmitted_segments: Option<u64>,
    listen_overflows: Option<u64>,
    load: Option<f64>,
}

/// A tick of `/proc/stat`, which counts in hundredths of a second on every
/// Linux of today.
const TICK_NS: u64 = 10_000_000;

impl Machine {
    pub(crate) fn now() -> Machine {
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        let stat = read("/proc/stat");
        let load = read("/proc/loadavg");
        Machine {
            // cpu user nice system idle iowait irq softirq steal
            stolen_ticks: stat
                .lines()
                .next()
                .and_then(|cpu| cpu.split_whitespace().nth(8)?.parse().ok()),
            retransmitted_segments: counter(
                &read("/proc/net/snmp"),
                "Tcp:",
                "RetransSegs",
            ),
            listen_overflows: counter(
                &read("/proc/net/netstat"),
                "TcpExt:",
                "ListenOverflows",
            ),
            load: load.split_whitespace().next().and_then(|x| x.parse().ok()),
        }
    }

    /// What the machine did from then until now.
    pub(crate) fn until(&self, now: &Machine) -> Host {
        Host {
            stolen_ns: grown(now.stolen_ticks, self.stolen_ticks)
                .map(|ticks| ticks * TICK_NS),
            retransmitted_segments: grown(
                now.retransmitted_segments,
                self.retransmitted_segments,
            ),
            listen_overflows: grown(
                now.listen_overflows,
                self.listen_overflows,
            ),
            load: self.load,
            processors: std::thread::available_parallelism()
                .ok()
                .map(|n| n.get() as u64),
            others_ns: None,
            awake_ns: None,
        }
    }
}

/// How long all processors together have been busy since the system started,
/// ns: without idling, waiting for a disk and what the hypervisor took.
pub(crate) fn busy_ns() -> Option<u64> {
    let stat = fs::read_to_string("/proc/stat").ok()?;
    let cpu = stat.lines().next()?.split_whitespace().skip(1);
    let ticks: Vec<u64> = cpu.filter_map(|field| field.parse().ok()).collect();
    // user nice system idle iowait irq softirq steal …
    let [user, nice, system, _, _, irq, softirq, ..] = ticks[..] else {
        return None;
    };
    Some((user + nice + system + irq + softirq) * TICK_NS)
}

/// The processor time that another process has used so far, ns.
#[cfg(target_os = "linux")]
pub(crate) fn cpu_of(process: u32) -> Option<u64> {
    use nix::time::{ClockId, clock_gettime};
    use nix::unistd::Pid;

    let process = Pid::from_raw(i32::try_from(process).ok()?);
    let clock = ClockId::pid_cpu_clock_id(process).ok()?;
    let used = clock_gettime(clock).ok()?;
    Some(used.tv_sec() as u64 * 1_000_000_000 + used.tv_nsec() as u64)
}

/// Elsewhere nobody asks.
#[cfg(not(target_os = "linux"))]
pub(crate) fn cpu_of(_process: u32) -> Option<u64> {
    None
}

/// A counter of `/proc/net/snmp` or `netstat`: a line of names and below it a
/// line of values, both with the same first word.
fn counter(text: &str, first_word: &str, name: &str) -> Option<u64> {
    let mut lines = text.lines().filter(|line| line.starts_with(first_word));
    let names = lines.next()?.split_whitespace();
    let mut values = lines.next()?.split_whitespace();
    values.nth(names.clone().position(|n| n == name)?)?.parse().ok()
}
