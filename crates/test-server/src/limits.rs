//! How many sockets the process may have, and who gets how many.

use std::io;

/// Descriptors that are kept back for the control port, where there are
/// plenty: so many connections to it, and one for whatever a library opens
/// for a moment. With those that the server itself has open they are fewer
/// than the 32 that the harness leaves for it.
const KEPT_BACK: u64 = 15;

/// How many connections either port may have at once, so that neither takes
/// the other's last descriptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shares {
    /// On the data port.
    pub(crate) clients: usize,
    /// On the control port.
    pub(crate) callers: usize,
}

impl Shares {
    /// Of so many files that may be open, where some are already. Where there
    /// are few, the control port has an eighth of what is left.
    pub(crate) fn of(limit: u64, open: u64) -> Shares {
        let left = limit.saturating_sub(open);
        let kept = KEPT_BACK.min(left / 8).max(2);
        let clients = left.saturating_sub(kept).max(1);
        Shares {
            clients: usize::try_from(clients).unwrap_or(usize::MAX),
            callers: kept as usize - 1,
        }
    }
}

/// How many files this process has open, as the number of the next one says.
///
/// # Errors
///
/// When none can be opened any more.
#[cfg(unix)]
pub(crate) fn open_files() -> io::Result<u64> {
    use std::os::fd::AsRawFd;

    use socket2::{Domain, Socket, Type};

    let next = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    Ok(u64::try_from(next.as_raw_fd()).unwrap_or_default())
}

/// Nothing runs out.
#[cfg(not(unix))]
pub(crate) fn open_files() -> io::Result<u64> {
    Ok(0)
}

/// Raises the number of files this process may open as far as it may without
/// asking anybody, and returns what it is then. `u64::MAX` means that the
/// system has no such limit.
///
/// # Errors
///
/// When the system refuses to tell or to change the limit.
#[cfg(unix)]
pub fn raise_file_limit() -> io::Result<u64> {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};

    /// macOS calls its hard limit infinite and refuses to go there; this many
    /// it has always granted.
    const GRANTED_EVERYWHERE: u64 = 10_240;

    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE)?;
    if soft >= hard {
        return Ok(soft);
    }
    if setrlimit(Resource::RLIMIT_NOFILE, hard, hard).is_ok() {
        return Ok(hard);
    }
    let modest = GRANTED_EVERYWHERE.min(hard).max(soft);
    setrlimit(Resource::RLIMIT_NOFILE, modest, hard)?;
    Ok(modest)
}

/// The system has no such limit.
///
/// # Errors
///
/// None here.
#[cfg(not(unix))]
pub fn raise_file_limit() -> io::Result<u64> {
    Ok(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_port_has_its_share() {
        let shares = |limit, open| {
            let Shares { clients, callers } = Shares::of(limit, open);
            (clients, callers)
        };
        assert_eq!(shares(20_000, 12), (19_973, 14));
        assert_eq!(shares(64, 12), (46, 5));
        assert_eq!(shares(20, 12), (6, 1));
        // Not enough for both, but each tries.
        assert_eq!(shares(12, 12), (1, 1));
        assert_eq!(shares(u64::MAX, 0).1, 14);
    }
}
