//! How many sockets the process may have.

use std::io;

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
