use std::io;
use std::net::TcpListener;

/// So many ports of 127.0.0.1 that nobody listens on. Somebody else may take
/// one before it is used; its server then does not start.
///
/// # Errors
///
/// If the system has none.
pub fn free_ports(count: usize) -> io::Result<Vec<u16>> {
    // All held at once, so that they differ.
    let listeners: Vec<TcpListener> = (0..count)
        .map(|_| TcpListener::bind("127.0.0.1:0"))
        .collect::<io::Result<_>>()?;
    listeners.iter().map(|held| Ok(held.local_addr()?.port())).collect()
}
