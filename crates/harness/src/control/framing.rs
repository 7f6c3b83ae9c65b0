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

/// The framing of an answer with this head.
///
/// # Errors
///
/// [`PingError::BadReply`] for a length that is none, two that differ, and
/// chunks.
pub(super) fn framing(
    status: u16,
    head: &Response<'_, '_>,
) -> Result<Framing, PingError> {
    let mut left = None;
    let mut keep = head.version == Some(1);
    for header in &*head.headers {
        let is = |name| header.name.eq_ignore_ascii_case(name);
        if is("content-length") {
            let said = number(header.value).ok_or_else(|| bad("no length"))?;
            if left.is_some_and(|left| left != said) {
                return Err(bad("two lengths"));
            }
            left = Some(said);
        } else if is("transfer-encoding") {
            return Err(bad("the control pair reads no chunks"));
        } else if is("connection") {
            let mut words = header.value.split(|byte| *byte == b',');
            let close =
                |word: &[u8]| word.trim_ascii().eq_ignore_ascii_case(b"close");
            keep &= !words.any(close);
        }
    }
    if matches!(status, 204 | 304) {
        left = Some(0);
    }
    Ok(Framing { left, keep: keep && left.is_some() })
}

/// The number that these digits are.
fn number(digits: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(digits).ok()?;
    // Or `+5` would be one.
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

/// What came back is no answer.
pub(super) fn bad(why: &str) -> PingError {
    PingError::BadReply(why.to_owned())
}
