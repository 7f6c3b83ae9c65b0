//! A connection of ours: it is never late, and asks the system no more than it
//! must.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use ureq::unversioned::transport::time::Duration as Limit;
use ureq::unversioned::transport::{
    Buffers, NextTimeout, ShutdownHandle, Transport,
};

use crate::room::Room;

/// A TCP connection whose reads and writes end when their time is up.
///
/// ureq's own sets the time of each read, because a few microseconds less are
/// left than for the last one, and asks three times twice a ping whether the
/// server is still there: ten calls of the system a ping where three do.
#[derive(Debug)]
pub(crate) struct Punctual {
    /// Shared with whoever may shut it down meanwhile.
    stream: Arc<TcpStream>,
    room: Room,
    /// How long the system was told that a read may take.
    read_time: Option<Duration>,
    /// The same of a write.
    write_time: Option<Duration>,
    /// Whether it was given back since a request left on it.
    given_back: bool,
}

/// A wait this short is late by no more than a tick of the kernel's clock.
const EXACT: Duration = Duration::from_millis(200);

/// A time that differs by less is the same.
const NEAR: Duration = Duration::from_millis(1);

/// Where nothing limits a read or a write.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Punctual {
    pub(crate) fn new(stream: TcpStream, room: Room) -> Punctual {
        Punctual {
            stream: Arc::new(stream),
            room,
            read_time: None,
            write_time: None,
            given_back: false,
        }
    }

    /// What shuts it down while somebody waits for it.
    pub(crate) fn shutdown_handle(&self) -> Weak<dyn ShutdownHandle> {
        Arc::downgrade(&self.stream) as Weak<dyn ShutdownHandle>
    }
}

impl Transport for Punctual {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.room
    }

    fn transmit_output(
        &mut self,
        amount: usize,
        timeout: NextTimeout,
    ) -> Result<(), ureq::Error> {
        self.given_back = false;
        let mut stream = &*self.stream;
        let mut bytes = &self.room.output()[..amount];
        while !bytes.is_empty() {
            let set = |time| stream.set_write_timeout(time);
            let write = || stream.write(bytes);
            let length = in_time(&mut self.write_time, timeout, set, write)?;
            bytes = &bytes[length..];
        }
        Ok(())
    }

    fn await_input(
        &mut self,
        timeout: NextTimeout,
    ) -> Result<bool, ureq::Error> {
        let mut stream = &*self.stream;
        let room = self.room.input_append_buf();
        let set = |time| stream.set_read_timeout(time);
        let read = || stream.read(room);
        let length = in_time(&mut self.read_time, timeout, set, read)?;
        self.room.input_appended(length);
        Ok(length > 0)
    }

    /// Whether the server is still there and has said nothing. Asked when the
    /// connection is given back it is taken for granted: when it is taken
    /// again, which may be much later, it is asked in any case.
    fn is_open(&mut self) -> bool {
        if !self.given_back {
            self.given_back = true;
            return true;
        }
        is_quiet(&self.stream)
    }
}

/// Tries until something has come of it or `timeout` is over.
///
/// Linux is up to an eighth late where a read of a socket may take long: its
/// timers are the coarser the longer they run, and five seconds become 5.25. So
/// a long wait is made of several, each for seven eighths of what is left.
fn in_time(
    told: &mut Option<Duration>,
    timeout: NextTimeout,
    set: impl Fn(Option<Duration>) -> io::Result<()>,
    mut attempt: impl FnMut() -> io::Result<usize>,
) -> Result<usize, ureq::Error> {
    let whole = match timeout.after {
        Limit::Exact(whole) => whole,
        Limit::NotHappening => A_DAY,
    };
    let begun = Instant::now();
    let mut left = whole;
    while !left.is_zero() {
        let wait = if left > EXACT { left / 8 * 7 } else { left };
        // Of two pings one after another the second would else set again what
        // the first one had.
        if told.is_none_or(|told| told.abs_diff(wait) >= NEAR) {
            set(Some(wait))?;
            *told = Some(wait);
        }
        match attempt() {
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock
                | ErrorKind::TimedOut
                | ErrorKind::Interrupted => {}
                _ => return Err(error.into()),
            },
            Ok(length) => return Ok(length),
        }
        left = whole.saturating_sub(begun.elapsed());
    }
    Err(ureq::Error::Timeout(timeout.reason))
}

/// Looks without waiting and without taking: there is nothing to read, not even
/// the end.
#[cfg(unix)]
fn is_quiet(stream: &TcpStream) -> bool {
    use nix::errno::Errno;
    use nix::sys::socket::{MsgFlags, recv};
    use std::os::fd::AsRawFd;

    let flags = MsgFlags::MSG_PEEK | MsgFlags::MSG_DONTWAIT;
    recv(stream.as_raw_fd(), &mut [0], flags) == Err(Errno::EAGAIN)
}

#[cfg(not(unix))]
fn is_quiet(stream: &TcpStream) -> bool {
    let looked = stream.set_nonblocking(true).and_then(|()| {
        let looked = stream.peek(&mut [0]);
        stream.set_nonblocking(false).and(looked)
    });
    looked.is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
}
