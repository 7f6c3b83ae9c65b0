//! What is written back: status line, a few headers, body.

use crate::body::Lines;
use crate::status;

/// How much of a large body is made at a time, unless memory is short. An
/// answer up to this size leaves in one write, head and body together: in two,
/// a delayed acknowledgement could hold the second one back for 40 ms.
pub(crate) const PIECE: usize = 64 * 1024;

/// An answer before it is written.
#[derive(Clone, Copy)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content: Content,
    /// The request's method was HEAD: say how long the body is, and omit it.
    pub(crate) head_only: bool,
    pub(crate) connection: Persistence,
    /// The client speaks HTTP/1.0 and knows no chunks.
    pub(crate) old: bool,
    /// After how many seconds a refusal that is a fault says to come again.
    pub(crate) retry_after: u16,
    /// The request's URL has a number.
    pub(crate) numbered: bool,
}

/// What the body is.
#[derive(Clone, Copy)]
pub(crate) enum Content {
    /// `200 OK`
    Phrase,
    /// `{"code":200,"description":"OK"}`
    Json,
    /// [`expected_body`](crate::expected_body)
    Lines { seq: u64, nonce: u64, bytes: usize },
    /// This text.
    Text(&'static str),
    /// No bytes.
    Empty,
}

/// What becomes of the connection after the answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Persistence {
    /// It stays, as HTTP/1.1 takes for granted.
    Keep,
    /// It stays, and that has to be said: the client spoke HTTP/1.0.
    KeepAndSay,
    Close,
}

impl Persistence {
    /// The header line that says so, with its line end.
    pub(crate) fn line(self) -> &'static str {
        match self {
            Self::Keep => "",
            Self::KeepAndSay => "Connection: keep-alive\r\n",
            Self::Close => "Connection: close\r\n",
        }
    }
}

impl Answer {
    /// Whether a body follows its head.
    pub(crate) fn has_body(&self) -> bool {
        !self.head_only && status::has_body(self.status)
    }

    /// Appends the head and the body to `out`, a large body only up to `piece`,
    /// and returns the length of the body and what is left of it to write.
    pub(crate) fn write(
        &self,
        out: &mut Vec<u8>,
        piece: usize,
    ) -> (usize, Lines) {
        out.extend_from_slice(b"HTTP/1.1 ");
        self.write_phrase(out);
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(status::extra_headers(self.status).as_bytes());
        out.extend_from_slice(self.connection.line().as_bytes());
        if !status::has_body(self.status) {
            if self.status == 205 {
                out.extend_from_slice(b"Content-Length: 0\r\n");
            }
            out.extend_from_slice(b"\r\n");
            return (0, Lines::none());
        }
        let length = self.length();
        out.extend_from_slice(match self.content {
            Content::Json => b"Content-Type: application/json\r\n".as_slice(),
            _ => b"Content-Type: text/plain\r\n",
        });
        out.extend_from_slice(b"Content-Length: ");
        write_number(out, length);
        out.extend_from_slice(b"\r\n\r\n");
        if self.head_only {
            return (0, Lines::none());
        }
        (length, self.write_body(out, piece))
    }

    fn write_body(&self, out: &mut Vec<u8>, piece: usize) -> Lines {
        match self.content {
            Content::Phrase => self.write_phrase(out),
            Content::Json => {
                out.extend_from_slice(b"{\"code\":");
                write_number(out, self.status.into());
                out.extend_from_slice(b",\"description\":\"");
                self.write_description(out);
                out.extend_from_slice(b"\"}");
            }
            Content::Lines { seq, nonce, bytes } => {
                let mut lines = Lines::new(seq, nonce, bytes);
                lines.write(out, piece);
                return lines;
            }
            Content::Text(text) => out.extend_from_slice(text.as_bytes()),
            Content::Empty => {}
        }
        Lines::none()
    }

    /// The length of the body as it is announced.
    pub(crate) fn length(&self) -> usize {
        let phrase = |around: usize| {
            let number = if status::is_known(self.status) { 0 } else { 4 };
            around + number + status::reason(self.status).len()
        };
        match self.content {
            Content::Phrase => phrase("200 ".len()),
            Content::Json => phrase(r#"{"code":200,"description":""}"#.len()),
            Content::Lines { bytes, .. } => bytes,
            Content::Text(text) => text.len(),
            Content::Empty => 0,
        }
    }

    /// `200 OK`
    fn write_phrase(&self, out: &mut Vec<u8>) {
        write_number(out, self.status.into());
        out.push(b' ');
        self.write_description(out);
    }

    /// `OK`, but `299 Unknown Code`: the site's description of a code that it
    /// does not know has the number in it.
    fn write_description(&self, out: &mut Vec<u8>) {
        if !status::is_known(self.status) {
            write_number(out, self.status.into());
            out.push(b' ');
        }
        out.extend_from_slice(status::reason(self.status).as_bytes());
    }
}

/// Appends a number. By hand: `write!` would be a tenth of the whole answer.
fn write_number(out: &mut Vec<u8>, mut number: usize) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}
