//! A client that writes and reads the bytes themselves, so that nothing in
//! between repairs what the server does.

#![allow(dead_code, reason = "each test file uses its own part of it")]

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use measurement::witness::Witness;
use test_server::TestServer;

/// One connection. A server that does not answer fails the test.
pub(crate) struct Wire {
    stream: TcpStream,
    unread: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// All lines of the head, the status line first.
    pub(crate) head: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.iter().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

impl Wire {
    pub(crate) fn to(server: &TestServer) -> Self {
        Self::try_to(server).unwrap()
    }

    pub(crate) fn try_to(server: &TestServer) -> io::Result<Self> {
        Self::at(server.address())
    }

    pub(crate) fn at(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        stream.set_write_timeout(Some(Duration::from_secs(20)))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, unread: Vec::new() })
    }

    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).unwrap();
    }

    /// The same where the server may have closed already.
    pub(crate) fn try_send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.send(get(path));
        self.answer()
    }

    /// The next answer, which has a body unless its status forbids one.
    pub(crate) fn answer(&mut self) -> Answer {
        let mut answer = self.head();
        let length = answer
            .header("content-length")
            .map_or(0, |length| length.parse().unwrap());
        answer.body = self.bytes(length);
        answer
    }

    /// The next answer, its body as the head frames it. `head_only` is an
    /// answer to HEAD.
    pub(crate) fn framed(&mut self, head_only: bool) -> Answer {
        let mut answer = self.head();
        let length = answer.header("content-length").map(str::to_owned);
        let chunked = answer.header("transfer-encoding") == Some("chunked");
        if head_only || matches!(answer.status, 100..=199 | 204 | 304) {
            return answer;
        }
        answer.body = match length {
            _ if chunked => self.chunks(),
            Some(length) => self.bytes(length.parse().unwrap()),
            None => self.rest(),
        };
        answer
    }

    fn chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let line = self.line();
            let length = usize::from_str_radix(&line, 16).unwrap();
            body.extend(self.bytes(length));
            assert_eq!(self.line(), "", "a chunk ends with its line");
            if length == 0 {
                return body;
            }
        }
    }

    fn line(&mut self) -> String {
        loop {
            let end = self.unread.windows(2).position(|two| two == b"\r\n");
            if let Some(end) = end {
                let line = self.bytes(end + 2);
                return String::from_utf8_lossy(&line[..end]).into_owned();
            }
            assert!(self.read().unwrap() > 0, "closed in a line");
        }
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        while self.unread.len() < length {
            assert!(self.read().unwrap() > 0, "closed in a body");
        }
        self.unread.drain(..length).collect()
    }

    /// The head of an answer without a body.
    pub(crate) fn head(&mut self) -> Answer {
        let end = loop {
            match self.unread.windows(4).position(|four| four == b"\r\n\r\n") {
                Some(end) => break end,
                None => assert!(self.read().unwrap() > 0, "closed in a head"),
            }
        };
        let head: Vec<u8> = self.unread.drain(..end + 4).collect();
        let head: Vec<String> = String::from_utf8(head)
            .unwrap()
            .trim_end()
            .split("\r\n")
            .map(str::to_owned)
            .collect();
        let status = head[0].split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: Vec::new() }
    }

    /// Everything up to the end of the stream; a reset is an end as well.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        loop {
            match self.read() {
                Ok(0) => return std::mem::take(&mut self.unread),
                Ok(_) => {}
                Err(error) => {
                    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
                    return std::mem::take(&mut self.unread);
                }
            }
        }
    }

    /// Nothing arrives for a tenth of a second.
    pub(crate) fn hears_nothing(&mut self) -> bool {
        let usual = self.stream.read_timeout().unwrap();
        let little = Some(Duration::from_millis(100));
        self.stream.set_read_timeout(little).unwrap();
        let error = self.read().err().map(|error| error.kind());
        self.stream.set_read_timeout(usual).unwrap();
        matches!(
            error,
            Some(io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
        )
    }

    pub(crate) fn say_no_more(&self) {
        self.stream.shutdown(Shutdown::Write).unwrap();
    }

    /// Sends nothing more and takes nothing more, and stays.
    pub(crate) fn turn_away(&self) {
        self.stream.shutdown(Shutdown::Both).unwrap();
    }

    /// Dropping it resets the connection.
    pub(crate) fn reset_when_dropped(&self) {
        let socket = socket2::SockRef::from(&self.stream);
        socket.set_linger(Some(Duration::ZERO)).unwrap();
    }

    fn read(&mut self) -> io::Result<usize> {
        let mut buffer = [0; 16 * 1024];
        let length = self.stream.read(&mut buffer)?;
        self.unread.extend_from_slice(&buffer[..length]);
        Ok(length)
    }
}

pub(crate) fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: test\r\n\r\n")
}

/// The head of a request to the control port, from one who may ask.
pub(crate) fn ask(server: &TestServer, line: &str) -> String {
    let (host, token) = (server.control_address(), server.control().token());
    format!(
        "{line} HTTP/1.1\r\nHost: {host}\r\n\
         Authorization: Bearer {}\r\n\r\n",
        token.as_str()
    )
}

/// Asks for the witness until it is as it should be. Each question is a round
/// trip through the server's loop, so it need not be asked often.
pub(crate) fn witness_when(
    server: &TestServer,
    is_right: impl Fn(&Witness) -> bool,
) -> Witness {
    for _ in 0..20_000 {
        let witness = server.witness();
        if is_right(&witness) {
            return witness;
        }
        std::thread::yield_now();
    }
    panic!("the server never saw it: {:?}", server.witness());
}
