use std::io::Read;

use crate::{PingError, Reply};

/// The longest body that is read, in bytes. A longer one is
/// [`PingError::BodyTooLarge`]: a ping is no download.
pub const BODY_LIMIT: u64 = 64 * 1024 * 1024;

const HEAD_LIMIT: usize = 256;

/// Takes a body piece by piece and keeps its length, its fingerprint and its
/// first bytes for the [`Reply`], not the body itself.
#[derive(Debug)]
pub struct Drain {
    status: u16,
    bytes: u64,
    digest: u64,
    head: Vec<u8>,
}

impl Drain {
    /// A body of which nothing has come yet, of an answer with this status.
    pub fn new(status: u16) -> Drain {
        Drain { status, bytes: 0, digest: FNV_OFFSET, head: Vec::new() }
    }

    /// Takes the next piece.
    ///
    /// # Errors
    ///
    /// [`PingError::BodyTooLarge`] past [`BODY_LIMIT`].
    pub fn take(&mut self, piece: &[u8]) -> Result<(), PingError> {
        self.bytes += piece.len() as u64;
        if self.bytes > BODY_LIMIT {
            return Err(PingError::BodyTooLarge);
        }
        self.digest = fnv1a(self.digest, piece);
        let room = HEAD_LIMIT.saturating_sub(self.head.len());
        let first = &piece[..piece.len().min(room)];
        // Most bodies come in one piece, and what is no longer than its text
        // needs not be cut to it.
        self.head.reserve_exact(first.len());
        self.head.extend_from_slice(first);
        Ok(())
    }

    /// Takes everything that `body` has.
    ///
    /// # Errors
    ///
    /// Those of [`take`](Self::take), and what reading meets, in our words.
    pub fn read_to_end(
        &mut self,
        body: &mut impl Read,
    ) -> Result<(), PingError> {
        // Filled with zeros for each ping, and most bodies are short.
        let mut piece = [0; 1024];
        loop {
            match body.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(length) => self.take(&piece[..length])?,
                Err(error) => return Err(PingError::from_body(error)),
            }
        }
    }

    /// The reply, once the body has come to its end.
    pub fn finish(self) -> Reply {
        Reply {
            status: self.status,
            bytes: self.bytes,
            digest: self.digest,
            head: text(self.head).into(),
            retry_after: None,
        }
    }
}

/// What is text already is not copied.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    })
}

/// A fingerprint of a body (64-bit FNV-1a): it shows a wrong body, and is no
/// protection against malice.
pub fn digest(body: &[u8]) -> u64 {
    fnv1a(FNV_OFFSET, body)
}

/// Offset basis and prime as in RFC 9923 (FNV).
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

fn fnv1a(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |state, byte| {
        (state ^ u64::from(*byte)).wrapping_mul(FNV_PRIME)
    })
}
