//! The client's side of the control port.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use measurement::waits::Plan;
use measurement::witness::Witness;

use crate::token::Token;

/// How long a question and its answer may take, all in all. The server
/// answers between two turns of its loop, so this is for one that hangs or has
/// been stopped, or for something else on that port.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest answer that is read, in bytes: a head, and four times what the
/// stamps of the largest usual witness take.
const HEAD_LIMIT: usize = 16 * 1024;
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// So many characters of a refusal are told.
const TOLD: usize = 200;

/// The way to a server's control port, wherever the server runs.
#[derive(Debug, Clone)]
pub struct Control {
    address: SocketAddr,
    token: Token,
}

impl Control {
    /// Only remembers them; each call makes a connection of its own.
    pub fn new(address: SocketAddr, token: Token) -> Self {
        Self { address, token }
    }

    /// Where it asks.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it shows.
    pub fn token(&self) -> &Token {
        &self.token
    }

    /// What the server has seen since the last reset.
    ///
    /// # Errors
    ///
    /// When the server cannot be reached, takes longer than ten seconds in
    /// all, or answers something else or more than 64 MiB (`InvalidData`).
    pub fn witness(&self) -> io::Result<Witness> {
        let json = self.ask("GET", "/witness", &[])?;
        Ok(serde_json::from_slice(&json)?)
    }

    /// The same without the stamps, of which there are many: for who asks over
    /// and over.
    ///
    /// # Errors
    ///
    /// As for [`Control::witness`].
    pub fn counts(&self) -> io::Result<Witness> {
        let json = self.ask("GET", "/witness?stamps=0", &[])?;
        Ok(serde_json::from_slice(&json)?)
    }

    /// Lets the server count from zero, close its gates and wait as `plan`
    /// says from now on.
    ///
    /// # Errors
    ///
    /// As for [`Control::witness`]; and when the plan has more than 256 KiB of
    /// JSON.
    pub fn reset(&self, plan: &Plan) -> io::Result<()> {
        let json = serde_json::to_vec(plan)?;
        self.ask("POST", "/reset", &json).map(drop)
    }

    /// The same with the plan that it has.
    pub(crate) fn restart(&self) -> io::Result<()> {
        self.ask("POST", "/reset", &[]).map(drop)
    }

    /// Sends one request and returns the body of the answer.
    fn ask(
        &self,
        method: &str,
        path: &str,
        body: &[u8],
    ) -> io::Result<Vec<u8>> {
        self.exchange(method, path, body).map_err(|error| {
            let what =
                format!("{method} http://{}{path}: {error}", self.address);
            io::Error::new(error.kind(), what)
        })
    }

    fn exchange(
        &self,
        method: &str,
        path: &str,
        body: &[u8],
    ) -> io::Result<Vec<u8>> {
        let mut wire = Wire::to(self.address, PATIENCE)?;
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n\
             Authorization: Bearer {}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            self.address,
            self.token.as_str(),
            body.len(),
        )
        .into_bytes();
        request.extend_from_slice(body);
        // Whoever refuses a request early may close before all of it is sent,
        // and still says why.
        let sent = wire.send(&request);
        let answer = wire.answer();
        if answer.is_err() {
            sent?;
        }
        answer
    }
}

/// A connection that has to be done by a certain time.
struct Wire {
    stream: TcpStream,
    until: Instant,
    unread: Vec<u8>,
}

impl Wire {
    fn to(address: SocketAddr, patience: Duration) -> io::Result<Self> {
        let until = Instant::now() + patience;
        let stream = TcpStream::connect_timeout(&address, patience)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, until, unread: Vec::new() })
    }

    /// The time that is left.
    fn left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(left)
    }

    fn send(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            self.stream.set_write_timeout(Some(self.left()?))?;
            match again(self.stream.write(bytes))? {
                Some(0) => return Err(io::ErrorKind::WriteZero.into()),
                Some(length) => bytes = &bytes[length..],
                None => {}
            }
        }
        Ok(())
    }

    /// Reads until there are more than so many bytes.
    fn read_beyond(&mut self, length: usize) -> io::Result<()> {
        let mut chunk = [0; 16 * 1024];
        while self.unread.len() <= length {
            self.stream.set_read_timeout(Some(self.left()?))?;
            match again(self.stream.read(&mut chunk))? {
                Some(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Some(length) => self.unread.extend_from_slice(&chunk[..length]),
                None => {}
            }
        }
        Ok(())
    }

    /// The body of an answer with status 200 that arrives in full.
    fn answer(&mut self) -> io::Result<Vec<u8>> {
        let head = loop {
            if let Some(head) = head(&self.unread)? {
                break head;
            }
            if self.unread.len() > HEAD_LIMIT {
                return Err(invalid("the head of the answer is too long"));
            }
            self.read_beyond(self.unread.len())?;
        };
        let end = head.start.saturating_add(head.length);
        if head.length > BODY_LIMIT {
            return Err(invalid("the answer is too long"));
        }
        if let Some(last) = end.checked_sub(1) {
            self.read_beyond(last)?;
        }
        self.unread.truncate(end);
        let body = self.unread.split_off(head.start);
        if head.status == 200 {
            return Ok(body);
        }
        let text = String::from_utf8_lossy(&body);
        let text = text.trim().chars().take(TOLD);
        let text: String =
            text.map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        Err(invalid(format!("answered {}: {text}", head.status)))
    }
}

struct Head {
    status: u16,
    /// Where the body begins, and how long it is.
    start: usize,
    length: usize,
}

/// The head of an answer; none while it is incomplete.
fn head(bytes: &[u8]) -> io::Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; 16];
    let mut head = httparse::Response::new(&mut headers);
    let start = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => return Err(invalid(error.to_string())),
    };
    let says_length = |header: &&httparse::Header<'_>| {
        header.name.eq_ignore_ascii_case("content-length")
    };
    let length = head
        .headers
        .iter()
        .find(says_length)
        .and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok())
        .ok_or_else(|| invalid("the answer says no length"))?;
    Ok(Some(Head { status: head.code.unwrap_or_default(), start, length }))
}

/// None if it is to be tried again; a socket that was not ready in time has
/// timed out.
fn again(result: io::Result<usize>) -> io::Result<Option<usize>> {
    match result {
        Ok(length) => Ok(Some(length)),
        Err(error) => match error.kind() {
            io::ErrorKind::Interrupted => Ok(None),
            io::ErrorKind::WouldBlock => Err(io::ErrorKind::TimedOut.into()),
            _ => Err(error),
        },
    }
}

fn invalid(what: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.into())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// What comes of an answer that consists of these pieces, over and over
    /// from the second on.
    fn of(first: &[u8], more: &'static [u8]) -> io::Result<Vec<u8>> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut wire = Wire::to(address, Duration::from_millis(300)).unwrap();
        let mut other = listener.accept().unwrap().0;
        other.write_all(first).unwrap();
        let writing = thread::spawn(move || {
            while !more.is_empty() && other.write_all(more).is_ok() {}
            other
        });
        let answer = wire.answer();
        drop(wire);
        drop(writing.join());
        answer
    }

    #[test]
    fn only_a_whole_answer_is_one() {
        let body = of(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", b"");
        assert_eq!(body.unwrap(), b"ok");
        // More than was said is none of it.
        let body = of(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", b"ok");
        assert_eq!(body.unwrap(), b"ok");
        let none = of(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b"");
        assert_eq!(none.unwrap(), b"");
    }

    #[test]
    fn whatever_else_comes_is_an_error_in_time() {
        let cases: [(&[u8], &[u8], &str); 8] = [
            (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", "too many"),
            (b"HTTP/1.1 200 OK\r\nX: ", b"y", "too long"),
            (b"SSH-2.0-OpenSSH\r\n", b"", "invalid HTTP version"),
            (b"HTTP/1.1 200 OK\r\n\r\n", b"y", "no length"),
            (
                b"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n",
                b"y",
                "too long",
            ),
            // It waits for more until its time is up.
            (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no", b"", "timed"),
            // A byte at a time does not move that.
            (
                b"HTTP/1.1 200 OK\r\nContent-Length: 60000000\r\n\r\n",
                b"y",
                "timed",
            ),
            (
                b"HTTP/1.1 403 No\r\nContent-Length: 5\r\n\r\n\x1b[2Jx",
                b"",
                "answered 403: \u{fffd}[2Jx",
            ),
        ];
        for (first, more, wanted) in cases {
            let said = of(first, more).unwrap_err().to_string();
            assert!(said.contains(wanted), "{wanted}: {said}");
        }
    }
}
