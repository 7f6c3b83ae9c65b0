//! The same answer is the same reply, however it is framed.

use ping_core::digest;

use crate::Both;
use crate::raw::Raw;

#[test]
fn a_body_is_the_same_however_it_is_framed() {
    let both = Both::new();
    let chunked = "Transfer-Encoding: chunked\r\n\r\n";
    for (case, rest) in [
        ("length", "Content-Length: 11\r\n\r\nhello world".to_owned()),
        ("until it closes", "\r\nhello world".to_owned()),
        ("until it closes, and says so", {
            "Connection: close\r\n\r\nhello world".to_owned()
        }),
        ("one chunk", format!("{chunked}b\r\nhello world\r\n0\r\n\r\n")),
        ("chunks", {
            format!("{chunked}5\r\nhello\r\n006\r\n world\r\n0\r\n\r\n")
        }),
        ("an extension", {
            format!("{chunked}B;a=b\r\nhello world\r\n0\r\n\r\n")
        }),
        ("a trailer", {
            format!("{chunked}b\r\nhello world\r\n0\r\nX: y\r\n\r\n")
        }),
    ] {
        let server = Raw::answering(format!("HTTP/1.1 200 OK\r\n{rest}"));
        let reply = both.ping(&server.url()).reply(case);
        assert_eq!((reply.status, reply.bytes), (200, 11), "{case}");
        assert_eq!(reply.digest, digest(b"hello world"), "{case}");
        assert_eq!(&*reply.head, "hello world", "{case}");
    }
}

#[test]
fn an_interim_answer_is_not_the_answer() {
    let both = Both::new();
    for interim in [
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n",
    ] {
        let server = Raw::answering(format!(
            "{interim}HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"
        ));
        let reply = both.ping(&server.url()).reply(interim);
        assert_eq!((reply.status, &*reply.head), (404, "no"));
    }
}

#[test]
fn a_redirect_is_reported_and_not_followed() {
    let both = Both::new();
    for status in [301, 302, 303, 307, 308] {
        for to in ["Location: /elsewhere\r\n", "Location: http://[\r\n", ""] {
            let server = Raw::answering(format!(
                "HTTP/1.1 {status} Moved\r\n{to}Content-Length: 2\r\n\r\ngo"
            ));
            let reply = both.ping(&server.url()).reply(to);
            assert_eq!((reply.status, reply.bytes), (status, 2), "{to}");
        }
    }
}

#[test]
fn an_answer_without_a_body_has_none() {
    let both = Both::new();
    for answer in [
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\n",
        "HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n",
    ] {
        let server = Raw::answering(answer);
        let reply = both.ping(&server.url()).reply(answer);
        assert_eq!((reply.bytes, reply.digest), (0, digest(b"")), "{answer}");
    }
}

#[test]
fn a_name_is_as_good_as_an_address() {
    let server = Raw::answering("HTTP/1.1 200 OK\r\n\r\nhello");
    let url = format!("http://localhost:{}/200", server.address().port());
    let reply = Both::new().ping(&url).reply(&url);
    assert_eq!(&*reply.head, "hello");
}
