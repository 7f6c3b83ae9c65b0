use crate::PingError;

/// The largest head of an answer, in bytes, its empty line included.
pub const HEAD_LIMIT: usize = 16 * 1024;

/// The most header lines that an answer may have.
pub const HEADER_LIMIT: usize = 100;

/// Where the body of an answer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// It has none, whatever its head says.
    Empty,
    /// After so many bytes.
    Length(u64),
    /// After its last chunk.
    Chunked,
    /// With the connection.
    UntilClosed,
}

/// Where the body of an answer with this head ends (RFC 9112, section 6.3).
///
/// One judge for every client. Their libraries agree on most heads; where two
/// of them would find two ends, an attacker can use the difference, and so
/// nobody takes such an answer.
///
/// # Errors
///
/// [`PingError::BadReply`] if the head names no end that can be relied on.
pub fn framing<'a>(
    is_http_10: bool,
    status: u16,
    headers: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Framing, PingError> {
    let (mut length, mut chunked, mut lines) = (None, None, 0);
    for (name, value) in headers {
        lines += 1;
        if name.eq_ignore_ascii_case("content-length") {
            // A list of one and the same number is that number.
            for number in value.split(|byte| *byte == b',') {
                let number = digits(number.trim_ascii())?;
                if length.is_some_and(|length| length != number) {
                    return Err(refuse("two lengths that differ"));
                }
                length = Some(number);
            }
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            let once = chunked.is_none();
            let coding = value.trim_ascii();
            chunked = Some(once && coding.eq_ignore_ascii_case(b"chunked"));
        }
    }
    if lines > HEADER_LIMIT {
        return Err(refuse("too many header lines"));
    }
    if chunked.is_some() && is_http_10 {
        return Err(refuse("HTTP/1.0 knows no Transfer-Encoding"));
    }
    match (chunked, length) {
        _ if status < 200 => Err(refuse("a switch that nobody asked for")),
        (Some(false), _) => Err(refuse("a transfer coding not asked for")),
        (Some(true), Some(_)) => Err(refuse("chunks, and a length as well")),
        _ if matches!(status, 204 | 304) => Ok(Framing::Empty),
        (Some(true), None) => Ok(Framing::Chunked),
        (None, Some(0)) => Ok(Framing::Empty),
        (None, Some(length)) => Ok(Framing::Length(length)),
        (None, None) => Ok(Framing::UntilClosed),
    }
}

/// The number that these digits are. More than an `i64` holds is none:
/// libraries keep the largest numbers for meanings of their own.
fn digits(text: &[u8]) -> Result<u64, PingError> {
    // Or `+5` would be one.
    let plain = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let number = str::from_utf8(text).ok().filter(|_| plain);
    number
        .and_then(|number| number.parse().ok())
        .filter(|number| i64::try_from(*number).is_ok())
        .ok_or_else(|| refuse("a length that is no number"))
}

pub(crate) fn refuse(why: &str) -> PingError {
    PingError::BadReply(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &str) -> Result<Framing, PingError> {
        let mut lines = head.split('|');
        let (version, status) = lines.next().unwrap().split_once(' ').unwrap();
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            (name, value.as_bytes())
        });
        framing(version == "1.0", status.parse().unwrap(), headers)
    }

    #[test]
    fn a_head_names_one_end() {
        for (head, end) in [
            ("1.1 200", Framing::UntilClosed),
            ("1.0 200", Framing::UntilClosed),
            ("1.1 200|Content-Length: 5", Framing::Length(5)),
            ("1.1 200|CONTENT-length:\t007 ", Framing::Length(7)),
            ("1.1 200|Content-Length: 5, 5", Framing::Length(5)),
            ("1.1 200|Content-Length: 5|Content-Length:5", Framing::Length(5)),
            ("1.1 200|Content-Length: 0", Framing::Empty),
            ("1.1 200|Transfer-Encoding: Chunked ", Framing::Chunked),
            ("1.1 204", Framing::Empty),
            ("1.1 204|Content-Length: 5", Framing::Empty),
            ("1.1 204|Transfer-Encoding: chunked", Framing::Empty),
            ("1.1 304|Content-Length: 5", Framing::Empty),
        ] {
            assert_eq!(of(head), Ok(end), "{head}");
        }
    }

    #[test]
    fn a_head_that_two_readers_may_understand_in_two_ways_is_refused() {
        for head in [
            "1.1 101",
            "1.1 200|Content-Length:",
            "1.1 200|Content-Length: +5",
            "1.1 200|Content-Length: -5",
            "1.1 200|Content-Length: 5 5",
            "1.1 200|Content-Length: 0x5",
            "1.1 200|Content-Length: 5,",
            "1.1 200|Content-Length: 5, 6",
            "1.1 200|Content-Length: 5|Content-Length: 6",
            "1.1 200|Content-Length: 9223372036854775808",
            "1.1 200|Content-Length: 99999999999999999999999",
            "1.1 304|Content-Length: many",
            "1.0 200|Transfer-Encoding: chunked",
            "1.0 200|Transfer-Encoding: chunked|Content-Length: 5",
            "1.1 200|Transfer-Encoding:",
            "1.1 200|Transfer-Encoding: identity",
            "1.1 200|Transfer-Encoding: identity|Content-Length: 5",
            "1.1 200|Transfer-Encoding: gzip",
            "1.1 200|Transfer-Encoding: gzip, chunked",
            "1.1 200|Transfer-Encoding: chunked, gzip",
            "1.1 200|Transfer-Encoding: chunked, chunked",
            "1.1 200|Transfer-Encoding: chunked|Transfer-Encoding: chunked",
            "1.1 200|Transfer-Encoding: chunked;a=b",
            "1.1 200|Transfer-Encoding: xchunked",
            "1.1 200|Transfer-Encoding: chunked|Content-Length: 5",
            "1.1 204|Transfer-Encoding: identity",
        ] {
            assert!(of(head).is_err(), "{head}: {:?}", of(head));
        }
    }

    #[test]
    fn a_head_has_a_hundred_lines_at_most() {
        let head = |lines| format!("1.1 200{}", "|X: x".repeat(lines));
        assert!(of(&head(100)).is_ok());
        assert!(of(&head(101)).is_err());
    }
}
