//! The server's side of the control port. One request a connection: it is
//! asked a few times a trial, and never while a clock runs.

use measurement::waits::Plan;
use mio::event::Event;

use crate::connection::Next;
use crate::desk::Desk;
use crate::link::{Fill, Link};
use crate::request::HEAD_LIMIT;
use crate::status;

/// The largest plan that is taken, in bytes of JSON.
const PLAN_LIMIT: usize = 16 * 1024 * 1024;

const INDEX: &str = "GET /witness, POST /reset with a plan as JSON\n";

pub(crate) struct ControlConnection {
    link: Link,
    answered: bool,
}

/// What is to be written back.
struct Reply {
    status: u16,
    content_type: &'static str,
    body: Vec<u8>,
}

impl ControlConnection {
    pub(crate) fn new(link: Link) -> Self {
        Self { link, answered: false }
    }

    pub(crate) fn note(&mut self, event: &Event) {
        self.link.note(event);
    }

    /// Does all that can be done now.
    pub(crate) fn advance(&mut self, desk: &mut Desk) -> Next {
        while !self.answered {
            match self.link.fill(&mut desk.scratch) {
                Ok(Fill::More) => {}
                Ok(Fill::NotYet) => return Next::Rest,
                Ok(Fill::Ended) | Err(_) => return Next::Close,
            }
            if let Some(reply) = answer(self.link.unread(), desk) {
                reply.write(self.link.output());
                self.answered = true;
            }
        }
        match self.link.flush() {
            Ok(false) => Next::Rest,
            Ok(true) | Err(_) => Next::Close,
        }
    }
}

/// None while the request is incomplete.
fn answer(bytes: &[u8], desk: &mut Desk) -> Option<Reply> {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut request = httparse::Request::new(&mut headers);
    let start = match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) if bytes.len() < HEAD_LIMIT => {
            return None;
        }
        _ => return Some(Reply::text(400, "this is no request\n".into())),
    };
    let length = request
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-length"))
        .and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok())
        .unwrap_or(0);
    if length > PLAN_LIMIT {
        return Some(Reply::text(413, "too large for a plan\n".into()));
    }
    let body = bytes.get(start..start + length)?;
    let path = request.path.unwrap_or_default();
    Some(match (request.method.unwrap_or_default(), path) {
        ("GET", "/witness") => witness(desk),
        ("POST", "/reset") => reset(body, desk),
        ("GET", "/") => Reply::text(200, INDEX.into()),
        _ => Reply::text(404, INDEX.into()),
    })
}

fn witness(desk: &mut Desk) -> Reply {
    match serde_json::to_vec(&desk.tally.witness()) {
        Ok(body) => {
            Reply { status: 200, content_type: "application/json", body }
        }
        Err(error) => Reply::text(500, format!("{error}\n")),
    }
}

/// Without a body, the plan stays as it is.
fn reset(body: &[u8], desk: &mut Desk) -> Reply {
    if body.is_empty() {
        desk.reset(None);
        return Reply::text(200, "reset\n".into());
    }
    match serde_json::from_slice::<Plan>(body) {
        Ok(plan) => {
            desk.reset(Some(plan));
            Reply::text(200, "reset\n".into())
        }
        Err(error) => Reply::text(400, format!("no plan: {error}\n")),
    }
}

impl Reply {
    fn text(status: u16, body: String) -> Self {
        Self { status, content_type: "text/plain", body: body.into_bytes() }
    }

    fn write(self, out: &mut Vec<u8>) {
        let Self { status, content_type, body } = self;
        let head = format!(
            "HTTP/1.1 {status} {}\r\nContent-Type: {content_type}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            status::reason(status),
            body.len(),
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(&body);
    }
}
