//! Connections that wait for their next ping.

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

/// The idle connections of a client, each with the address that it leads to.
#[derive(Debug)]
pub(crate) struct Idle<C>(Mutex<Vec<(SocketAddr, C)>>);

impl<C> Default for Idle<C> {
    fn default() -> Idle<C> {
        Idle(Mutex::default())
    }
}

impl<C> Idle<C> {
    /// An idle connection to `address`, the one used last.
    pub(crate) fn take(&self, address: SocketAddr) -> Option<C> {
        let mut idle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = idle.iter().rposition(|(to, _)| *to == address)?;
        Some(idle.swap_remove(place).1)
    }

    /// Keeps a connection for the next ping to `address`.
    pub(crate) fn give_back(&self, address: SocketAddr, connection: C) {
        let mut idle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push((address, connection));
    }
}
