//! Requests to the control port and their answers.

use std::net::SocketAddr;

/// What opens the port in these rows.
pub(crate) const CHOSEN: &str = "a-good-long-token";

/// A request: what is wrong with it or not, its line, its further lines, its
/// body, and the status of the answer. `HERE` is the port's address, `PORT`
/// its port.
pub(crate) type Row =
    (&'static str, &'static str, &'static str, &'static str, u16);

const HOST: &str = "Host: HERE\n";
pub(crate) const TOKEN: &str =
    "Host: HERE\nAuthorization: Bearer a-good-long-token\n";

/// Lines that are added to a host and a good token.
macro_rules! known {
    ($lines:literal) => {
        concat!("Host: HERE\nAuthorization: Bearer a-good-long-token\n", $lines)
    };
}

/// The table of `docs/serve.md` is made of them.
pub(crate) const ROWS: &[Row] = &[
    ("help, which everybody may read", "GET / HTTP/1.1", HOST, "", 200),
    ("the witness", "GET /witness HTTP/1.1", TOKEN, "", 200),
    ("the newest stamps", "GET /witness?stamps=9 HTTP/1.1", TOKEN, "", 200),
    ("a reset", "POST /reset HTTP/1.1", TOKEN, "", 200),
    (
        "a plan in the body",
        "POST /reset HTTP/1.1",
        known!("Content-Length: 12\n"),
        "{\"waits\":[]}",
        200,
    ),
    (
        "a plan, whatever its type",
        "POST /reset HTTP/1.1",
        known!(
            "Content-Type: application/x-www-form-urlencoded\n\
             Content-Length: 12\n"
        ),
        "{\"waits\":[]}",
        200,
    ),
    (
        "by the name `localhost`",
        "GET /witness HTTP/1.1",
        "host: LOCALHOST:PORT\nauthorization: bearer  a-good-long-token\n",
        "",
        200,
    ),
    ("absolute-form", "GET http://HERE/witness HTTP/1.1", TOKEN, "", 200),
    ("absolute-form", "GET HTTP://HERE HTTP/1.1", HOST, "", 200),
    ("HTTP/1.0", "GET /witness HTTP/1.0", TOKEN, "", 200),
    // Who.
    ("no token", "GET /witness HTTP/1.1", HOST, "", 401),
    ("no token", "POST /reset HTTP/1.1", HOST, "", 401),
    (
        "no token",
        "POST /reset HTTP/1.1",
        "Host: HERE\nContent-Length: 99999999\n",
        "",
        401,
    ),
    ("no token", "GET /secret HTTP/1.1", HOST, "", 401),
    (
        "part of a token",
        "GET /witness HTTP/1.1",
        "Host: HERE\nAuthorization: Bearer a-good-long-toke\n",
        "",
        401,
    ),
    (
        "more than a token",
        "GET /witness HTTP/1.1",
        "Host: HERE\nAuthorization: Bearer a-good-long-tokens\n",
        "",
        401,
    ),
    (
        "another scheme",
        "GET /witness HTTP/1.1",
        "Host: HERE\nAuthorization: Basic a-good-long-token\n",
        "",
        401,
    ),
    (
        "a token without `Bearer`",
        "GET /witness HTTP/1.1",
        "Host: HERE\nAuthorization: a-good-long-token\n",
        "",
        401,
    ),
    (
        "a token in the URL",
        "GET /witness?token=a-good-long-token HTTP/1.1",
        HOST,
        "",
        401,
    ),
    // From where.
    (
        "a web page",
        "POST /reset HTTP/1.1",
        known!("Origin: http://evil.example\n"),
        "",
        403,
    ),
    (
        "a file in a browser",
        "POST /reset HTTP/1.1",
        known!("Origin: null\n"),
        "",
        403,
    ),
    (
        "a page of our own",
        "GET /witness HTTP/1.1",
        known!("Origin: http://HERE\n"),
        "",
        403,
    ),
    (
        "a browser that asks first (`OPTIONS`)",
        "OPTIONS /reset HTTP/1.1",
        "Host: HERE\nOrigin: http://evil.example\nAccess-Control-Request-Headers: authorization\n",
        "",
        403,
    ),
    (
        "a name that leads here",
        "GET / HTTP/1.1",
        "Host: evil.example:PORT\n",
        "",
        403,
    ),
    (
        "such a name with the token",
        "GET /witness HTTP/1.1",
        "Host: evil.example:PORT\nAuthorization: Bearer a-good-long-token\n",
        "",
        403,
    ),
    ("another port", "GET / HTTP/1.1", "Host: 127.0.0.1:1\n", "", 403),
    ("no port in the host", "GET / HTTP/1.1", "Host: 127.0.0.1\n", "", 403),
    ("a longer host", "GET / HTTP/1.1", "Host: HERE.evil.example\n", "", 403),
    ("a user before the host", "GET / HTTP/1.1", "Host: evil@HERE\n", "", 403),
    ("an empty host", "GET / HTTP/1.1", "Host:\n", "", 403),
    (
        "absolute-form, elsewhere",
        "GET http://evil.example/ HTTP/1.1",
        HOST,
        "",
        403,
    ),
    (
        "absolute-form, elsewhere",
        "GET http://HERE/ HTTP/1.1",
        "Host: evil.example\n",
        "",
        403,
    ),
    // What.
    ("no such path", "GET /secret HTTP/1.1", TOKEN, "", 404),
    ("no such query", "POST /reset?now HTTP/1.1", TOKEN, "", 404),
    ("a CONNECT", "CONNECT HERE HTTP/1.1", TOKEN, "", 404),
    ("the wrong method", "GET /reset HTTP/1.1", TOKEN, "", 405),
    ("the wrong method", "POST /witness HTTP/1.1", TOKEN, "", 405),
    ("the wrong method", "DELETE / HTTP/1.1", HOST, "", 405),
    ("the wrong method", "OPTIONS /reset HTTP/1.1", TOKEN, "", 405),
    (
        "another query than `stamps=N`",
        "GET /witness?stamps=many HTTP/1.1",
        TOKEN,
        "",
        400,
    ),
    (
        "another query than `stamps=N`",
        "GET /witness?all HTTP/1.1",
        TOKEN,
        "",
        400,
    ),
    (
        "a body that is no plan",
        "POST /reset HTTP/1.1",
        known!("Content-Length: 4\n"),
        "oops",
        400,
    ),
    (
        "a plan with a field that no plan has",
        "POST /reset HTTP/1.1",
        known!("Content-Length: 20\n"),
        "{\"fault\":[\"reset\"]}\n",
        400,
    ),
    (
        "a plan that is too large",
        "POST /reset HTTP/1.1",
        known!("Content-Length: 262145\n"),
        "",
        413,
    ),
    // How.
    ("no host", "GET / HTTP/1.1", "", "", 400),
    ("no host", "GET / HTTP/1.0", "", "", 400),
    ("two hosts", "GET / HTTP/1.1", "Host: HERE\nHost: HERE\n", "", 400),
    (
        "two tokens",
        "GET /witness HTTP/1.1",
        known!("Authorization: Bearer x\n"),
        "",
        400,
    ),
    (
        "two lengths",
        "POST /reset HTTP/1.1",
        known!("Content-Length: 0\nContent-Length: 0\n"),
        "",
        400,
    ),
    (
        "a list of lengths",
        "POST /reset HTTP/1.1",
        known!("Content-Length: 0, 0\n"),
        "",
        400,
    ),
    (
        "a signed length",
        "POST /reset HTTP/1.1",
        known!("Content-Length: +0\n"),
        "",
        400,
    ),
    (
        "an endless length",
        "POST /reset HTTP/1.1",
        known!("Content-Length: 99999999999999999999\n"),
        "",
        400,
    ),
    (
        "chunks",
        "POST /reset HTTP/1.1",
        known!("Transfer-Encoding: chunked\n"),
        "0\r\n\r\n",
        400,
    ),
    (
        "chunks and a length",
        "POST /reset HTTP/1.1",
        known!("Transfer-Encoding: chunked\nContent-Length: 5\n"),
        "0\r\n\r\n",
        400,
    ),
    ("a folded line", "GET / HTTP/1.1", "Host: HERE\nX: a\n b\n", "", 400),
    ("a blank before the colon", "GET / HTTP/1.1", "Host : HERE\n", "", 400),
    ("no HTTP", "hello", "", "", 400),
    ("another HTTP", "GET / HTTP/2.0", HOST, "", 400),
];

/// The request of a row, to this address.
pub(crate) fn text(row: &Row, here: SocketAddr) -> String {
    let (_, line, lines, body, _) = row;
    format!("{line}\n{lines}\n")
        .replace('\n', "\r\n")
        .replace("HERE", &here.to_string())
        .replace("PORT", &here.port().to_string())
        + body
}
