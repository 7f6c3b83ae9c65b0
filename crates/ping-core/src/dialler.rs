use std::io::{self, ErrorKind};
use std::time::Instant;

use ureq::unversioned::transport::time::Duration;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout,
    Transport,
};

use crate::PingError;
use crate::answer::Answer;

/// ureq's own connector, with two things mended.
///
/// A limit that ends while it is at work is a timeout of the connection,
/// whichever limit it is: ureq names the limit, and we want the place. And its
/// connections are [`Strict`].
#[derive(Debug, Default)]
pub(crate) struct Dialler(DefaultConnector);

impl Connector<()> for Dialler {
    type Out = Strict;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Strict>, ureq::Error> {
        let connected = self.0.connect(details, chained);
        let connected = connected.map_err(|error| match error {
            ureq::Error::Timeout(_) => {
                ureq::Error::Timeout(ureq::Timeout::Connect)
            }
            error => error,
        })?;
        Ok(connected.map(|inner| Strict { inner, answer: Answer::default() }))
    }
}

/// A connection that hands on nothing but what every client takes for an
/// answer, and whose reads end when their time is up.
///
/// ureq takes some answers that can be read in two ways, and an encrypted
/// connection that was cut for one that has ended. So the bytes are looked at
/// as they come in.
#[derive(Debug)]
pub(crate) struct Strict {
    inner: Box<dyn Transport>,
    answer: Answer,
}

/// A wait this short is late by no more than a tick of the kernel's clock.
const EXACT: std::time::Duration = std::time::Duration::from_millis(200);

impl Strict {
    /// Waits for input.
    ///
    /// Linux is up to an eighth late where a read of a socket may take long:
    /// its timers are the coarser the longer they run, and five seconds become
    /// 5.25. So a long wait is made of several, each for seven eighths of what
    /// is left.
    fn wait(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let Duration::Exact(whole) = timeout.after else {
            return self.inner.await_input(timeout);
        };
        let begun = Instant::now();
        let mut left = whole;
        loop {
            let wait = if left > EXACT { left / 8 * 7 } else { left };
            let after = Duration::Exact(wait);
            let read = self.inner.await_input(NextTimeout { after, ..timeout });
            left = whole.saturating_sub(begun.elapsed());
            match read {
                Err(ureq::Error::Timeout(_)) if !left.is_zero() => {}
                read => return read,
            }
        }
    }

    /// Whether this is an end of the connection that ureq would take for the
    /// end of a body.
    fn is_cut(&self, read: &Result<bool, ureq::Error>) -> bool {
        match read {
            Ok(more) => !more && !self.answer.may_end(),
            // Over TLS a proper end is announced, and a reset never is one:
            // whoever cuts the connection could cut the body.
            Err(ureq::Error::Io(error)) => matches!(
                error.kind(),
                ErrorKind::UnexpectedEof
                    | ErrorKind::ConnectionAborted
                    | ErrorKind::ConnectionReset
            ),
            Err(_) => false,
        }
    }
}

impl Transport for Strict {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(
        &mut self,
        amount: usize,
        timeout: NextTimeout,
    ) -> Result<(), ureq::Error> {
        // A request leaves, and its answer begins with a head.
        self.answer = Answer::default();
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(
        &mut self,
        timeout: NextTimeout,
    ) -> Result<bool, ureq::Error> {
        let buffers = self.inner.buffers();
        let seen = buffers.input().len();
        // A line that fills it has no end. A read into no room would be taken
        // for the end of the connection.
        if buffers.input_append_buf().is_empty() {
            let why = "a line without an end".to_owned();
            return Err(refused(PingError::BadReply(why)));
        }
        let read = self.wait(timeout);
        if self.answer.in_body() && self.is_cut(&read) {
            return Err(refused(PingError::ClosedEarly));
        }
        let more = read?;
        let buffers = self.inner.buffers();
        let interim = self.answer.look(buffers.input(), seen);
        let interim = interim.map_err(refused)?;
        if interim > 0 {
            buffers.input_consume(interim);
        }
        Ok(more)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// Our word inside an error of ureq's, from which it is taken out again. Of a
/// kind that ureq does not take for the end of a body.
fn refused(word: PingError) -> ureq::Error {
    ureq::Error::Io(io::Error::other(word))
}
