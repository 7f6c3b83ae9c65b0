use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, ErrorKind};
use std::net::TcpListener;

/// The first of those that are looked at, and how many there are. They lie
/// below those that systems give to connections: nobody gets one of them while
/// its server is down, not even who tries to reach it.
const FIRST: u16 = 10_000;
const COUNT: u16 = 20_000;

/// So many ports of 127.0.0.1 that nobody listens on. Somebody else may take
/// one before it is used; its server then does not start.
///
/// # Errors
///
/// If there are not as many.
pub fn free_ports(count: usize) -> io::Result<Vec<u16>> {
    // Each call begins elsewhere.
    let start = RandomState::new().build_hasher().finish();
    let start = u16::try_from(start % u64::from(COUNT)).unwrap_or_default();
    let places = (start..COUNT).chain(0..start);
    // All held at once, so that they are free at one time.
    let held: Vec<(u16, TcpListener)> = places
        .map(|place| FIRST + place)
        .filter_map(|port| {
            Some((port, TcpListener::bind(("127.0.0.1", port)).ok()?))
        })
        .take(count)
        .collect();
    if held.len() < count {
        let text = format!("fewer than {count} ports of 127.0.0.1 are free");
        return Err(io::Error::new(ErrorKind::AddrInUse, text));
    }
    Ok(held.iter().map(|(port, _)| *port).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_differ_and_can_be_listened_on() {
        let mut ports = free_ports(20).unwrap();
        for port in &ports {
            TcpListener::bind(("127.0.0.1", *port)).unwrap();
        }
        ports.sort_unstable();
        ports.dedup();
        assert_eq!(ports.len(), 20);
        assert!(ports.iter().all(|p| (FIRST..FIRST + COUNT).contains(p)));
    }
}
