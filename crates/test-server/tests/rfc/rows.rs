//! What a client may send, and what is right.

use crate::wire::get;

/// Something a client may send, and what is right.
pub(crate) struct Row {
    pub(crate) section: &'static str,
    /// What comes, in words.
    pub(crate) comes: &'static str,
    pub(crate) sent: &'static str,
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

const fn row(
    section: &'static str,
    comes: &'static str,
    sent: &'static str,
    statuses: &'static [u16],
    then: Then,
) -> Row {
    Row { section, comes, sent, statuses, then }
}

pub(crate) const ROWS: [Row; 42] = [
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
    row("9112, 3", "no version", "GET /200\r\n\r\n", &[400], Closes),
    row(
        "9112, 3",
        "a line of more than 16 KiB before the first line end",
        LONG_LINE,
        &[414],
        Closes,
    ),
    row("9112, 3", "a target of 8,000 octets", LONG_TARGET, &[200], Stays),
    row(
        "9112, 3.2",
        "HTTP/1.1 without Host",
        "GET /200 HTTP/1.1\r\n\r\n",
        &[400],
        Closes,
    ),
    row(
        "9112, 3.2",
        "HTTP/1.0 without Host",
        "GET /200 HTTP/1.0\r\n\r\n",
        &[200],
        Closes,
    ),
    row(
        "9112, 3.2",
        "two Hosts, alike or not",
        "GET /200 HTTP/1.1\r\nHost: x\r\nhost: x\r\n\r\n",
        &[400],
        Closes,
    ),
    row(
        "9112, 3.2",
        "two Hosts in HTTP/1.0",
        "GET /200 HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n",
        &[400],
        Closes,
    ),
    row(
        "9112, 3.2",
        "a Host that is no host",
        "GET /200 HTTP/1.1\r\nHost: a/b\r\n\r\n",
        &[400],
        Closes,
    ),
    row(
        "9112, 3.2",
        "an empty Host",
        "GET /200 HTTP/1.1\r\nHost:\r\n\r\n",
        &[200],
        Stays,
    ),
    row(
        "9112, 3.2.2",
        "a target with scheme and host (absolute-form), any host",
        "GET http://example.com:8080/404?seq=1 HTTP/1.1\r\nHost: x\r\n\r\n",
        &[404],
        Stays,
    ),
    row(
        "9112, 3.2.2",
        "the same without a path",
        "GET HTTP://example.com HTTP/1.1\r\nHost: x\r\n\r\n",
        &[200],
        Stays,
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
    ),
    row(
        "9112, 9.3.2",
        "several requests at once (pipelining): in order, one at a time",
        "GET /200 HTTP/1.1\r\nHost: x\r\n\r\nGET /404 HTTP/1.1\r\nHost: x\r\n\r\n",
        &[200, 404],
        Stays,
    ),
    row(
        "9112, 9.6",
        "close, alone or among others: it wins",
        "GET /200 HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Close\r\n\r\n",
        &[200],
        Closes,
    ),
    row(
        "9112, 9.6",
        "close in one of two Connection headers",
        "GET /200 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Connection: keep-alive\r\n\r\n",
        &[200],
        Closes,
    ),
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
const LONG_LINE: &str = "(a long line)";
const LONG_TARGET: &str = "(a long target)";
const LONG_HEAD: &str = "(a long head)";

impl Row {
    pub(crate) fn bytes(&self) -> String {
        match self.sent {
            LONG_LINE => format!("GET /{}", "x".repeat(20_000)),
            LONG_TARGET => get(&format!("/200?{}", "x".repeat(7_995))),
            LONG_HEAD => {
                format!(
                    "GET /200 HTTP/1.1\r\nHost: x\r\nX: {}",
                    "x".repeat(20_000)
                )
            }
            sent => sent.to_owned(),
        }
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
