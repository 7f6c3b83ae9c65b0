//! Listening, on loopback and nowhere else.

use std::io;
use std::net::SocketAddr;

use mio::net::{TcpListener, TcpStream};
use socket2::{Domain, Protocol, Socket, Type};

/// How many connections may wait to be accepted. `std` and mio ask for 128,
/// and the 130th of a burst would be dropped and try again a second later.
const BACKLOG: i32 = 4096;

/// A listening socket, and whether a connection may be waiting at it.
pub(crate) struct Listener {
    socket: TcpListener,
    pub(crate) ready: bool,
    /// The last attempt failed for want of descriptors.
    starved: bool,
    /// And nobody was told yet.
    untold: bool,
}

impl Listener {
    pub(crate) fn bind(address: SocketAddr) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!(
                    "will not listen on {address}: this server is for \
                     loopback addresses only, such as 127.0.0.1"
                ),
            ));
        }
        let socket = listen(address).map_err(|error| {
            io::Error::new(
                error.kind(),
                format!("cannot listen on {address}: {error}"),
            )
        })?;
        Ok(Self { socket, ready: false, starved: false, untold: false })
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    pub(crate) fn source(&mut self) -> &mut TcpListener {
        &mut self.socket
    }

    /// Whether it has run out of descriptors since it was last asked.
    pub(crate) fn begins_to_starve(&mut self) -> bool {
        std::mem::take(&mut self.untold)
    }

    /// A connection was closed, or some time has passed: if descriptors were what was wanting, there
    /// may be one now.
    pub(crate) fn has_room(&mut self) {
        self.ready |= std::mem::take(&mut self.starved);
    }

    /// The next connection that waits, if one does and there is a descriptor
    /// left for it. If there is none, nothing more is tried until one may be
    /// free or somebody else knocks: trying again at once would only spin.
    pub(crate) fn accept(&mut self) -> Option<TcpStream> {
        loop {
            match self.socket.accept() {
                Ok((stream, _)) => return Some(stream),
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock => {
                        self.ready = false;
                        return None;
                    }
                    // It was gone before it was accepted.
                    io::ErrorKind::ConnectionAborted
                    | io::ErrorKind::ConnectionReset
                    | io::ErrorKind::Interrupted => {}
                    _ => {
                        self.ready = false;
                        self.untold |= !self.starved;
                        self.starved = true;
                        return None;
                    }
                },
            }
        }
    }
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    // So that a server can start again on the port it just left. On Windows
    // the same option lets two servers share a port.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    // A byte that is marked as urgent is a byte (RFC 6093). Connections that
    // are accepted have it from here.
    socket.set_out_of_band_inline(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(TcpListener::from_std(socket.into()))
}
