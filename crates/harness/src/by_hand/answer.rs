//! An answer as it comes in, piece by piece, whoever waits for the pieces.

use std::io;

use httparse::{EMPTY_HEADER, Response, Status};
use ping_core::{Drain, HEAD_LIMIT, HEADER_LIMIT, PingError, Reply};

use super::framing::{Framing, bad, framing};

/// Bytes to read into at first: an answer of the test server fits.
const ROOM: usize = 1024;

/// One answer after another from one connection.
#[derive(Debug)]
pub(super) struct Answer {
    buffer: Vec<u8>,
    filled: usize,
    body: Option<Body>,
}

#[derive(Debug)]
struct Body {
    drain: Drain,
    framing: Framing,
}

/// A whole answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Whole {
    pub(super) reply: Reply,
    /// Whether the connection can be used again.
    pub(super) keep: bool,
}

impl Default for Answer {
    fn default() -> Answer {
        Answer { buffer: vec![0; ROOM], filled: 0, body: None }
    }
}

impl Answer {
    /// Where the next piece goes; never empty.
    pub(super) fn room(&mut self) -> &mut [u8] {
        &mut self.buffer[self.filled..]
    }

    /// Takes the `length` bytes that were read into the [`room`](Self::room),
    /// 0 if the connection has ended. After a whole answer it is ready for the
    /// next one.
    ///
    /// # Errors
    ///
    /// `BadReply`, `ClosedEarly` and `BodyTooLarge`; the connection is of no
    /// further use.
    pub(super) fn take(
        &mut self,
        length: usize,
    ) -> Result<Option<Whole>, PingError> {
        self.filled += length;
        let body = match self.body.take() {
            Some(body) => Some((body, 0)),
            None => self.head()?,
        };
        let full = self.filled == self.buffer.len();
        if full && self.filled < HEAD_LIMIT {
            self.buffer.resize(2 * self.filled, 0);
        } else if full && body.is_none() {
            return Err(bad("message head is too large"));
        }
        let Some((mut body, from)) = body else {
            return if length == 0 {
                Err(PingError::ClosedEarly)
            } else {
                Ok(None)
            };
        };
        let piece = &self.buffer[from..self.filled];
        let taken = body.framing.share_of(piece.len());
        body.drain.take(&piece[..taken])?;
        // What comes after the answer was not asked for.
        let keep = body.framing.keep && taken == piece.len();
        self.filled = 0;
        match body.framing.left {
            Some(0) => {}
            None if length == 0 => {}
            Some(_) if length == 0 => return Err(PingError::ClosedEarly),
            _ => {
                self.body = Some(body);
                return Ok(None);
            }
        }
        Ok(Some(Whole { reply: body.drain.finish(), keep }))
    }

    /// What went wrong with a read, in our words.
    pub(crate) fn broken(&self, error: &io::Error) -> PingError {
        let error = PingError::from_io(error);
        if self.in_body() { error.in_body() } else { error }
    }

    /// Whether the head is whole.
    pub(crate) fn in_body(&self) -> bool {
        self.body.is_some()
    }

    /// The body that the head announces and where it begins, once the head is
    /// whole. Interim answers are passed over.
    fn head(&mut self) -> Result<Option<(Body, usize)>, PingError> {
        loop {
            let mut headers = [EMPTY_HEADER; HEADER_LIMIT];
            let mut head = Response::new(&mut headers);
            let parsed = head.parse(&self.buffer[..self.filled]);
            let length = match parsed.map_err(|why| bad(&why.to_string()))? {
                Status::Complete(length) => length,
                Status::Partial => return Ok(None),
            };
            match head.code {
                Some(status @ (101 | 200..)) => {
                    let framing = framing(status, &head)?;
                    let drain = Drain::new(status);
                    return Ok(Some((Body { drain, framing }, length)));
                }
                Some(100..) => {
                    self.buffer.copy_within(length..self.filled, 0);
                    self.filled -= length;
                }
                _ => return Err(bad("no status")),
            }
        }
    }
}

#[cfg(test)]
mod tests;
