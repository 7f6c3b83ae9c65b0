//! The head of a request: from bytes to what the server needs to know.

use std::mem::MaybeUninit;

use crate::answer::Persistence;
use crate::form::{is_host, is_target};
use crate::target::Target;

/// The longest head that is read, in bytes.
pub(crate) const HEAD_LIMIT: usize = 16 * 1024;

const HEADERS_LIMIT: usize = 100;

/// What a head says.
pub(crate) struct Head {
    /// Its own length in bytes, the empty line included.
    pub(crate) length: usize,
    pub(crate) target: Target,
    /// The method is HEAD.
    pub(crate) head_only: bool,
    /// The client would rather have JSON.
    pub(crate) json: bool,
    pub(crate) connection: Persistence,
    /// The client speaks HTTP/1.0.
    pub(crate) old: bool,
    /// The length of the body that follows; none when only the body itself
    /// could tell (`Transfer-Encoding: chunked`).
    pub(crate) body: Option<u64>,
    /// The client holds its body back until it is told to go on.
    pub(crate) expects_continue: bool,
}

/// Why something is no request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// More of a head than anybody needs.
    TooLarge,
    /// The same of its first line alone.
    TooLong,
    /// A version of HTTP that is not spoken here.
    Version,
    /// A way through to somebody else, which there is not.
    Tunnel,
    /// Not HTTP, or HTTP that contradicts itself.
    Rubbish,
}

impl Malformed {
    pub(crate) fn status(self) -> u16 {
        match self {
            Self::TooLarge => 431,
            Self::TooLong => 414,
            Self::Version => 505,
            Self::Tunnel => 501,
            Self::Rubbish => 400,
        }
    }
}

impl Head {
    /// Reads the head at the start of `bytes`; none while it is incomplete.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Option<Self>, Malformed> {
        let bytes = &bytes[..bytes.len().min(HEAD_LIMIT)];
        let mut headers = [const { MaybeUninit::uninit() }; HEADERS_LIMIT];
        let mut request = httparse::Request::new(&mut []);
        let length =
            match request.parse_with_uninit_headers(bytes, &mut headers) {
                Ok(httparse::Status::Complete(length)) => length,
                Ok(httparse::Status::Partial) if bytes.len() < HEAD_LIMIT => {
                    return Ok(None);
                }
                Ok(httparse::Status::Partial) if !bytes.contains(&b'\n') => {
                    return Err(Malformed::TooLong);
                }
                Ok(httparse::Status::Partial)
                | Err(httparse::Error::TooManyHeaders) => {
                    return Err(Malformed::TooLarge);
                }
                Err(httparse::Error::Version) => {
                    return Err(Malformed::Version);
                }
                Err(_) => return Err(Malformed::Rubbish),
            };
        let old = request.version == Some(0);
        let method = request.method.unwrap_or_default();
        let target = request.path.unwrap_or_default();
        if method == "CONNECT" {
            return Err(Malformed::Tunnel);
        }
        if !is_target(method, target) {
            return Err(Malformed::Rubbish);
        }
        let mut head = Self {
            length,
            target: Target::parse(target),
            head_only: method == "HEAD",
            json: false,
            connection: Persistence::Keep,
            old,
            body: Some(0),
            expects_continue: false,
        };
        let mut said = Said::default();
        for header in request.headers.iter() {
            head.read_header(header, &mut said)?;
        }
        // Who speaks 1.1 names one host, and nobody names two.
        if said.hosts > 1 || (said.hosts == 0 && !old) {
            return Err(Malformed::Rubbish);
        }
        // HTTP/1.0 has no 100 Continue, whoever asks for one.
        head.expects_continue &= !old;
        head.connection = match (said.close, said.keep_alive) {
            (true, _) => Persistence::Close,
            (false, true) if old => Persistence::KeepAndSay,
            (false, _) if old => Persistence::Close,
            _ => Persistence::Keep,
        };
        if let (Some(body), Some(length)) = (&mut head.body, said.length) {
            *body = length;
        }
        Ok(Some(head))
    }

    fn read_header(
        &mut self,
        header: &httparse::Header<'_>,
        said: &mut Said,
    ) -> Result<(), Malformed> {
        let is = |name: &str| header.name.eq_ignore_ascii_case(name);
        // Nearly all headers are none of ours, and their length says so.
        match header.name.len() {
            4 if is("host") => {
                said.hosts += 1;
                if !is_host(header.value) {
                    return Err(Malformed::Rubbish);
                }
            }
            6 if is("accept") => {
                let json = b"application/json";
                self.json |= header
                    .value
                    .windows(json.len())
                    .any(|part| part.eq_ignore_ascii_case(json));
            }
            6 if is("expect") => {
                self.expects_continue |= members(header.value)
                    .any(|word| word.eq_ignore_ascii_case(b"100-continue"));
            }
            10 if is("connection") => said.read_connection(header.value),
            14 if is("content-length") => {
                let length = parse_length(header.value)?;
                // Two lengths that differ are how requests are smuggled.
                if said.length.replace(length).is_some_and(|old| old != length)
                {
                    return Err(Malformed::Rubbish);
                }
            }
            17 if is("transfer-encoding") => self.body = None,
            18 if is("x-httpstatus-sleep") && self.target.sleep.is_none() => {
                self.target.set_sleep(text(header).trim());
            }
            _ => {}
        }
        Ok(())
    }
}

/// What several headers say together.
#[derive(Default)]
struct Said {
    hosts: usize,
    close: bool,
    keep_alive: bool,
    /// Of the body.
    length: Option<u64>,
}

impl Said {
    fn read_connection(&mut self, value: &[u8]) {
        for word in members(value) {
            self.close |= word.eq_ignore_ascii_case(b"close");
            self.keep_alive |= word.eq_ignore_ascii_case(b"keep-alive");
        }
    }
}

/// The members of a list (RFC 9110, 5.6.1), of whatever bytes each is: what
/// does not understand one still hears the others.
fn members(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii)
}

/// A header's value; one that is not UTF-8 is none that we understand.
fn text<'a>(header: &httparse::Header<'a>) -> &'a str {
    std::str::from_utf8(header.value).unwrap_or_default()
}

fn parse_length(value: &[u8]) -> Result<u64, Malformed> {
    std::str::from_utf8(value)
        .ok()
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse().ok())
        .ok_or(Malformed::Rubbish)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Head {
        Head::parse(text.as_bytes()).unwrap().unwrap()
    }

    fn with(lines: &str) -> Result<Option<Head>, Malformed> {
        let start = "GET /200 HTTP/1.1\r\nHost: x\r\n";
        Head::parse(format!("{start}{lines}\r\n").as_bytes())
    }

    #[test]
    fn stays_or_closes_as_the_client_says() {
        let connection = |text: &str| parse(text).connection;
        let modern = |line: &str| with(line).unwrap().unwrap().connection;
        assert!(connection("GET / HTTP/1.0\r\n\r\n") == Persistence::Close);
        assert!(
            connection("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                == Persistence::KeepAndSay
        );
        assert!(modern("") == Persistence::Keep);
        assert!(modern("Connection: keep-alive\r\n") == Persistence::Keep);
        assert!(modern("connection: te, Close\r\n") == Persistence::Close);
        for both in ["close, keep-alive", "Keep-Alive, Close"] {
            let line = format!("Connection: {both}\r\n");
            assert!(modern(&line) == Persistence::Close);
            let old = format!("GET / HTTP/1.0\r\n{line}\r\n");
            assert!(connection(&old) == Persistence::Close);
        }
    }

    #[test]
    fn a_body_has_one_length_or_none() {
        let body = |lines| with(lines).map(|head| head.unwrap().body);
        assert_eq!(body(""), Ok(Some(0)));
        assert_eq!(body("Content-Length: 5\r\n"), Ok(Some(5)));
        let chunked = "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n";
        assert_eq!(body(chunked), Ok(None));
        let twice = "Content-Length: 5\r\nContent-Length: 6\r\n";
        for bad in ["Content-Length: -5\r\n", "Content-Length: \r\n", twice] {
            assert_eq!(body(bad), Err(Malformed::Rubbish), "{bad}");
        }
    }

    #[test]
    fn the_url_wins_over_the_header() {
        let header = "Host: x\r\nX-HttpStatus-Sleep: 5\r\n\r\n";
        let alone = parse(&format!("GET /200 HTTP/1.1\r\n{header}"));
        assert_eq!(alone.target.sleep, Some(5_000_000));
        let both = parse(&format!("GET /200?sleep=7 HTTP/1.1\r\n{header}"));
        assert_eq!(both.target.sleep, Some(7_000_000));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..600),
        ) {
            let _ = Head::parse(&bytes);
        }

        #[test]
        fn no_text_like_a_request_makes_it_panic(
            path in "[/0-9a-z?=&.+-]{0,40}",
            name in "(?i)(accept|connection|content-length|expect|x-httpstatus-sleep)",
            value in "[ -~]{0,30}",
        ) {
            let start = format!("GET {path} HTTP/1.1\r\nHost: x\r\n");
            let text = format!("{start}{name}: {value}\r\n\r\n");
            if let Ok(Some(head)) = Head::parse(text.as_bytes()) {
                prop_assert_eq!(head.length, text.len());
            }
        }
    }
}
