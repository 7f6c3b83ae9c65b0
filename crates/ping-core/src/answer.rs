use std::mem::MaybeUninit;

use httparse::{ParserConfig, Response, Status};

use crate::PingError;
use crate::chunks::Chunks;
use crate::framing::{Framing, HEAD_LIMIT, HEADER_LIMIT, framing, refuse};

/// Follows the bytes of one answer as they come in, and says where they break
/// the rules. It keeps none of them.
#[derive(Debug, Default)]
pub(crate) enum Answer {
    /// The head is not whole.
    #[default]
    Head,
    /// So many bytes are still to come.
    Length(u64),
    /// Chunks are.
    Chunked(Chunks),
    /// Whatever comes until the connection ends.
    UntilClosed,
}

impl Answer {
    /// Looks at what has come in and was not read yet; before the last read
    /// there were `seen` bytes of it. Gives back how many bytes at its start
    /// are interim answers, which nobody needs to see.
    ///
    /// # Errors
    ///
    /// [`PingError::BadReply`]: the answer is not one to be taken.
    pub(crate) fn look(
        &mut self,
        unread: &[u8],
        seen: usize,
    ) -> Result<usize, PingError> {
        if !matches!(self, Answer::Head) {
            self.body(&unread[seen.min(unread.len())..])?;
            return Ok(0);
        }
        let mut interim = 0;
        loop {
            let rest = &unread[interim..];
            // Not filled with anything: 4 KiB for each answer.
            let mut lines = [const { MaybeUninit::uninit() }; HEADER_LIMIT];
            let mut head = Response::new(&mut []);
            let parsed = ParserConfig::default()
                .parse_response_with_uninit_headers(&mut head, rest, &mut lines)
                .map_err(|why| refuse(&why.to_string()))?;
            let length = match parsed {
                Status::Complete(length) => length,
                Status::Partial => rest.len(),
            };
            if length > HEAD_LIMIT {
                return Err(refuse("message head is too large"));
            }
            if parsed.is_partial() {
                return Ok(interim);
            }
            let status = head.code.unwrap_or_default();
            if matches!(status, 100 | 102..200) {
                interim += length;
                continue;
            }
            let lines = head.headers.iter().map(|line| (line.name, line.value));
            *self = match framing(head.version == Some(0), status, lines)? {
                Framing::Empty => Answer::Length(0),
                Framing::Length(length) => Answer::Length(length),
                Framing::Chunked => Answer::Chunked(Chunks::default()),
                Framing::UntilClosed => Answer::UntilClosed,
            };
            self.body(&rest[length..])?;
            return Ok(interim);
        }
    }

    fn body(&mut self, bytes: &[u8]) -> Result<(), PingError> {
        match self {
            Answer::Length(left) => {
                *left = left.saturating_sub(bytes.len() as u64);
                Ok(())
            }
            Answer::Chunked(chunks) => chunks.take(bytes, |_| Ok(())).map(drop),
            Answer::Head | Answer::UntilClosed => Ok(()),
        }
    }

    /// Whether the head is whole.
    pub(crate) fn in_body(&self) -> bool {
        !matches!(self, Answer::Head)
    }

    /// Whether the connection may end now without cutting the body short, if
    /// it ends as it should.
    pub(crate) fn may_end(&self) -> bool {
        match self {
            Answer::Head => false,
            Answer::Length(left) => *left == 0,
            Answer::Chunked(chunks) => chunks.over(),
            Answer::UntilClosed => true,
        }
    }
}
