//! One connection, and what the kernel has said about it.

use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;

use mio::event::Event;
use mio::net::TcpStream;
use mio::{Interest, Registry, Token};
use ping_core::{Phase, PingError};

/// A connection that never waits.
///
/// The kernel says once that there is something to read or room to write, when
/// that becomes true (*edge-triggered*). So it is remembered here until the
/// kernel has been found to have no more: who asks in between asks in vain.
#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
    readable: bool,
    writable: bool,
    connected: bool,
    /// Why nobody accepts.
    failure: Option<io::Error>,
    /// The server will send no more than what is there already.
    hung_up: bool,
    /// Whether there was a read in this turn.
    was_read: bool,
    /// Whether the time of its ping is up.
    late: bool,
}

impl Socket {
    /// Dials, and lets the kernel say under this number what becomes of it:
    /// both interests, once, until the connection ends.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn dial(
        address: SocketAddr,
        place: usize,
        registry: &Registry,
    ) -> io::Result<Socket> {
        let mut stream = TcpStream::connect(address)?;
        let both = Interest::READABLE | Interest::WRITABLE;
        registry.register(&mut stream, Token(place), both)?;
        Ok(Socket {
            stream,
            readable: false,
            writable: false,
            connected: false,
            failure: None,
            hung_up: false,
            was_read: false,
            late: false,
        })
    }

    /// Remembers what the kernel said.
    pub fn hear(&mut self, event: &Event) {
        // An error is found by reading or writing.
        self.readable |= event.is_readable() || event.is_error();
        self.writable |= event.is_writable() || event.is_error();
        self.hung_up |= event.is_read_closed();
    }

    /// Another event, or the next turn: there may be one read again.
    pub fn begin_turn(&mut self) {
        self.was_read = false;
    }

    /// The time is up: whatever is tried next is an error.
    pub fn end(&mut self) {
        self.late = true;
    }

    /// Whether somebody has accepted.
    ///
    /// # Errors
    ///
    /// Why nobody will.
    pub fn is_connected(&mut self) -> Result<bool, PingError> {
        if self.late {
            return Err(PingError::Timeout(Phase::Connect));
        }
        if self.has_failed()
            && let Some(why) = &self.failure
        {
            return Err(PingError::from_io(why));
        }
        Ok(self.connected)
    }

    /// Whether it is known that nobody will accept.
    pub fn has_failed(&mut self) -> bool {
        // Room to write is the sign that the dial has ended, well or not.
        if !self.connected && self.writable && self.failure.is_none() {
            match self.outcome() {
                Ok(connected) => {
                    self.connected = connected;
                    self.writable = connected;
                }
                Err(why) => self.failure = Some(why),
            }
        }
        self.failure.is_some()
    }

    fn outcome(&self) -> io::Result<bool> {
        if let Some(why) = self.stream.take_error()? {
            return Err(why);
        }
        match self.stream.peer_addr() {
            Err(why) if why.kind() == ErrorKind::NotConnected => Ok(false),
            Err(why) => Err(why),
            // Else the second of two small packets waits for the first one's
            // receipt.
            Ok(_) => self.stream.set_nodelay(true).map(|()| true),
        }
    }

    /// Sends as much as there is room for, and says how much that was.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn write(&mut self, bytes: &[u8]) -> Result<usize, PingError> {
        if self.late {
            return Err(PingError::Timeout(Phase::Head));
        }
        let mut sent = 0;
        while self.writable && sent < bytes.len() {
            match self.stream.write(&bytes[sent..]) {
                Ok(length) => sent += length,
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => self.writable = false,
                    ErrorKind::Interrupted => {}
                    _ => return Err(PingError::from_io(&error)),
                },
            }
        }
        Ok(sent)
    }

    /// Reads into `room`, once an event at most; `None` if there is nothing,
    /// or nothing more for now. 0 bytes are the end.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn read(&mut self, room: &mut [u8]) -> io::Result<Option<usize>> {
        if self.late {
            return Err(ErrorKind::TimedOut.into());
        }
        while self.readable && !self.was_read {
            match self.stream.read(room) {
                Ok(length) => {
                    self.was_read = true;
                    // Less than there was room for is all there was: the next
                    // byte is the next event. But an end that came along has
                    // no event of its own.
                    self.readable = length == room.len() || self.hung_up;
                    return Ok(Some(length));
                }
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => self.readable = false,
                    ErrorKind::Interrupted => {}
                    _ => return Err(error),
                },
            }
        }
        Ok(None)
    }

    /// Whether the last read has left something, about which no event will
    /// come.
    pub fn has_more(&self) -> bool {
        self.was_read && self.readable
    }

    /// Whether the server has said nothing that was not read.
    pub fn is_quiet(&self) -> bool {
        !self.readable && !self.hung_up
    }

    /// Whether this connection may take another ping.
    pub fn is_open(&self) -> bool {
        self.connected && !self.hung_up
    }
}
