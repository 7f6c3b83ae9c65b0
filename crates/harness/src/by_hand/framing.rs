//! Where a body ends, as its head says.

use httparse::Response;
use ping_core::PingError;

/// Where a body ends, and what becomes of the connection then.
#[derive(Debug)]
pub(super) struct Framing {
    /// Bytes still to come; without a length it ends with the connection.
    pub(super) left: Option<u64>,
    /// Whether the connection stays open for the next answer.
    pub(super) keep: bool,
}

impl Framing {
    /// How many of the next `length` bytes belong to the body.
    pub(super) fn share_of(&mut self, length: usize) -> usize {
        let Some(left) = &mut self.left else { return length };
        let share = usize::try_from(*left).map_or(length, |l| l.min(length));
        *left -= share as u64;
        share
    }
}

/// The framing of an answer with this head, as both clients have it.
///
/// # Errors
///
/// [`PingError::BadReply`] for a head that they refuse, and for chunks.
pub(super) fn framing(
    status: u16,
    head: &Response<'_, '_>,
) -> Result<Framing, PingError> {
    let lines = head.headers.iter().map(|line| (line.name, line.value));
    let left = match ping_core::framing(head.version == Some(0), status, lines)?
    {
        ping_core::Framing::Empty => Some(0),
        ping_core::Framing::Length(length) => Some(length),
        ping_core::Framing::UntilClosed => None,
        ping_core::Framing::Chunked => {
            return Err(bad("the pair by hand reads no chunks"));
        }
    };
    let close = head
        .headers
        .iter()
        .filter(|line| line.name.eq_ignore_ascii_case("connection"))
        .flat_map(|line| line.value.split(|byte| *byte == b','))
        .any(|word| word.trim_ascii().eq_ignore_ascii_case(b"close"));
    let keep = head.version == Some(1) && !close && left.is_some();
    Ok(Framing { left, keep })
}

/// What came back is no answer.
pub(super) fn bad(why: &str) -> PingError {
    PingError::BadReply(why.to_owned())
}
