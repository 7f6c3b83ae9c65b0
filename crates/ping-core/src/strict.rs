//! Looks at the bytes of an answer before ureq does.

use std::io::{self, ErrorKind};

use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};

use crate::PingError;
use crate::answer::Answer;

/// A connection that hands on nothing but what every client takes for an
/// answer.
///
/// ureq takes some answers that can be read in two ways, and an encrypted
/// connection that was cut for one that has ended. So the bytes are looked at
/// as they come in.
#[derive(Debug)]
pub(crate) struct Strict {
    inner: Box<dyn Transport>,
    answer: Answer,
}

impl Strict {
    pub(crate) fn new(inner: Box<dyn Transport>) -> Strict {
        Strict { inner, answer: Answer::default() }
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
        let read = self.inner.await_input(timeout);
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
