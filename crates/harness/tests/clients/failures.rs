//! The same failure has the same word.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use socket2::{Domain, SockRef, Socket, Type};

use crate::Both;
use crate::raw::{Nobody, Raw, read_head};

const HALF: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf";
const HALF_CHUNK: &[u8] =
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhalf";

#[test]
fn nobody_listens() {
    Both::new().ping(&Nobody::there().url()).fail("refused", "refused");
}

#[test]
fn the_name_has_no_address() {
    let both = Both::new();
    // The second is longer than a label may be: no server is ever asked.
    let long = format!("http://{}.invalid/", "x".repeat(64));
    for url in ["http://no-such-host.invalid/", &long] {
        both.ping(url).fail("name_not_found", url);
    }
}

#[test]
fn the_time_is_up() {
    let both = Both::within(Duration::from_millis(200));
    for (case, said, word) in [
        ("before the head", &b""[..], "timeout_head"),
        ("in the head", b"HTTP/1.1 200 OK\r\nContent-Le", "timeout_head"),
        ("in the body", HALF, "timeout_body"),
        ("in a chunk", HALF_CHUNK, "timeout_body"),
    ] {
        let server = Raw::serve(|stream| {
            read_head(stream)?;
            stream.write_all(said)?;
            until_they_hang_up(stream)
        });
        both.ping(&server.url()).fail(word, case);
    }
    // The async client's limit for a connection is a twentieth shorter than the
    // whole one; on a busy machine that must be more than a few milliseconds.
    let both = Both::within(Duration::from_millis(1500));
    let mute = Raw::serve(until_they_hang_up);
    let secure = mute.url().replace("http://", "https://");
    let case = "before the connection is encrypted";
    both.ping(&secure).fail("timeout_connect", case);
}

/// Nobody can tell a library to stop before the time is up; none of it is kept
/// meanwhile.
#[test]
fn the_time_is_up_while_the_server_goes_on_and_on() {
    let both = Both::within(Duration::from_millis(300));
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (case, first, more, word) in [
        ("interim answers", "", "HTTP/1.1 102 Wait\r\n\r\n", "timeout_head"),
        ("chunks of a byte", chunked, "1\r\nx\r\n", "timeout_body"),
    ] {
        let server = Raw::serve(|stream| {
            read_head(stream)?;
            stream.write_all(first.as_bytes())?;
            loop {
                stream.write_all(more.as_bytes())?;
            }
        });
        let begun = Instant::now();
        both.ping(&server.url()).fail(word, case);
        assert!(begun.elapsed() < Duration::from_secs(5), "{case}");
    }
}

/// Linux lets a dial wait while the listener's queue is full; elsewhere it is
/// refused.
#[cfg(target_os = "linux")]
#[test]
fn the_time_is_up_before_anybody_accepts() {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    socket.bind(&any.into()).unwrap();
    socket.listen(0).unwrap();
    let listener = TcpListener::from(socket);
    let address = listener.local_addr().unwrap();
    // A queue of 0 has room for one.
    let _queued = TcpStream::connect(address).unwrap();
    let both = Both::within(Duration::from_millis(1500));
    let url = format!("http://{address}/");
    both.ping(&url).fail("timeout_connect", "in the queue");
}

/// Or until it is clear that they never will, which must not hang the test.
fn until_they_hang_up(stream: &mut TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.read_to_end(&mut Vec::new()).map(drop)
}

#[test]
fn the_connection_ends_before_the_answer_does() {
    let both = Both::new();
    // What a reset is called: in a body it is an end that came too early.
    for (case, said, reset) in [
        ("before the head", &b""[..], "reset"),
        ("in the status line", b"HTTP/1.1 2", "reset"),
        ("in the head", b"HTTP/1.1 200 OK\r\nContent-Le", "reset"),
        (
            "after the head",
            b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n",
            "closed_early",
        ),
        ("in the body", HALF, "closed_early"),
        ("in a chunk", HALF_CHUNK, "closed_early"),
        (
            "after an interim answer",
            b"HTTP/1.1 103 Early Hints\r\n\r\n",
            "reset",
        ),
    ] {
        let closes = Raw::answering(said);
        both.ping(&closes.url()).fail("closed_early", case);
        let resets = Raw::serve(|stream| {
            read_head(stream)?;
            stream.write_all(said)?;
            // Closing is a reset now.
            SockRef::from(&*stream).set_linger(Some(Duration::ZERO))
        });
        both.ping(&resets.url()).fail(reset, &format!("reset {case}"));
    }
}

#[test]
fn what_comes_back_is_no_answer() {
    let both = Both::new();
    for said in [
        "SSH-2.0-OpenSSH_10.0\r\n\r\n",
        "\0\u{1}\u{2}\u{3}",
        "HTTP/1.1 two hundred\r\n\r\n",
        "HTTP/1.1 099 Low\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno hex\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nlonger\r\n",
    ] {
        let server = Raw::answering(said);
        both.ping(&server.url()).fail("bad_reply", said);
    }
}

#[test]
fn the_url_is_none() {
    let both = Both::new();
    for url in [
        "",
        "127.0.0.1",
        "/200",
        "no url",
        "http://",
        "http://:1/",
        "http://a b/",
        "http://[::1/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:x/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
    ] {
        both.ping(url).fail("bad_url", url);
    }
}
