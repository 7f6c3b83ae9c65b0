//! The client's side of the control port.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use measurement::waits::Plan;
use measurement::witness::Witness;

/// How long the server may take for anything. It answers between two turns of
/// its loop, so this is for a server that hangs or has been stopped.
const PATIENCE: Duration = Duration::from_secs(10);

/// The way to a server's control port, wherever the server runs.
#[derive(Debug, Clone)]
pub struct Control {
    address: SocketAddr,
}

impl Control {
    /// Only remembers the address; each call makes a connection of its own.
    pub fn new(address: SocketAddr) -> Self {
        Self { address }
    }

    /// Where it asks.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the server has seen since the last reset.
    ///
    /// # Errors
    ///
    /// When the server cannot be reached, takes longer than ten seconds, or
    /// answers something else (`InvalidData`).
    pub fn witness(&self) -> io::Result<Witness> {
        let json = self.ask("GET", "/witness", &[])?;
        Ok(serde_json::from_slice(&json)?)
    }

    /// Lets the server count from zero, close its gates and wait as `plan`
    /// says from now on.
    ///
    /// # Errors
    ///
    /// As for [`Control::witness`].
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
        let mut stream = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            self.address,
            body.len(),
        )
        .into_bytes();
        request.extend_from_slice(body);
        stream.write_all(&request)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        take_body(answer)
    }
}

/// The body of an answer with status 200 that arrived in full.
fn take_body(mut answer: Vec<u8>) -> io::Result<Vec<u8>> {
    let invalid = |what| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut headers = [httparse::EMPTY_HEADER; 16];
    let mut head = httparse::Response::new(&mut headers);
    let start = match head.parse(&answer) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Err(error) => return Err(invalid(error.to_string())),
    };
    let length: Option<usize> = head
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-length"))
        .and_then(|header| {
            std::str::from_utf8(header.value).ok()?.parse().ok()
        });
    let status = head.code;
    answer.drain(..start);
    if length.is_some_and(|length| answer.len() < length) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    if status != Some(200) {
        let text = String::from_utf8_lossy(&answer);
        return Err(invalid(format!("answered {status:?}: {}", text.trim())));
    }
    Ok(answer)
}
