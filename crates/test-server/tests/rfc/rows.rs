//! What a client may send, and what is right.

use crate::wire::get;

/// A request with these lines.
macro_rules! says {
    ($lines:literal) => {
        concat!("GET /200 HTTP/1.1\r\nHost: x\r\n", $lines, "\r\n\r\n")
    };
}

/// Something a client may send, and what is right.
pub(crate) struct Row {
    pub(crate) section: &'static str,
    /// What comes, in words.
    pub(crate) comes: &'static str,
    pub(crate) sent: &'static str,
    /// Others of its kind, to which the same happens.
    pub(crate) others: &'static [&'static str],
    /// The statuses that come back, in order.
    pub(crate) statuses: &'static [u16],
    /// What becomes of the connection.
    pub(crate) then: Then,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Then {
    Stays,
    Closes,
}

use Then::{Closes, Stays};

pub(crate) const fn row(
    section: &'static str,
    comes: &'static str,
    sent: &'static str,
    statuses: &'static [u16],
    then: Then,
) -> Row {
    Row { section, comes, sent, others: &[], statuses, then }
}

pub(crate) const ROWS: [Row; 34] = [
    row(
        "9112, 2.2",
        "empty lines before a request",
        "\r\n\r\nGET /200 HTTP/1.1\r\nHost: x\r\n\r\n",
        &[200],
        Stays,
    ),
    row(
        "9112, 2.2",
        "lines that end with LF alone",
        "GET /200 HTTP/1.1\nHost: x\n\n",
        &[200],
        Stays,
    ),
    row(
        "9112, 2.2",
        "a CR without LF in a header",
        "GET /200 HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n",
        &[400],
        Closes,
    ),
    row(
        "9112, 2.2",
        "a blank line end before the first header",
        "GET /200 HTTP/1.1\r\n Host: x\r\n\r\n",
        &[400],
        Closes,
    ),
    row(
        "9112, 2.3",
        "HTTP/2.0, HTTP/0.9, HTTP/1.2",
        "GET /200 HTTP/2.0\r\nHost: x\r\n\r\n",
        &[505],
        Closes,
    ),
    row(
        "9112, 5.1",
        "a blank before the colon",
        "GET /200 HTTP/1.1\r\nHost : x\r\n\r\n",
        &[400],
        Closes,
    ),
    row(
        "9112, 5.2",
        "a folded header",
        "GET /200 HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n",
        &[400],
        Closes,
    ),
    row(
        "9110, 5.4",
        "a head of more than 16 KiB, or of more than 100 headers",
        LONG_HEAD,
        &[431],
        Closes,
    ),
    row(
        "9112, 6.1",
        "Transfer-Encoding, with or without a length",
        "POST /200 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\
         Content-Length: 5\r\n\r\n0\r\n\r\n",
        &[411],
        Closes,
    ),
    row(
        "9112, 6.2",
        "a request body of known length",
        "POST /201 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
        &[201],
        Stays,
    ),
    row(
        "9112, 6.3",
        "two lengths that differ",
        "POST /200 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\
         Content-Length: 6\r\n\r\nhello!",
        &[400],
        Closes,
    ),
    row(
        "9112, 6.3",
        "a length that is no number, such as +5 or 5, 5",
        "POST /200 HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nhello",
        &[400],
        Closes,
    ),
    row(
        "9110, 8.6",
        "a body of more than 64 MiB",
        "POST /200 HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n",
        &[413],
        Closes,
    ),
    row(
        "9112, 6.3",
        "HEAD: the head of a GET, and nothing behind it",
        "HEAD /200 HTTP/1.1\r\nHost: x\r\n\r\n",
        &[200],
        Stays,
    ),
    row(
        "9112, 6.3",
        "HEAD, where the answer would come in chunks",
        "HEAD /200?fault=chunked HTTP/1.1\r\nHost: x\r\n\r\n",
        &[200],
        Stays,
    ),
    row(
        "9110, 9.3.2",
        "HEAD that is refused: no body either",
        "HEAD /200 HTTP/1.1\r\n\r\n",
        &[400],
        Closes,
    )
    .and(&[
        "HEAD 200 HTTP/1.1\r\nHost: x\r\n\r\n",
        "\r\nHEAD * HTTP/1.1\r\nHost: x\r\n\r\n",
    ]),
    row(
        "9110, 15.3.5",
        "204: no body, no length, no Transfer-Encoding",
        "GET /204?fault=chunked HTTP/1.1\r\nHost: x\r\n\r\n",
        &[204],
        Stays,
    ),
    row(
        "9110, 15.4.5",
        "304: no body",
        "GET /304 HTTP/1.1\r\nHost: x\r\n\r\n",
        &[304],
        Stays,
    ),
    row(
        "9112, 6.1",
        "HTTP/1.0, where the answer would come in chunks: it has a length",
        "GET /200?fault=chunked HTTP/1.0\r\n\r\n",
        &[200],
        Closes,
    ),
    row(
        "9112, 9.3",
        "HTTP/1.1 that says nothing of the connection",
        "GET /200 HTTP/1.1\r\nHost: x\r\n\r\n",
        &[200],
        Stays,
    ),
    row(
        "9112, 9.3",
        "HTTP/1.0 with keep-alive: the answer says it, too",
        "GET /200 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        &[200],
        Stays,
    )
    .and(&[
        "GET /200 HTTP/1.0\r\nConnection: Keep-Alive, \u{ff}\r\n\r\n",
        "GET /200 HTTP/1.0\r\nConnection: ,KEEP-ALIVE\r\n\r\n",
    ]),
    row(
        "9112, 9.3.2",
        "several requests at once (pipelining): in order, one at a time",
        "GET /200 HTTP/1.1\r\nHost: x\r\n\r\nGET /404 HTTP/1.1\r\nHost: x\r\n\r\n",
        &[200, 404],
        Stays,
    ),
    row(
        "9112, 9.6",
        "close, alone or among others, in any letters: it wins",
        says!("Connection: close"),
        &[200],
        Closes,
    )
    .and(&[
        says!("Connection: keep-alive, Close"),
        says!("Connection: CLOSE, keep-alive"),
        says!("Connection: \t te\t,\tclose\t"),
        says!("Connection: ,close,"),
        says!("Connection: close, \u{ff}"),
        says!("Connection: \u{ff},close"),
    ]),
    row(
        "9112, 9.6",
        "close in one of two Connection headers",
        says!("Connection: close\r\nConnection: keep-alive"),
        &[200],
        Closes,
    )
    .and(&[says!("Connection:\r\nX: y\r\nCONNECTION: close")]),
    row(
        "9110, 7.6.1",
        "words that are not close, though they have it in them",
        says!("Connection: closed, un-close, \"close\", close;a"),
        &[200],
        Stays,
    )
    .and(&[
        says!("Connection:"),
        says!("Connection: , ,"),
        says!("Connection: \u{c2}\u{a0}close"),
        says!("Proxy-Connection: close"),
    ]),
    row(
        "9112, 9.6",
        "close, and a fault that leaves a whole answer",
        "GET /200?fault=redirect HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        &[302],
        Closes,
    ),
    row(
        "9112, 9.6",
        "a request behind one that says close: not read",
        "GET /200 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n\
         GET /404 HTTP/1.1\r\nHost: x\r\n\r\n",
        &[200],
        Closes,
    ),
    row(
        "9110, 10.1.1",
        "Expect: 100-continue, and then the body",
        "PUT /200 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\
         Content-Length: 5\r\n\r\n",
        &[100],
        Stays,
    )
    .and(&[
        "PUT /200 HTTP/1.1\r\nHost: x\r\nExpect: a=b, 100-Continue\r\n\
         Content-Length: 5\r\n\r\n",
        "PUT /200 HTTP/1.1\r\nHost: x\r\nExpect: \u{ff},100-continue,\r\n\
         Content-Length: 5\r\n\r\n",
    ]),
    row(
        "9110, 10.1.1",
        "an Expect that is not known: ignored",
        says!("Expect: 101-continue"),
        &[200],
        Stays,
    ),
    row(
        "9110, 10.1.1",
        "Expect: 100-continue in HTTP/1.0: ignored",
        "PUT /200 HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n\
         hello",
        &[200],
        Closes,
    ),
    row(
        "9110, 10.1.1",
        "Expect: 100-continue, and a body that will be refused",
        "PUT /200 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\
         Content-Length: 999999999\r\n\r\n",
        &[413],
        Closes,
    ),
    row(
        "9110, 15.2",
        "a path that asks for an interim status: the last word here",
        "GET /102 HTTP/1.1\r\nHost: x\r\n\r\n",
        &[102],
        Closes,
    ),
    row(
        "9110, 15.5.6",
        "405: with Allow",
        "GET /405 HTTP/1.1\r\nHost: x\r\n\r\n",
        &[405],
        Stays,
    ),
    row(
        "9110, 9.1",
        "any other method is taken as GET",
        "OPTIONS /200 HTTP/1.1\r\nHost: x\r\n\r\n",
        &[200],
        Stays,
    ),
];

// Too long to be written out.
pub(crate) const LONG_LINE: &str = "(a long line)";
pub(crate) const LONG_TARGET: &str = "(a long target)";
const LONG_HEAD: &str = "(a long head)";

impl Row {
    /// The same happens to these.
    pub(crate) const fn and(self, others: &'static [&'static str]) -> Row {
        Row { others, ..self }
    }

    /// What it stands for, each as it is sent: up to `\u{ff}`, which no text
    /// in UTF-8 has, a character is a byte.
    pub(crate) fn all(&self) -> impl Iterator<Item = Vec<u8>> {
        let all = std::iter::once(&self.sent).chain(self.others);
        all.map(|sent| text(sent).chars().map(|c| c as u8).collect())
    }

    pub(crate) fn line(&self) -> String {
        let statuses: Vec<String> =
            self.statuses.iter().map(u16::to_string).collect();
        let then = match self.then {
            Stays => "stays",
            Closes => "closes",
        };
        let Self { section, comes, .. } = self;
        format!(
            "| RFC {section} | {comes} | {} | {then} |\n",
            statuses.join(", ")
        )
    }
}

fn text(sent: &str) -> String {
    match sent {
        LONG_LINE => format!("GET /{}", "x".repeat(20_000)),
        LONG_TARGET => get(&format!("/200?{}", "x".repeat(7_995))),
        LONG_HEAD => {
            format!("GET /200 HTTP/1.1\r\nHost: x\r\nX: {}", "x".repeat(20_000))
        }
        sent => sent.to_owned(),
    }
}
