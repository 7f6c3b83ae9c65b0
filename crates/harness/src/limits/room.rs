//! What so many pings in flight take, and what this system has of it.

use measurement::quantity::{gib, mib, number};
use measurement::ways::{Kin, Way};

use super::{BESIDES, in_flight_allowed, room_for_threads};
use crate::system;

/// What the system has, as far as it tells.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// Files that a process may have open.
    files: Option<u64>,
    /// Threads that may be started.
    threads: Option<u64>,
    /// Ports to dial one address from.
    ports: Option<u64>,
    /// Memory that is not in use, bytes.
    memory: Option<u64>,
}

/// Memory for a ping in flight, client, server and kernel together, bytes:
/// more than any way was seen to take.
const EACH: u64 = 48 * 1024;
const EACH_THREAD: u64 = 128 * 1024;

/// The server and what a client itself takes, bytes.
const BOTH_PROCESSES: u64 = 64 << 20;

impl Room {
    /// What there is now; the limit of open files is raised as far as it goes.
    pub fn now() -> Room {
        let meminfo = system::text("/proc/meminfo").unwrap_or_default();
        let range = system::text("/proc/sys/net/ipv4/ip_local_port_range");
        Room {
            files: test_server::raise_file_limit().ok(),
            threads: room_for_threads(),
            ports: range.and_then(|range| ports(&range)),
            memory: available(&meminfo),
        }
    }

    /// Why this way cannot have so many in flight here; none where nothing is
    /// known that forbids it.
    pub fn refusal(&self, way: &Way, in_flight: usize) -> Option<String> {
        let asked = number(in_flight);
        let in_flight = in_flight as u64;
        let lacks = |has: Option<u64>, needs: u64| {
            has.filter(|has| *has < needs).map(|has| (needs, has))
        };
        let files = in_flight.saturating_add(BESIDES);
        if let Some((needs, has)) = lacks(self.files, files) {
            return Some(format!(
                "open files: {asked} in flight need {needs}, and this system \
                 allows {has} (`ulimit -n`)"
            ));
        }
        let threads = in_flight.saturating_add(BESIDES);
        if let Some((needs, has)) =
            lacks(self.threads, threads).filter(|_| has_threads(way))
        {
            return Some(format!(
                "limit of threads: {asked} in flight need {needs}, and this system has \
                 room for {has} (`ulimit -u`)"
            ));
        }
        // With two addresses to dial there are twice as many.
        let ports = self.ports.map(|ports| ports.saturating_mul(2));
        if let Some((needs, has)) = lacks(ports, in_flight) {
            return Some(format!(
                "ports: {asked} in flight need {needs} to come from, and this \
                 system has {has} for two addresses"
            ));
        }
        let memory = memory(in_flight, has_threads(way));
        let (needs, has) = lacks(self.memory, memory)?;
        Some(format!(
            "memory: {asked} in flight may take {} MiB, and this system has \
             {} MiB left",
            mib(needs as f64),
            mib(has as f64)
        ))
    }

    /// What so many in flight take, and beside each what there is.
    pub fn announced(&self, in_flight: usize, threads: bool) -> String {
        let asked = in_flight as u64;
        let here = |has: Option<u64>| {
            let known = has.filter(|has| *has < u64::MAX);
            known.map_or(String::new(), |has| {
                format!(" of {}", number(usize::try_from(has).unwrap_or(0)))
            })
        };
        let thread = match threads {
            true => format!(
                ", a thread each in some ways (room for {})",
                self.threads.map_or("n/a".to_owned(), |n| number(n as usize))
            ),
            false => String::new(),
        };
        let left = self
            .memory
            .map_or(String::new(), |bytes| format!(" ({} left)", gib(bytes)));
        format!(
            "{} in flight take as many connections, a port each{}, {} open \
             files{} in client and server{thread}, and at most {} MiB of \
             memory{left}.",
            number(in_flight),
            here(self.ports),
            number(in_flight.saturating_add(BESIDES as usize)),
            here(self.files.map(in_flight_allowed)),
            mib(memory(asked, threads) as f64),
        )
    }
}

/// Whether each ping in flight has a thread.
pub fn has_threads(way: &Way) -> bool {
    matches!(way.kin, Kin::Waves | Kin::Shares | Kin::Pool)
}

fn memory(in_flight: u64, threads: bool) -> u64 {
    let each = if threads { EACH_THREAD } else { EACH };
    in_flight.saturating_mul(each).saturating_add(BOTH_PROCESSES)
}

/// How many there are from `32768` to `60999`.
fn ports(range: &str) -> Option<u64> {
    let mut ends = range.split_whitespace().map(str::parse::<u64>);
    let (low, high) = (ends.next()?.ok()?, ends.next()?.ok()?);
    Some(high.checked_sub(low)? + 1)
}

/// `MemAvailable`, bytes.
fn available(meminfo: &str) -> Option<u64> {
    let line =
        meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    kib.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use measurement::capacity::Limit;
    use measurement::ways;
    use ping_core::PingError;
    use proptest::prelude::*;

    use super::*;

    fn small() -> Room {
        Room {
            files: Some(1032),
            threads: Some(532),
            ports: Some(600),
            memory: Some(BOTH_PROCESSES + 1_100 * EACH),
        }
    }

    #[test]
    fn each_limit_has_two_sides_and_is_named() {
        let over = |room: &Room, way: &Way, in_flight| {
            room.refusal(way, in_flight).map(|why| Limit::of(&why))
        };
        let (pool, tasks) = (&ways::POOL, &ways::TASKS);
        let small = small();
        assert_eq!(over(&small, tasks, 1000), None);
        assert_eq!(over(&small, tasks, 1001), Some(Limit::OpenFiles));
        let files = Room { files: Some(u64::MAX), ..small };
        assert_eq!(over(&files, pool, 500), Some(Limit::Memory));
        assert_eq!(over(&files, tasks, 1100), None);
        assert_eq!(over(&files, tasks, 1101), Some(Limit::Memory));
        assert_eq!(over(&files, tasks, 1201), Some(Limit::Ports));
        assert_eq!(over(&files, pool, 501), Some(Limit::Threads));
        let room = Room { memory: None, ..files };
        assert_eq!(over(&room, pool, 500), None);
        assert_eq!(over(&room, pool, 501), Some(Limit::Threads));
        assert_eq!(over(&Room::default(), pool, usize::MAX), None);
    }

    /// What clients and system say is recognised in the records.
    #[test]
    fn what_is_met_on_the_way_is_named() {
        let no_port = std::io::Error::from_raw_os_error(99);
        let timeout = PingError::Timeout(ping_core::Phase::Head);
        for (error, limit) in [
            (PingError::TooManyFiles, Limit::OpenFiles),
            (PingError::NoThread("refused".to_owned()), Limit::Threads),
            (timeout, Limit::Time),
            (PingError::Reset, Limit::Other),
        ] {
            assert_eq!(Limit::of(&format!("7 of 8: {error}")), limit);
        }
        if cfg!(target_os = "linux") {
            let error = PingError::from_io(&no_port).to_string();
            assert_eq!(Limit::of(&error), Limit::Ports, "{error}");
        }
    }

    #[test]
    fn reads_what_the_system_tells() {
        assert_eq!(ports("32768\t60999"), Some(28_232));
        assert_eq!(available("MemFree: 1 kB\nMemAvailable:  2 kB"), Some(2048));
        for rubbish in ["", "a b", "9 3", "7"] {
            assert_eq!(ports(rubbish), None, "{rubbish}");
        }
        for rubbish in ["", "MemAvailable:", "MemAvailable: a kB"] {
            assert_eq!(available(rubbish), None, "{rubbish}");
        }
    }

    proptest! {
        /// What is allowed for many is allowed for fewer, whatever there is.
        #[test]
        fn fewer_never_need_more(
            files: Option<u64>,
            threads: Option<u64>,
            ports: Option<u64>,
            memory: Option<u64>,
            many: usize,
            fewer: usize,
        ) {
            let room = Room { files, threads, ports, memory };
            let fewer = fewer.min(many);
            for way in [&ways::POOL, &ways::EVENT_LOOP] {
                prop_assert!(
                    room.refusal(way, many).is_some()
                        || room.refusal(way, fewer).is_none()
                );
            }
            prop_assert!(!room.announced(many, true).is_empty());
        }
    }
}
