//! A connection that tasks wait for.

use std::cell::RefCell;
use std::future::poll_fn;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::rc::Rc;
use std::task::Poll;
use std::time::Instant;

use mio::net::TcpStream;
use ping_by_hand::{Answer, Whole};
use ping_core::{Phase, PingError};

use crate::hosts::Host;
use crate::s3_reactor::{Place, Reactor};

/// What all connections read into, one after another. Each keeps no more than
/// what it has to remember of that.
pub(crate) type Room = Rc<RefCell<Box<[u8]>>>;

/// A connection. Each of its waits ends at the place's alarm at the latest.
#[derive(Debug)]
pub struct Stream {
    tcp: TcpStream,
    pub(crate) place: Place,
    host: Host,
    room: Room,
    /// Whether the last read has filled the room.
    filled: bool,
}

impl Stream {
    /// Dials, and waits until somebody accepts.
    ///
    /// # Errors
    ///
    /// What the system says, or that it is `deadline`.
    pub(crate) async fn dial(
        address: SocketAddr,
        deadline: Instant,
        reactor: &Rc<Reactor>,
        host: Host,
        room: Room,
    ) -> Result<Stream, PingError> {
        let words = |error: io::Error| PingError::from_io(&error);
        let mut tcp = TcpStream::connect(address).map_err(words)?;
        let place = Place::new(reactor);
        place.register(&mut tcp).map_err(words)?;
        place.set_alarm(deadline);
        let stream = Stream { tcp, place, host, room, filled: false };
        poll_fn(|context| {
            if stream.place.is_late() {
                return Poll::Ready(Err(PingError::Timeout(Phase::Connect)));
            }
            // Room to write is the sign that the dial has ended, well or not.
            if stream.place.source.writable.get() {
                match stream.outcome() {
                    Ok(true) => return Poll::Ready(Ok(())),
                    Ok(false) => stream.place.source.writable.set(false),
                    Err(error) => return Poll::Ready(Err(words(error))),
                }
            }
            stream.place.wait(context)
        })
        .await?;
        Ok(stream)
    }

    fn outcome(&self) -> io::Result<bool> {
        if let Some(why) = self.tcp.take_error()? {
            return Err(why);
        }
        match self.tcp.peer_addr() {
            Err(why) if why.kind() == ErrorKind::NotConnected => Ok(false),
            Err(why) => Err(why),
            // Else the second of two small packets waits for the first one's
            // receipt.
            Ok(_) => self.tcp.set_nodelay(true).map(|()| true),
        }
    }

    /// Sends all of it.
    ///
    /// # Errors
    ///
    /// What the system says, or that the time is up.
    pub async fn write_all(&mut self, bytes: &[u8]) -> Result<(), PingError> {
        let mut sent = 0;
        poll_fn(|context| {
            let Stream { tcp, place, .. } = self;
            if place.is_late() {
                return Poll::Ready(Err(PingError::Timeout(Phase::Head)));
            }
            while sent < bytes.len() {
                if !place.source.writable.get() {
                    return place.wait(context);
                }
                match tcp.write(&bytes[sent..]) {
                    Ok(length) => sent += length,
                    Err(error) => match error.kind() {
                        ErrorKind::WouldBlock => {
                            place.source.writable.set(false);
                        }
                        ErrorKind::Interrupted => {}
                        _ => {
                            let error = PingError::from_io(&error);
                            return Poll::Ready(Err(error));
                        }
                    },
                }
            }
            Poll::Ready(Ok(()))
        })
        .await
    }

    /// Reads once, into `answer`, which may be whole by that.
    ///
    /// # Errors
    ///
    /// What the system says, that the time is up, or that what came is no
    /// answer.
    pub async fn read(
        &mut self,
        answer: &mut Answer,
    ) -> Result<Option<Whole>, PingError> {
        poll_fn(|context| {
            let Stream { tcp, place, room, filled, .. } = self;
            if place.is_late() {
                let late = ErrorKind::TimedOut.into();
                return Poll::Ready(Err(answer.broken(&late)));
            }
            // There may be more, about which no event will come. But first all
            // others have their turn: one that is sent bytes without end holds
            // up nobody.
            if std::mem::take(filled) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            let room = &mut **room.borrow_mut();
            while place.source.readable.get() {
                match tcp.read(room) {
                    Ok(length) => {
                        *filled = length == room.len();
                        // Less than there was room for is all there was: the
                        // next byte is the next event. But an end that came
                        // along has no event of its own.
                        let more = *filled || place.source.hung_up.get();
                        place.source.readable.set(more);
                        return Poll::Ready(answer.take(&room[..length]));
                    }
                    Err(error) => match error.kind() {
                        ErrorKind::WouldBlock => {
                            place.source.readable.set(false);
                        }
                        ErrorKind::Interrupted => {}
                        _ => return Poll::Ready(Err(answer.broken(&error))),
                    },
                }
            }
            place.wait(context)
        })
        .await
    }

    /// Whose address it was dialled at.
    pub(crate) fn host(&self) -> &Host {
        &self.host
    }

    /// Whether the server has said nothing that was not read.
    pub(crate) fn is_quiet(&self) -> bool {
        let source = &self.place.source;
        !source.readable.get() && !source.hung_up.get()
    }

    /// Whether this connection may take another ping.
    pub(crate) fn is_open(&self) -> bool {
        !self.place.source.hung_up.get()
    }
}
