//! What a request may be sent to, and what is right: its first line and Host.

use crate::rows::{
    LONG_LINE, LONG_TARGET, Row,
    Then::{Closes, Stays},
    row,
};

/// A request for this target, with this method or with GET.
macro_rules! target {
    ($target:literal) => {
        target!("GET", $target)
    };
    ($method:literal, $target:literal) => {
        concat!($method, " ", $target, " HTTP/1.1\r\nHost: x\r\n\r\n")
    };
}

/// A request to this host.
macro_rules! host {
    ($host:literal) => {
        concat!("GET /200 HTTP/1.1\r\nHost: ", $host, "\r\n\r\n")
    };
}

pub(crate) const TARGETS: [Row; 20] = [
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
        host!("x\r\nhost: x"),
        &[400],
        Closes,
    )
    .and(&[
        host!("x\r\nHOST:"),
        host!("\r\nHost: x"),
        host!("x\r\nHost: y"),
    ]),
    row(
        "9112, 3.2",
        "two Hosts in HTTP/1.0",
        "GET /200 HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n",
        &[400],
        Closes,
    ),
    row(
        "9112, 3.2",
        "a Host that is no host, such as a/b, u@x, x:a or a list",
        host!("a/b"),
        &[400],
        Closes,
    )
    .and(&[
        host!("u@x"),
        host!("u:p@x"),
        host!("x:a"),
        host!("x:80:80"),
        host!("a b"),
        host!("a, b"),
        host!("http://x"),
        host!("[::1"),
        host!("::1]"),
        host!("[]"),
        host!("[::1]x"),
        host!("::1"),
        host!("\u{ff}"),
        host!("b\u{c3}\u{bc}cher.example"),
        host!("a\"b"),
        "GET /200 HTTP/1.0\r\nHost: a/b\r\n\r\n",
    ]),
    row("9112, 3.2", "an empty Host", host!(""), &[200], Stays)
        .and(&[host!(" \t"), "GET /200 HTTP/1.1\r\nHost:\r\n\r\n"]),
    row(
        "9110, 7.2",
        "any host, with or without a port",
        host!("example.com:8080"),
        &[200],
        Stays,
    )
    .and(&[
        host!("\tx\t"),
        host!("x:"),
        host!("x:99999"),
        host!("[::1]"),
        host!("[::1]:80"),
        host!("a,b"),
        host!("a%20b"),
    ]),
    row(
        "9112, 3.2",
        "a target that begins with no slash and no scheme",
        target!("200"),
        &[400],
        Closes,
    )
    .and(&[
        target!("x:80"),
        target!("127.0.0.1:80"),
        target!("?seq=1"),
        target!("://x/200"),
        target!("1http://x/200"),
    ]),
    row(
        "9112, 3.2",
        "a target with a fragment",
        target!("/200#top"),
        &[400],
        Closes,
    )
    .and(&[target!("http://x/200#top"), target!("http://x#/200")]),
    row(
        "9112, 3.2.2",
        "a target with scheme and host (absolute-form), any host",
        target!("http://example.com:8080/404?seq=1"),
        &[404],
        Stays,
    )
    .and(&[
        target!("https://x/404"),
        target!("HTTP://X:/404"),
        target!("http://x:99999/404"),
        target!("http://[::1]/404"),
        target!("http://[::1]:80/404"),
        target!("http://x/404?to=http://u@y:z/"),
        // Nothing is known of another scheme.
        target!("ftp://x/200"),
    ]),
    row(
        "9112, 3.2.2",
        "the same without a path",
        "GET HTTP://example.com HTTP/1.1\r\nHost: x\r\n\r\n",
        &[200],
        Stays,
    )
    .and(&[target!("http://x?seq=1"), target!("OPTIONS", "http://x")]),
    row(
        "9110, 4.2.1",
        "absolute-form that names no host",
        target!("http:///200"),
        &[400],
        Closes,
    )
    .and(&[
        target!("http://"),
        target!("http://:80/200"),
        target!("https:///200"),
        target!("http://?seq=1"),
        target!("http:/200"),
        target!("http:200"),
    ]),
    row(
        "9110, 4.2.4",
        "absolute-form with a user",
        target!("http://u:p@x/200"),
        &[400],
        Closes,
    )
    .and(&[target!("http://u@x/200"), target!("http://@x/200")]),
    row(
        "9112, 3",
        "absolute-form with a host that is none",
        target!("http://x:a/200"),
        &[400],
        Closes,
    )
    .and(&[
        target!("http://x:-1/200"),
        target!("http://[::1/200"),
        target!("http://::1/200"),
        target!("http://[]/200"),
        target!("http://a^b/200"),
        target!("http://\u{ff}/200"),
    ]),
    row(
        "9110, 9.3.6",
        "CONNECT: there is no tunnel here",
        "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n",
        &[501],
        Closes,
    )
    .and(&[
        target!("CONNECT", "/200"),
        target!("CONNECT", "http://x/200"),
        target!("CONNECT", "x"),
        target!("CONNECT", "*"),
    ]),
    row(
        "9112, 3.2.4",
        "OPTIONS of the server itself (asterisk-form)",
        target!("OPTIONS", "*"),
        &[200],
        Stays,
    ),
    row(
        "9112, 3.2.4",
        "an asterisk with another method",
        target!("*"),
        &[400],
        Closes,
    )
    .and(&[target!("HEAD", "*"), target!("options", "*")]),
];
