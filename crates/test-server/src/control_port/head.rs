//! Who may ask what: from the bytes of a head to what is wanted, or why not.
//!
//! The port is open to every program on this machine, and so to every web
//! page in its browser and to all users. What keeps them out:
//!
//! - the token. A page can send "simple" requests anywhere (a form, an image,
//!   `no-cors`), but no `Authorization` with them; with it, the browser asks
//!   first with an `OPTIONS`, which is refused like any request that names an
//!   `Origin`.
//! - `Host`. A page whose own name is made to lead here (DNS rebinding) has
//!   no foreign origin to the browser, but it says that name.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use super::answer::Refusal;
use crate::token::Token;

/// The longest head that is read, in bytes.
pub(super) const HEAD_LIMIT: usize = 8 * 1024;

/// The largest plan that is taken, in bytes of JSON. The harness's own have
/// two thousand at most; one typed at a command line may have 128 KiB, which
/// is what Linux allows an argument, and half as much again for its quotes.
pub(super) const PLAN_LIMIT: usize = 256 * 1024;

const HEADERS_LIMIT: usize = 64;

/// What opens the port.
pub(crate) struct Door {
    pub(super) address: SocketAddr,
    pub(super) token: Token,
    /// A clone of it for each answer with stamps that is being written.
    pub(super) readers: Arc<()>,
    /// No answer with stamps is begun before.
    pub(super) rests_until: Instant,
}

/// What somebody who may ask wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) wanted: Wanted,
    /// Without the body of the answer.
    pub(super) head_only: bool,
    /// The length of its head, and of the body that follows.
    pub(super) length: usize,
    pub(super) body: usize,
    /// It holds the body back until it is told to go on.
    pub(super) expects_continue: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Index,
    /// With so many stamps at most.
    Witness {
        stamps: usize,
    },
    Reset,
}

/// The lines of a head that matter here.
#[derive(Default)]
struct Lines<'a> {
    host: Option<&'a [u8]>,
    authorization: Option<&'a [u8]>,
    length: Option<usize>,
    origin: bool,
    expects_continue: bool,
}

impl Door {
    /// Reads the head at the start of `bytes`; none while it is incomplete.
    pub(super) fn read(
        &self,
        bytes: &[u8],
    ) -> Result<Option<Request>, Refusal> {
        let bytes = &bytes[..bytes.len().min(HEAD_LIMIT)];
        let mut headers = [httparse::EMPTY_HEADER; HEADERS_LIMIT];
        let mut head = httparse::Request::new(&mut headers);
        let length = match head.parse(bytes) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) if bytes.len() < HEAD_LIMIT => {
                return Ok(None);
            }
            Ok(httparse::Status::Partial)
            | Err(httparse::Error::TooManyHeaders) => {
                return Err(Refusal::new(431, "too long a head"));
            }
            Err(error) => {
                return Err(Refusal::new(400, format!("no HTTP: {error}")));
            }
        };
        let lines = Lines::of(head.headers)?;
        let path = self.path(head.path.unwrap_or_default())?;
        self.check_host(lines.host)?;
        if lines.origin {
            return Err(Refusal::new(
                403,
                "this is not for web pages: leave out the Origin",
            ));
        }
        let method = head.method.unwrap_or_default();
        let wanted = match path {
            "/" => only("GET", method, Wanted::Index)?,
            _ => {
                self.check_token(lines.authorization)?;
                wanted(method, path)?
            }
        };
        let body = lines.length.unwrap_or(0);
        if body > PLAN_LIMIT {
            return Err(Refusal::new(
                413,
                format!("too large for a plan: at most {PLAN_LIMIT} bytes"),
            ));
        }
        Ok(Some(Request {
            wanted,
            head_only: method == "HEAD",
            length,
            body: if wanted == Wanted::Reset { body } else { 0 },
            expects_continue: lines.expects_continue && head.version == Some(1),
        }))
    }

    /// The path of a target, which may be a whole URL (RFC 9112, 3.2.2).
    fn path<'a>(&self, target: &'a str) -> Result<&'a str, Refusal> {
        let scheme = "http://";
        let (Some(start), Some(rest)) =
            (target.get(..scheme.len()), target.get(scheme.len()..))
        else {
            return Ok(target);
        };
        if !start.eq_ignore_ascii_case(scheme) {
            return Ok(target);
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        self.check_host(Some(&rest.as_bytes()[..end]))?;
        Ok(if end == rest.len() { "/" } else { &rest[end..] })
    }

    fn check_host(&self, host: Option<&[u8]>) -> Result<(), Refusal> {
        let host = host.ok_or_else(|| {
            Refusal::new(400, format!("say `Host: {}`", self.address))
        })?;
        if self.is_here(host) {
            return Ok(());
        }
        Err(Refusal::new(
            403,
            format!("this is not that host: say `Host: {}`", self.address),
        ))
    }

    /// Whether an authority names this port by its address or as `localhost`.
    fn is_here(&self, authority: &[u8]) -> bool {
        let port = self.address.port();
        let own = [self.address.to_string(), format!("localhost:{port}")];
        own.iter().any(|name| {
            let bare = name.strip_suffix(":80").unwrap_or(name);
            authority.eq_ignore_ascii_case(name.as_bytes())
                || port == 80 && authority.eq_ignore_ascii_case(bare.as_bytes())
        })
    }

    fn check_token(&self, said: Option<&[u8]>) -> Result<(), Refusal> {
        let guess = said.and_then(|said| {
            let (scheme, guess) = said.split_at_checked("Bearer ".len())?;
            scheme.eq_ignore_ascii_case(b"Bearer ").then_some(guess)
        });
        if guess.is_some_and(|guess| self.token.is(guess.trim_ascii())) {
            return Ok(());
        }
        Err(Refusal {
            status: 401,
            line: "WWW-Authenticate: Bearer realm=\"control port\"\r\n",
            text: "say `Authorization: Bearer TOKEN`; whoever started the \
                   server was told the token"
                .into(),
        })
    }
}

impl<'a> Lines<'a> {
    fn of(headers: &[httparse::Header<'a>]) -> Result<Self, Refusal> {
        let mut lines = Lines::default();
        for header in headers {
            let is = |name: &str| header.name.eq_ignore_ascii_case(name);
            if is("host") {
                once(&mut lines.host, header.value, "Host")?;
            } else if is("authorization") {
                let line = &mut lines.authorization;
                once(line, header.value, "Authorization")?;
            } else if is("content-length") {
                let length = length(header.value)?;
                once(&mut lines.length, length, "Content-Length")?;
            } else if is("transfer-encoding") {
                return Err(Refusal::new(
                    400,
                    "say the Content-Length, without a Transfer-Encoding",
                ));
            } else if is("origin") {
                lines.origin = true;
            } else if is("expect") {
                lines.expects_continue |=
                    header.value.eq_ignore_ascii_case(b"100-continue");
            }
        }
        Ok(lines)
    }
}

/// Two lines of these, and somebody in between might have read the other.
fn once<T>(line: &mut Option<T>, value: T, name: &str) -> Result<(), Refusal> {
    match line.replace(value) {
        None => Ok(()),
        Some(_) => Err(Refusal::new(400, format!("more than one {name}"))),
    }
}

fn length(value: &[u8]) -> Result<usize, Refusal> {
    std::str::from_utf8(value)
        .ok()
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Refusal::new(400, "the Content-Length is no number"))
}

fn wanted(method: &str, path: &str) -> Result<Wanted, Refusal> {
    match path.split_once('?') {
        None if path == "/witness" => {
            only("GET", method, Wanted::Witness { stamps: usize::MAX })
        }
        Some(("/witness", query)) => {
            let number = query.strip_prefix("stamps=");
            let stamps = number.and_then(|number| number.parse().ok());
            let stamps = stamps.ok_or_else(|| {
                Refusal::new(400, "the query is `stamps=N`, with a number")
            })?;
            only("GET", method, Wanted::Witness { stamps })
        }
        None if path == "/reset" => only("POST", method, Wanted::Reset),
        _ => Err(Refusal::new(
            404,
            "no such path; there are /, /witness and /reset",
        )),
    }
}

/// HEAD is allowed where GET is.
fn only(
    allowed: &str,
    method: &str,
    wanted: Wanted,
) -> Result<Wanted, Refusal> {
    let get = allowed == "GET";
    if method == allowed || (get && method == "HEAD") {
        return Ok(wanted);
    }
    Err(Refusal {
        status: 405,
        line: if get { "Allow: GET, HEAD\r\n" } else { "Allow: POST\r\n" },
        text: format!("{allowed} is the method here"),
    })
}
