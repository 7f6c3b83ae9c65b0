use std::io;
use std::mem::{self, MaybeUninit};

use httparse::{Header, ParserConfig, Response, Status};
use ping_core::{
    Chunks, Drain, Framing, HEAD_LIMIT, HEADER_LIMIT, PingError, Reply, framing,
};

/// One answer as it comes in, in whatever pieces.
#[derive(Debug, Default)]
pub struct Answer {
    /// Of a head that is not whole: what has come.
    held: Vec<u8>,
    body: Option<Body>,
}

/// A whole answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Whole {
    /// What the server said.
    pub reply: Reply,
    /// Whether the connection can be used again.
    pub keep: bool,
}

#[derive(Debug)]
struct Body {
    drain: Drain,
    left: Left,
    keep: bool,
}

/// What of a body is still to come.
#[derive(Debug)]
enum Left {
    Bytes(u64),
    Chunks(Box<Chunks>),
    UntilClosed,
}

impl Answer {
    /// Takes the bytes that a read has brought, none if the connection has
    /// ended. Nothing may follow a whole answer, nor an error.
    ///
    /// # Errors
    ///
    /// `BadReply`, `ClosedEarly` and `BodyTooLarge`; the connection is of no
    /// further use.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Option<Whole>, PingError> {
        if self.body.is_some() {
            return self.rest(bytes, bytes.is_empty());
        }
        let mut held = mem::take(&mut self.held);
        // An answer that comes in one piece is not copied.
        let unread = if held.is_empty() {
            bytes
        } else {
            held.extend_from_slice(bytes);
            &held
        };
        let (body, start) = head(unread)?;
        if body.is_some() {
            self.body = body;
            return self.rest(&unread[start..], false);
        }
        if bytes.is_empty() {
            return Err(PingError::ClosedEarly);
        }
        self.held = unread[start..].to_vec();
        Ok(None)
    }

    /// What went wrong with a read, in our words.
    pub fn broken(&self, error: &io::Error) -> PingError {
        let error = PingError::from_io(error);
        if self.in_body() { error.in_body() } else { error }
    }

    /// Whether the head is whole.
    pub fn in_body(&self) -> bool {
        self.body.is_some()
    }

    /// Takes bytes of the body; `ended` if no more will come.
    fn rest(
        &mut self,
        bytes: &[u8],
        ended: bool,
    ) -> Result<Option<Whole>, PingError> {
        let Some(body) = &mut self.body else { return Ok(None) };
        let Body { drain, left, .. } = body;
        let (surplus, whole) = match left {
            Left::Bytes(left) => {
                let length = bytes.len();
                let share =
                    usize::try_from(*left).map_or(length, |n| n.min(length));
                drain.take(&bytes[..share])?;
                *left -= share as u64;
                (&bytes[share..], *left == 0)
            }
            Left::Chunks(chunks) => {
                let surplus = chunks.take(bytes, |piece| drain.take(piece))?;
                (surplus, chunks.over())
            }
            Left::UntilClosed => {
                drain.take(bytes)?;
                (&[][..], ended)
            }
        };
        match self.body.take_if(|_| whole) {
            // What comes after the answer was not asked for.
            Some(Body { drain, keep, .. }) => Ok(Some(Whole {
                reply: drain.finish(),
                keep: keep && surplus.is_empty(),
            })),
            None if ended => Err(PingError::ClosedEarly),
            None => Ok(None),
        }
    }
}

/// The body that the head announces, once that is whole, and where in `bytes`
/// it begins; without it, where in `bytes` the head does. Interim answers are
/// passed over.
fn head(bytes: &[u8]) -> Result<(Option<Body>, usize), PingError> {
    let mut start = 0;
    loop {
        // Not filled with anything: 3 KiB for each answer.
        let mut lines = [const { MaybeUninit::uninit() }; HEADER_LIMIT];
        let mut head = Response::new(&mut []);
        let parsed = ParserConfig::default()
            .parse_response_with_uninit_headers(
                &mut head,
                &bytes[start..],
                &mut lines,
            )
            .map_err(|why| bad(&why.to_string()))?;
        let length = match parsed {
            Status::Complete(length) => length,
            Status::Partial => bytes.len() - start,
        };
        if length > HEAD_LIMIT {
            return Err(bad("message head is too large"));
        }
        if parsed.is_partial() {
            return Ok((None, start));
        }
        start += length;
        let status = head.code.unwrap_or_default();
        if !matches!(status, 100 | 102..200) {
            let is_http_10 = head.version == Some(0);
            return Ok((Some(body(is_http_10, status, head.headers)?), start));
        }
    }
}

fn body(
    is_http_10: bool,
    status: u16,
    headers: &[Header<'_>],
) -> Result<Body, PingError> {
    let lines = headers.iter().map(|line| (line.name, line.value));
    let left = match framing(is_http_10, status, lines)? {
        Framing::Empty => Left::Bytes(0),
        Framing::Length(length) => Left::Bytes(length),
        Framing::Chunked => Left::Chunks(Box::default()),
        Framing::UntilClosed => Left::UntilClosed,
    };
    let closes = headers
        .iter()
        .filter(|line| line.name.eq_ignore_ascii_case("connection"))
        .flat_map(|line| line.value.split(|byte| *byte == b','))
        .any(|word| word.trim_ascii().eq_ignore_ascii_case(b"close"));
    let keep = !is_http_10 && !closes && !matches!(left, Left::UntilClosed);
    Ok(Body { drain: Drain::new(status), left, keep })
}

/// What came back is no answer.
fn bad(why: &str) -> PingError {
    PingError::BadReply(why.to_owned())
}

#[cfg(test)]
mod tests;
