//! One socket and what is on its way through it.

use std::io::{self, Write};
use std::net::Shutdown;
use std::time::Duration;

use mio::Interest;
use mio::event::Event;
use mio::net::TcpStream;
use socket2::SockRef;

use crate::peer::Peers;
use crate::receive::receive;

/// A read that returned less than it had room for has emptied the socket, and
/// what comes later makes a new event. That holds for the end of the stream
/// too: if it was there before the read, the event that led to the read
/// said so (`is_read_closed`), and if it came after, it makes an event. So a
/// request costs one `recv` and not a second one that says "nothing". On
/// Windows, mio makes events only after that second one.
///
/// A read ends before a byte that is marked as urgent, however much is behind
/// it. There may be one when it is an event ([`INTEREST`]); elsewhere than on
/// Linux nobody says so.
const SHORT_READ_IS_ALL: bool = cfg!(unix);

/// Both directions once and for all: being edge triggered, an interest in
/// writing costs nothing until a write has been short.
#[cfg(target_os = "linux")]
pub(crate) const INTEREST: Interest =
    Interest::READABLE.add(Interest::WRITABLE).add(Interest::PRIORITY);
#[cfg(not(target_os = "linux"))]
pub(crate) const INTEREST: Interest =
    Interest::READABLE.add(Interest::WRITABLE);

/// More room than this is given back when a buffer is empty.
const KEPT: usize = 4096;

/// A non-blocking stream with a buffer either way.
pub(crate) struct Link {
    stream: TcpStream,
    input: Vec<u8>,
    consumed: usize,
    output: Vec<u8>,
    written: usize,
    /// The socket was empty when it was last read.
    drained: bool,
    /// It was sent something urgent: a short read says nothing.
    urgent: bool,
    /// Something was read since it was last asked, and when it had arrived.
    news: Option<Arrived>,
    /// The client will send nothing more. It may still want its answer.
    ended: bool,
    /// It takes nothing more, either.
    broken: bool,
}

/// When what was read last had arrived: by the wall clock in nanoseconds, if
/// the system tells.
#[derive(Clone, Copy)]
pub(crate) struct Arrived(pub(crate) Option<i64>);

/// What a read brought.
pub(crate) enum Fill {
    /// Something.
    More,
    /// Nothing; there will be an event when there is something.
    NotYet,
    /// Nothing; and never will.
    Ended,
}

impl Link {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            input: Vec::new(),
            consumed: 0,
            output: Vec::new(),
            written: 0,
            drained: true,
            urgent: false,
            news: None,
            ended: false,
            broken: false,
        }
    }

    pub(crate) fn source(&mut self) -> &mut TcpStream {
        &mut self.stream
    }

    /// Takes note of what an event says.
    pub(crate) fn note(&mut self, event: &Event) {
        if event.is_readable() || event.is_read_closed() {
            self.drained = false;
        }
        self.urgent |= event.is_priority();
        self.broken |= event.is_write_closed() || event.is_error();
        self.ended |= event.is_read_closed() || self.broken;
    }

    /// Whether the client is known to have closed its side.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended
    }

    /// Whether the client is known to take nothing more.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Whether the client that has closed its side does not listen any more,
    /// as far as it can be known before something is written.
    pub(crate) fn is_gone(&self, peers: &Peers) -> bool {
        let ends = || {
            Some((
                self.stream.peer_addr().ok()?,
                self.stream.local_addr().ok()?,
            ))
        };
        let Some((theirs, ours)) = ends() else { return true };
        peers.listens(theirs, ours) == Some(false)
    }

    /// Whether what was written last has been refused: a reset has come back,
    /// which on loopback is at once.
    pub(crate) fn was_refused(&self) -> bool {
        !matches!(self.stream.take_error(), Ok(None))
    }

    /// Reads once, by way of `scratch`, which is lent so that an idle
    /// connection needs no buffer of that size.
    pub(crate) fn fill(&mut self, scratch: &mut [u8]) -> io::Result<Fill> {
        if self.drained {
            return Ok(if self.ended { Fill::Ended } else { Fill::NotYet });
        }
        match receive(&mut self.stream, scratch) {
            Ok((0, _)) => {
                self.drained = true;
                self.ended = true;
                Ok(Fill::Ended)
            }
            Ok((length, arrived)) => {
                self.news = Some(Arrived(arrived));
                self.drained =
                    SHORT_READ_IS_ALL && !self.urgent && length < scratch.len();
                self.input.drain(..std::mem::take(&mut self.consumed));
                self.input.extend_from_slice(&scratch[..length]);
                Ok(Fill::More)
            }
            Err(error) => match error.kind() {
                io::ErrorKind::WouldBlock => {
                    self.drained = true;
                    Ok(if self.ended { Fill::Ended } else { Fill::NotYet })
                }
                io::ErrorKind::Interrupted => Ok(Fill::More),
                _ => Err(error),
            },
        }
    }

    /// Whether nothing that was sent to us is left to be read, as far as it is
    /// known.
    pub(crate) fn has_nothing_more(&self) -> bool {
        self.unread().is_empty() && self.drained
    }

    /// How much memory its buffers hold, in bytes.
    pub(crate) fn holds(&self) -> usize {
        self.input.capacity() + self.output.capacity()
    }

    /// When what was read since the last call had arrived; none if nothing
    /// was.
    pub(crate) fn news(&mut self) -> Option<Arrived> {
        self.news.take()
    }

    /// What was read and not yet consumed.
    pub(crate) fn unread(&self) -> &[u8] {
        &self.input[self.consumed..]
    }

    pub(crate) fn consume(&mut self, length: usize) {
        self.consumed += length;
        if self.consumed == self.input.len() {
            self.consumed = 0;
            empty(&mut self.input);
        } else if self.input.capacity() > KEPT && self.unread().len() <= KEPT {
            self.input.drain(..std::mem::take(&mut self.consumed));
            self.input.shrink_to_fit();
        }
    }

    /// Where to put what is to be written.
    pub(crate) fn output(&mut self) -> &mut Vec<u8> {
        &mut self.output
    }

    /// Writes what it can; true when all is written. If not, there will be an
    /// event when there is room again.
    pub(crate) fn flush(&mut self) -> io::Result<bool> {
        while self.written < self.output.len() {
            match self.stream.write(&self.output[self.written..]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(length) => self.written += length,
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock => return Ok(false),
                    io::ErrorKind::Interrupted => {}
                    _ => return Err(error),
                },
            }
        }
        self.written = 0;
        empty(&mut self.output);
        Ok(true)
    }

    /// Lets the connection be reset instead of closed when it is dropped.
    pub(crate) fn reset_when_dropped(&self) -> io::Result<()> {
        SockRef::from(&self.stream).set_linger(Some(Duration::ZERO))
    }

    /// Tells the client that nothing more will come.
    pub(crate) fn finish(&self) -> io::Result<()> {
        self.stream.shutdown(Shutdown::Write)
    }
}

fn empty(buffer: &mut Vec<u8>) {
    buffer.clear();
    if buffer.capacity() > KEPT {
        *buffer = Vec::new();
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::TcpStream as Socket;

    use mio::{Events, Poll, Token};

    use super::*;
    use crate::listener::Listener;

    /// All of it is here when it is first read, and makes one event.
    #[test]
    fn what_is_behind_an_urgent_byte_is_read_too() {
        let mut listener =
            Listener::bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let mut client = Socket::connect(listener.address().unwrap()).unwrap();
        client.write_all(b"be").unwrap();
        SockRef::from(&client).send_out_of_band(b"f").unwrap();
        client.write_all(b"ore").unwrap();
        let mut link = Link::new(listener.accept().unwrap());
        let mut poll = Poll::new().unwrap();
        let registry = poll.registry();
        registry.register(link.source(), Token(0), INTEREST).unwrap();
        let mut events = Events::with_capacity(8);
        poll.poll(&mut events, None).unwrap();
        events.iter().for_each(|event| link.note(event));
        let mut scratch = [0; 100];
        while matches!(link.fill(&mut scratch).unwrap(), Fill::More) {}
        assert_eq!(link.unread(), b"before");
    }
}
